import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EtcdVersion } from '../../../src/cluster-spec.js';
import { SETTING_RULES } from '../../../src/etcd/combinations/combinations.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import { ETCD_RELEASES, type EtcdRelease } from '../../../src/etcd-releases.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { loopbackPorts } from '../../support/loopback.js';
import { type SettingRuleExample, settingRuleExamples } from '../../support/setting-rule-examples.js';
import { verifyWords } from '../../support/verify-words.js';
import { ALONE, inPairs, runEtcd } from './etcd-process.js';

/** Now and then etcd ends with a listener half open in a fault of its own: 3.4 closes a channel twice, 3.5 sends on a closed one. */
const OWN_PANICS = ['panic: close of closed channel', 'panic: send on closed channel'];
const PORTS = ['@CLIENT', '@PEER', '@OTHER'] as const;

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`, 'openssl'], `settings together, etcd ${release}`, (program) => {
    const { path, version: text } = program(`etcd-${release}`);
    const version: EtcdVersion = parseEtcdVersion(text) ?? { release };
    const examples = settingRuleExamples.filter(({ releases }) => releases.includes(release));
    let folder = '';

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-together-'));
      const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
      const names = ['-subj', '/CN=n', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:n'];
      const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'crt')];
      execFileSync(program('openssl').path, [...request, ...names, ...files], { stdio: 'ignore' });
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('keep etcd from starting where the rules say so, in the words that they foretell', async () => {
      const rows = await inPairs(examples, async (example) => {
        const words = await wordsOf(example, folder, release);
        const { started, output } = await runEtcd(path, { words });
        const rule = SETTING_RULES.find(({ id }) => id === example.rule);
        const findings = await verifyWords(words, version, rootFiles(folder));
        // Which of two that clash comes second is left to the order of a Go map.
        const told = findings
          .filter(({ level }) => level === 'error')
          .map(({ etcdSays }) => etcdSays.replace(/^listen tcp \S+ /, ''));
        const log = output.replaceAll('\\"', '"');
        return {
          rule: example.rule,
          started,
          told: told.length > 0,
          foretold:
            started ||
            [...told, ...OWN_PANICS].some((says) => says !== '' && log.includes(says)) ||
            log.slice(-900),
          expected: rule?.level === 'warning',
        };
      });
      expect(rows.length).toBeGreaterThan(20);
      expect(rows).toEqual(
        rows.map(({ rule, expected }) => ({
          rule,
          started: expected,
          told: !expected,
          foretold: true,
          expected,
        })),
      );
    });

    it('leave alone what has nothing wrong', async () => {
      for (const tls of [false, true]) {
        const words = await wordsOf({ settings: {}, tls }, folder, release);
        expect((await runEtcd(path, { words })).started).toBe(true);
        const findings = await verifyWords(words, version, rootFiles(folder));
        expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
      }
    });
  });
}

/** A member that stands alone, and the example's settings over its own; an empty one is left out. */
async function wordsOf(
  { settings, tls }: Pick<SettingRuleExample, 'settings' | 'tls'>,
  folder: string,
  release: EtcdRelease,
): Promise<readonly string[]> {
  const home = mkdtempSync(join(folder, 'run-'));
  mkdirSync(join(home, 'logs'));
  const ports = await loopbackPorts(PORTS.length);
  const scheme = tls ? 'https' : 'http';
  const [client, peer] = [`${scheme}://127.0.0.1:@CLIENT`, `${scheme}://127.0.0.1:@PEER`];
  const certificates = Object.fromEntries(
    ['', 'peer-'].flatMap((prefix) => [
      [`${prefix}cert-file`, `${folder}/crt`],
      [`${prefix}key-file`, `${folder}/key`],
      [`${prefix}trusted-ca-file`, `${folder}/crt`],
    ]),
  );
  const all: Readonly<Record<string, string>> = {
    ...ALONE,
    ...(release === '3.4' ? { logger: 'zap' } : {}),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `n=${peer}`,
    ...(tls ? certificates : {}),
    ...settings,
  };
  const fill = (value: string): string =>
    PORTS.reduce((filled, name, index) => filled.replaceAll(name, String(ports[index])), value)
      .replaceAll('@DIR/data', join(home, 'data'))
      .replaceAll('@DIR', join(home, 'logs'));
  return Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `--${name}=${fill(value)}`);
}

function rootFiles(folder: string) {
  return ['crt', 'key'].map((name) => ({
    path: join(folder, name).slice(1),
    bytes: readFileSync(join(folder, name)),
  }));
}
