import { describe, expect, it } from 'vitest';
import { yamlValues } from '../../../src/host/service/yaml-value.js';
import { readConfigFile } from '../../../src/host/settings/config-file.js';
import { parseUrlList } from '../../../src/net/etcd-url.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { parseNanoseconds } from '../../../src/text/go-duration.js';
import { collectFindings } from '../../../src/verify/collect-findings.js';
import { pairUses, trustUses } from '../../../src/verify/dials/pair-uses.js';
import { viewCluster } from '../../../src/verify/view-cluster.js';
import { rootOf } from '../node/handshake/hosts.js';

/** Far more than any of these takes, and far less than what grows with the square takes. */
const GENEROUS = 20_000;

describe('what hostile files cost', () => {
  it.each([
    ['lists', '['.repeat(32_000)],
    ['maps', '{a: '.repeat(16_000)],
    ['closed lists', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['dashes', '- '.repeat(30_000)],
  ])('nesting is looked at before it is followed: %s', (_, text) => {
    expect(yamlValues(text)).toEqual([]);
    const { entries, faults } = readConfigFile(text, { release: '3.6' }, '/etc/etcd/c.yml');
    expect([entries, faults.map(({ kind }) => kind)]).toEqual([[], ['file-unread']]);
  });

  it('a duration without an end is none', { timeout: GENEROUS }, () => {
    expect(parseNanoseconds('9'.repeat(250_000))).toBeUndefined();
    expect(parseNanoseconds('8760h')).toBe(31_536_000_000_000_000n);
  });

  it('a long list of URLs is gone through once', { timeout: GENEROUS }, () => {
    const urls = Array.from({ length: 60_000 }, (_, index) => `http://10.0.0.1:${index + 1}`);
    expect(parseUrlList([...urls, ...urls].join()).urls).toHaveLength(60_000);
  });
});

describe('what many members cost', () => {
  it('is not the square of them: what all name is read and kept once', { timeout: GENEROUS }, async () => {
    const names = Array.from({ length: 300 }, (_, index) => `e${index}`);
    const cluster = names.map((name, index) => `${name}=https://10.0.${index}.1:2380`).join();
    const roots = names.map((name, index) =>
      rootOf(name, {
        'etc/systemd/system/etcd.service': `[Service]\nExecStart=/bin/etcd --name=${name} --initial-advertise-peer-urls=https://10.0.${index}.1:2380 --initial-cluster=${cluster}\n`,
      }),
    );
    const view = await viewCluster(roots, { crypto: nodeCryptoProvider(), at: 0 });
    expect(new Set(view.members.map(({ initialCluster }) => initialCluster)).size).toBe(1);
    expect(pairUses(view)).toBe(pairUses(view));
    expect(trustUses(view)).toBe(trustUses(view));
  });
});

describe('findings', () => {
  it('are cut at a count and a length, and the rest is counted, as bad as it is', async () => {
    const view = await viewCluster([], { crypto: nodeCryptoProvider(), at: 0 });
    let yielded = 0;
    const found = (count: number) =>
      collectFindings(
        {
          name: 'many',
          summary: 'Few.',
          levels: ['error', 'notice'],
          source: 'here',
          *check() {
            for (let index = 0; index < count; index += 1) {
              yielded += 1;
              const level = index === count - 1 ? 'error' : 'notice';
              yield {
                level,
                member: '',
                path: '',
                message: `${index} ${'x'.repeat(index < 2 ? 5_000 : 1)}`,
                cure: '',
              };
            }
          },
        },
        [view],
      );
    expect(found(1_000)).toHaveLength(1_000);
    const cut = found(1_007);
    expect(cut).toHaveLength(1_001);
    expect(cut[0]?.message.length).toBeLessThan(4_200);
    expect([cut.at(-1)?.level, cut.at(-1)?.message]).toEqual([
      'error',
      '7 more findings of this rule are not listed.',
    ]);
    yielded = 0;
    expect(found(1_000_000).at(-1)?.message).toMatch(/^At least 9000 more/);
    expect(yielded).toBeLessThan(10_010);
  });
});
