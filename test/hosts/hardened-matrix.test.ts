import { afterAll, beforeAll, expect, it } from 'vitest';
import { ETCD_RELEASES, type EtcdRelease } from '../../src/etcd-releases.js';
import { describeWithHosts } from '../programs/describe.js';
import { buildCluster } from '../support/cluster.js';
import { createHosts, type Hosts } from './hosts.js';

const STYLES = ['flags', 'environment', 'yaml'] as const;
const MATRIX = ETCD_RELEASES.flatMap((release) => STYLES.map((style) => ({ release, style })));

function document(release: EtcdRelease, style: string): string {
  return JSON.stringify({
    members: [{ name: 'e1', address: ['10.1.1.91', 'fd00::91'] }],
    cluster: { token: 'matrix' },
    etcd: {
      version: release,
      config: style,
      walDir: '/srv/log/etcd',
      settings: {
        'heartbeat-interval': 300,
        'election-timeout': 3000,
        'quota-backend-bytes': '4GiB',
        'auto-compaction-retention': '2h',
        'max-request-bytes': '2MiB',
        'watch-progress-notify-interval': '5s',
      },
    },
  });
}

describeWithHosts(['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7'], 'the hardened member', () => {
  let hosts: Hosts;

  beforeAll(async () => {
    hosts = await createHosts({
      cluster: 'matrix',
      hosts: [{ name: 'e1', addresses: ['10.1.1.91/24', 'fd00::91/64'] }],
    });
    await hosts.boot();
  });
  afterAll(async () => {
    await hosts?.down();
  });

  it.each(MATRIX)('runs etcd $release with its settings as $style', async ({ release, style }) => {
    const host = hosts.host('e1');
    await host.run(
      'systemctl stop etcd; rm -rf /var/lib/etcd /srv/log /etc/etcd; journalctl --rotate; journalctl --vacuum-time=1s',
    );
    await host.useEtcd(release);
    const built = await buildCluster(document(release, style));
    const installed = await host.install(await built.tarball('e1'));
    expect(installed.code, `${installed.stderr}${await host.journal('etcd')}`).toBe(0);

    expect(await host.must('ps -o user= -p $(systemctl show -P MainPID etcd)')).toBe('etcd\n');
    const rating = await host.must('systemd-analyze security etcd | tail -n 1');
    expect(Number(/: ([\d.]+) /.exec(rating)?.[1])).toBeLessThanOrEqual(1.5);
    const verified = await host.run('systemd-analyze verify --man=no /etc/systemd/system/etcd.service');
    expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });

    const journal = await host.journal('etcd');
    for (const seen of [
      '"heartbeat-interval":"300ms"',
      '"election-timeout":"3s"',
      '"initial-cluster-token":"matrix"',
      '"wal-dir-dedicated":"/srv/log/etcd/wal"',
      'trusted-ca = /etc/etcd/pki/ca.crt, client-cert-auth = true',
    ]) {
      expect(journal).toContain(seen);
    }
    expect(journal).toMatch(/"quota-(?:size|backend)-bytes":4294967296/);
    expect(journal).not.toMatch(/unrecognized|deprecated|rejected connection/i);

    const etcdctl =
      'ETCDCTL_API=3 etcdctl --endpoints=https://10.1.1.91:2379,https://[fd00::91]:2379,https://127.0.0.1:2379 --cacert=/etc/etcd/pki/ca.crt --cert=/etc/etcd/pki/healthcheck-client.crt --key=/etc/etcd/pki/healthcheck-client.key';
    await host.must(`${etcdctl} endpoint health`);

    // The gateway dials its own server: with the pair for that where the release has one.
    const request = 'POST /v3/kv/range HTTP/1.0\\r\\nContent-Length: 14\\r\\n\\r\\n{"key":"Zm9v"}';
    const pki = '/etc/etcd/pki';
    const answer = await host.must(
      `printf '${request}' | openssl s_client -quiet -ign_eof -connect 127.0.0.1:2379 -CAfile ${pki}/ca.crt -cert ${pki}/healthcheck-client.crt -key ${pki}/healthcheck-client.key -verify_return_error 2>/dev/null`,
    );
    expect(answer).toContain('200 OK');
    expect(answer).toContain('"cluster_id"');
  });
});
