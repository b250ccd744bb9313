import { beforeAll, describe, expect, it } from 'vitest';
import type { HostRoot } from '../../../src/host/host-root.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import type { Verification } from '../../../src/verify/finding.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';

const members = ['m1', 'm2', 'm3'].map((name, index) => ({ name, address: `10.77.0.${index + 1}` }));
const EVENTS = {
  members,
  etcd: { clientPort: 2383, peerPort: 2382 },
  systemd: { unit: 'etcd-events' },
};
/** A client that nothing but its certificate tells of. */
const CLIENT = 'etc/etcd-events/pki/healthcheck-client';

describe('two clusters on the same hosts, whose authorities have one name', () => {
  let main: BuiltCluster;
  let events: BuiltCluster;
  let others: BuiltCluster;

  beforeAll(async () => {
    main = await buildCluster(JSON.stringify({ members }));
    events = await buildCluster(JSON.stringify(EVENTS));
    others = await buildCluster(JSON.stringify(EVENTS));
  });

  const hosts = (eventsOf: (member: string, path: string) => BuiltCluster): readonly HostRoot[] =>
    members.map(({ name }) => ({
      name,
      files: [
        ...(main.bundles.get(name)?.files ?? []),
        ...(events.bundles.get(name)?.files ?? []).map((file) => {
          const replaced = eventsOf(name, file.path).bundles.get(name)?.files;
          return replaced?.find(({ path }) => path === file.path) ?? file;
        }),
      ],
    }));
  const verify = (roots: readonly HostRoot[]): Promise<Verification> =>
    verifyBundle(roots, { crypto: nodeCryptoProvider(), at: Math.floor(Date.now() / 1000) + 60 });

  it('each have the clients that their own authority signed', async () => {
    const { summary, findings } = await verify(hosts(() => events));
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(summary.members).toHaveLength(6);
  });

  it('refuse a client that an authority of the same name signed and neither trusts', async () => {
    const { findings } = await verify(
      hosts((member, path) => (member === 'm2' && path.startsWith(CLIENT) ? others : events)),
    );
    const errors = findings.filter(({ level }) => level === 'error');
    expect(new Set(errors.map(({ path }) => path))).toEqual(new Set([`/${CLIENT}.crt`]));
    expect(errors[0]?.message).toContain('another authority of the same name signed it');
  });
});
