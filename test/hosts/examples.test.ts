import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { PRESET_NAMES, type PresetName, renderRunbook } from '../../src/index.js';
import { describeWithHosts } from '../programs/describe.js';
import { type HostCluster, startCluster } from '../support/host-cluster.js';

interface Setup {
  /** The release of the guide it follows, or the nearest. */
  readonly release: EtcdRelease;
  readonly binaries?: string;
}

/** What is not the newest release of the table in its usual folder. */
const SETUPS: Readonly<Partial<Record<PresetName, Setup>>> = {
  'plain-http': { release: '3.5' },
  'shared-certificate': { release: '3.5' },
  'environment-file': { release: '3.5' },
  kubeadm: { release: '3.4' },
  'single-member': { release: '3.4' },
  tuned: { release: '3.4', binaries: '/opt/k8s/bin' },
};
const EXAMPLES = PRESET_NAMES.map((name) => ({ name, release: '3.7' as const, ...SETUPS[name] }));

/**
 * Nobody was refused: who dialled, a peer of a member that was still starting or an etcdctl that had its answer, hung up before the
 * handshake was over. Later releases do not mention it (etcd 3.5.24).
 */
const HUNG_UP = /"error":"(?:EOF|read tcp [^"]*: connection reset by peer)"/;

/** What runs here has private addresses; `tuned` keeps its guide's public ones as a text. */
function readExample(name: string): string {
  return readFileSync(new URL(`../../examples/${name}/cluster.yaml`, import.meta.url), 'utf8').replace(
    /103\.172\.23[89]\.(\d+)/g,
    '10.172.39.$1',
  );
}

describeWithHosts(['etcd-3.4', 'etcd-3.5', 'etcd-3.7'], 'examples on real hosts', () => {
  describe.each(EXAMPLES)('$name with etcd $release', ({ name, release, binaries }) => {
    let cluster: HostCluster;

    beforeAll(async () => {
      cluster = await startCluster(name, readExample(name), release, binaries);
    });
    afterAll(async () => {
      await cluster?.hosts.down();
    });

    it('is healthy after the five commands', async () => {
      await cluster.healthy();
    });

    it('is enabled', async () => {
      for (const host of cluster.members) {
        expect(await host.must(`systemctl is-enabled ${cluster.built.spec.systemd.unit}`)).toBe('enabled\n');
      }
    });

    it('has a unit that systemd-analyze says nothing about', async () => {
      const path = `/etc/systemd/system/${cluster.built.spec.systemd.unit}.service`;
      for (const host of cluster.members) {
        const verified = await host.run(`systemd-analyze verify --man=no ${path}`);
        expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });
      }
    });

    it('reads on one member what was written on another', async () => {
      const [first] = cluster.members;
      const last = cluster.members.at(-1);
      if (first === undefined || last === undefined) throw new Error('no members');
      await cluster.etcdctl(first, 'put greeting hello');
      expect(await cluster.etcdctl(last, 'get greeting --print-value-only')).toBe('hello\n');
    });

    it('rejects no connection', async () => {
      for (const host of cluster.members) {
        const lines = (await host.journal(cluster.built.spec.systemd.unit)).split('\n');
        const refused = lines.filter((line) => line.includes('rejected connection') && !HUNG_UP.test(line));
        expect(refused).toEqual([]);
      }
    });

    it('warns of no setting', async () => {
      for (const host of cluster.members) {
        expect(await host.journal(cluster.built.spec.systemd.unit)).not.toMatch(
          /unrecognized|deprecated|not recommended to/i,
        );
      }
    });

    it('answers the commands of its runbook', async () => {
      const runbook = renderRunbook(cluster.built.spec, cluster.built.pki);
      const section = runbook.slice(runbook.indexOf('## 4.'));
      const [first] = cluster.members;
      const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)]
        .slice(0, 3)
        .map(([, block = '']) => block);
      expect(blocks).toHaveLength(3);
      for (const block of blocks) {
        const env =
          release === '3.4'
            ? { ETCDCTL_API: '3', PATH: `${binaries ?? '/usr/local/bin'}:/usr/bin:/bin` }
            : {};
        const script = `set -e; shopt -s expand_aliases\ncd "$(mktemp -d)"; cp /root/admin.tar.gz .\n${block}`;
        const answer = await first?.run(script, { env });
        expect(answer?.code, `${block}\n${answer?.stdout}${answer?.stderr}`).toBe(0);
        expect(answer?.stdout).toContain('IS LEADER');
      }
    });

    it('heals after a power cut of one host', async () => {
      const last = cluster.members.at(-1);
      await last?.kill();
      await last?.boot();
      await cluster.healthy();
    });

    it('heals after a reboot of one host', async () => {
      const [first] = cluster.members;
      await first?.reboot();
      await cluster.healthy();
    });
  });
});
