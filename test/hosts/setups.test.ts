import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithHosts } from '../programs/describe.js';
import { type HostCluster, startCluster } from '../support/host-cluster.js';
import { readSetup, SETUPS } from './setups/setups.js';

describeWithHosts(
  ['etcd-3.4', 'etcd-3.5', 'etcd-3.6'],
  'documents that follow projects, on real hosts',
  () => {
    describe.each(SETUPS)('$name with etcd $release', ({ name, release, names }) => {
      let cluster: HostCluster;

      beforeAll(async () => {
        cluster = await startCluster(name, readSetup(name), release, dirname(names.binary));
      });
      afterAll(async () => {
        await cluster?.hosts.down();
      });

      it('is healthy after the five commands', async () => {
        await cluster.healthy();
      });

      it('reads on one member what was written on another, with the pair of the admin tarball', async () => {
        const [first] = cluster.members;
        const last = cluster.members.at(-1);
        if (first === undefined || last === undefined) throw new Error('no members');
        await cluster.etcdctl(first, 'put greeting hello');
        expect(await cluster.etcdctl(last, 'get greeting --print-value-only')).toBe('hello\n');
        expect((await cluster.etcdctl(first, 'member list')).trim().split('\n')).toHaveLength(3);
      });

      it('runs the program of the project, as its user, on its data, and systemd has nothing to say', async () => {
        for (const host of cluster.members) {
          const process = await host.must(`systemctl show -P MainPID ${names.unit}`);
          expect(await host.must(`ps -o user= -p ${process.trim()}`)).toBe(`${names.user}\n`);
          expect(await host.must(`readlink /proc/${process.trim()}/exe`)).toBe(`${names.binary}\n`);
          expect(await host.must(`ls ${names.dataDir}/member`)).toBe('snap\nwal\n');
          expect(await host.must(`systemctl is-enabled ${names.unit}`)).toBe('enabled\n');
          const verified = await host.run(
            `systemd-analyze verify --man=no /etc/systemd/system/${names.unit}`,
          );
          expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });
        }
      });

      it('has no setting that etcd warns of', async () => {
        for (const host of cluster.members)
          expect(await host.journal(names.unit)).not.toMatch(/unrecognized|deprecated|not recommended to/i);
      });

      it('heals after a power cut of one host and a reboot of another', async () => {
        const [first] = cluster.members;
        const last = cluster.members.at(-1);
        await last?.kill();
        await last?.boot();
        await cluster.healthy();
        await first?.reboot();
        await cluster.healthy();
      });
    });
  },
);
