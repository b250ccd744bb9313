import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../../hosts/host.js';
import { createHosts, type Hosts } from '../../hosts/hosts.js';
import { describeWithHosts } from '../../programs/describe.js';
import { apiServerCommand, askApiServer, prepareApiServer, readiness } from '../../support/api-server.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';
import {
  FURTHER_FILE,
  type FurtherAuthority,
  makeFurtherAuthority,
} from '../../support/further-authority.js';

const document = `
preset: kubeadm
members:
  - {name: e1, address: 10.1.1.93}
  - {name: e2, address: 10.1.1.92}
  - {name: e3, address: 10.1.1.91}
etcd: {version: "3.6"}
certificates: {key: ecdsa-p256, trust: [${FURTHER_FILE}]}
kubernetes: {version: "1.36"}
`;
const MINUTE = 60_000;

describeWithHosts(
  ['etcd-3.6', 'etcdctl-3.6', 'kube-apiserver-1.36', 'kubeadm-1.36'],
  'a control plane on external etcd',
  (program) => {
    let hosts: Hosts;
    let built: BuiltCluster;
    let further: FurtherAuthority;

    beforeAll(async () => {
      further = await makeFurtherAuthority(Math.floor(Date.now() / 1000));
      built = await buildCluster(document, further);
      hosts = await createHosts({
        cluster: 'control-plane',
        hosts: [
          ...built.spec.members.map(({ name }, index) => ({ name, addresses: [`10.1.1.${93 - index}/24`] })),
          { name: 'c1', addresses: ['10.1.1.10/24'] },
        ],
        etcd: '3.6',
      });
      await hosts.boot();
      const installed = await Promise.all(
        built.spec.members.map(async ({ name }) => hosts.host(name).install(await built.tarball(name))),
      );
      expect(installed.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        installed.map(({ stderr }) => ({ code: 0, stderr })),
      );
      const admin = await built.tarball('admin');
      await hosts.host('e1').put(admin, '/root/admin.tar.gz', 0o600);
      await hosts.host('e1').must('tar -xzf /root/admin.tar.gz -C /');
      await prepareApiServer(hosts.host('c1'), program('kube-apiserver-1.36').path);
      await hosts.host('c1').put(program('kubeadm-1.36').path, '/usr/local/bin/kubeadm', 0o755);
      // kubeadm looks for an address of its own along the default route.
      await hosts.host('c1').must('ip route add default via 10.1.1.93');
    }, 5 * MINUTE);
    afterAll(async () => {
      await hosts?.down();
    });

    it(
      'has its API server store objects, with nothing but control-plane.tar.gz',
      async () => {
        const control = hosts.host('c1');
        await control.put(await built.tarball('control-plane'), '/root/control-plane.tar.gz', 0o600);
        await control.must('tar -xzf /root/control-plane.tar.gz -C /');
        expect(await preflight(control)).not.toContain('ExternalEtcd');
        await startApiServer(control);
        expect(await readiness(control, 2 * MINUTE)).toBe('ok');
        const object = {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'stored' },
          data: { on: '12:30' },
        };
        const created = await askApiServer(
          control,
          'POST',
          '/api/v1/namespaces/default/configmaps',
          JSON.stringify(object),
        );
        expect(JSON.parse(created)).toMatchObject(object);
        const keys = await hosts
          .host('e1')
          .must(
            'set -a; . /etc/etcd/admin/etcdctl.env; etcdctl get --prefix /registry/configmaps/default/ --keys-only',
          );
        expect(keys.trim()).toBe('/registry/configmaps/default/stored');
      },
      4 * MINUTE,
    );

    it(
      "is refused with another cluster's pair",
      async () => {
        const control = hosts.host('c1');
        const other = await buildCluster(document, further);
        await control.must('systemctl stop kube-apiserver; systemctl reset-failed kube-apiserver || true');
        await control.put(await other.tarball('control-plane'), '/root/other.tar.gz', 0o600);
        await control.must(
          'tar -xzf /root/other.tar.gz -C / etc/kubernetes/pki/apiserver-etcd-client.crt etc/kubernetes/pki/apiserver-etcd-client.key',
        );
        await startApiServer(control);
        expect(await readiness(control, 20_000)).not.toBe('ok');
        expect(await control.journal('kube-apiserver')).toMatch(
          /remote error: tls: (?:bad certificate|unknown certificate authority)/,
        );
        const said = await Promise.all(
          built.spec.members.map(({ name }) => hosts.host(name).journal('etcd')),
        );
        expect(said.join('\n')).toMatch(
          /rejected connection on client endpoint.*certificate signed by unknown authority/,
        );
      },
      2 * MINUTE,
    );
  },
);

/** What kubeadm has against this machine: much, but nothing against its etcd. */
async function preflight(control: Host): Promise<string> {
  const { stderr } = await control.run(
    'kubeadm init phase preflight --config /etc/kubernetes/kubeadm-external-etcd.yaml',
  );
  expect(stderr).toContain('[ERROR ');
  return stderr;
}

/** Starts it as a service. */
async function startApiServer(control: Host): Promise<void> {
  const command = await apiServerCommand(control, '10.1.1.10');
  await control.must(`systemd-run --unit=kube-apiserver ${command.join(' ')}`);
}
