import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithHosts } from '../programs/describe.js';
import { type HostCluster, startCluster } from '../support/host-cluster.js';
import { AT_THE_LATEST } from './host.js';

const document = readFileSync(new URL('../../examples/kubeadm/cluster.yaml', import.meta.url), 'utf8');

describeWithHosts(['etcd-3.7'], "a member with another member's peer pair", () => {
  let cluster: HostCluster;

  beforeAll(async () => {
    cluster = await startCluster('identity', document, '3.7');
  });
  afterAll(async () => {
    await cluster?.hosts.down();
  });

  it('is rejected by its peers', async () => {
    const { built, hosts } = cluster;
    const [e1, e2] = [hosts.host('e1'), hosts.host('e2')];
    for (const suffix of ['crt', 'key']) {
      const path = `etc/kubernetes/pki/etcd/peer.${suffix}`;
      await e2.put(
        new TextEncoder().encode(built.text('e3', path)),
        `/${path}`,
        suffix === 'key' ? 0o600 : 0o644,
      );
    }
    await e2.must('systemctl restart --no-block etcd');
    await expect
      .poll(() => e1.journal('etcd'), { timeout: AT_THE_LATEST })
      .toMatch(/rejected connection.*\\"10\.1\.1\.92\\" does not match any of DNSNames/);
  });
});
