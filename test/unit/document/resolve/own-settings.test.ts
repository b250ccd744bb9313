import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { buildCluster } from '../../../support/cluster.js';
import { MEMBER, refusedAt, TWO_MEMBERS } from './document.js';

const [, second] = TWO_MEMBERS;

describe('settings of one member', () => {
  it('are laid over those of the cluster, on that member alone', async () => {
    const document = {
      members: [{ ...MEMBER, settings: { 'snapshot-count': 5000, 'memory-mlock': true } }, second],
      etcd: { version: '3.7', settings: { 'snapshot-count': 7000, 'max-txn-ops': 200 } },
    };
    const [first, other] = parseClusterSpec(document).members;
    expect(first?.settings).toEqual([
      { name: 'snapshot-count', value: '5000' },
      { name: 'memory-mlock', value: 'true' },
    ]);
    expect(Object.keys(other ?? {})).not.toContain('settings');
    const built = await buildCluster(JSON.stringify(document));
    const unitOf = (name: string): string => built.text(name, 'etc/systemd/system/etcd.service');
    expect(unitOf('e1')).toContain('--snapshot-count=5000');
    expect(unitOf('e1')).toContain('--max-txn-ops=200');
    expect(unitOf('e1')).toContain('LimitMEMLOCK=infinity');
    expect(unitOf('e2')).toContain('--snapshot-count=7000');
    expect(unitOf('e2')).not.toContain('LimitMEMLOCK');
  });

  it.each([
    [{ 'snapshot-cuont': 5 }, ['snapshot-cuont unknown-setting']],
    [{ 'heartbeat-interval': 500 }, ['heartbeat-interval setting-decided-elsewhere']],
    [{ 'data-dir': '/x' }, ['data-dir setting-decided-elsewhere']],
  ])('are refused where they lie: %j', (settings, expected) => {
    expect(refusedAt({ members: [{ ...MEMBER, settings }] })).toEqual(
      expected.map((one) => `members[0].settings.${one}`),
    );
  });

  it('do not repeat what is wrong with those of the cluster', () => {
    const etcd = { settings: { 'max-txn-ops': 'many' } };
    const members = [{ ...MEMBER, settings: { 'snapshot-count': 5000 } }];
    expect(refusedAt({ members, etcd })).toEqual(['etcd.settings.max-txn-ops setting-not-an-integer']);
  });
});
