import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderStaticPod } from '../../../src/kubernetes/static-pod.js';
import type { Host } from '../../hosts/host.js';
import { createHosts, type Hosts } from '../../hosts/hosts.js';
import { describeWithHosts } from '../../programs/describe.js';
import { memberOf, members, type Part, specOf } from '../../unit/kubernetes/cluster.js';
import { bundleFiles } from './kubeadm.js';

interface Pod {
  readonly command: readonly string[];
  readonly probes: readonly { readonly host: string; readonly path: string }[];
}

const UNIT = 'etcd-pod';
const DATA = '/var/lib/etcd';

describeWithHosts(['etcd-3.6', 'etcdctl-3.6'], "a static pod's command", () => {
  let hosts: Hosts;

  beforeAll(async () => {
    hosts = await createHosts({
      cluster: 'static-pod',
      hosts: members.map(({ name, address }) => ({ name, addresses: [`${address}/24`] })),
      etcd: '3.6',
    });
    await hosts.boot();
  }, 300_000);
  afterAll(async () => {
    await hosts?.down();
  });

  it.each(['kubeadm', 'plain-http', 'hardened'])(
    'brings up a cluster that answers its probes: %s',
    async (preset) => {
      const spec = specOf({
        preset,
        certificates: { key: 'ecdsa-p256' },
        kubernetes: { version: '1.36', staticPod: true },
        etcd: { version: '3.6' },
      });
      const bundles = await bundleFiles(spec);
      const pods = new Map(
        spec.members.map(({ name }) => [name, podOf(renderStaticPod(memberOf(spec, name)))]),
      );
      for (const [name, { command }] of pods) {
        const host = hosts.host(name);
        for (const { path, kind, bytes, mode } of bundles.get(name) ?? [])
          if (/certificate|key/.test(kind)) await host.put(bytes, `/${path}`, mode);
        await host.must(`systemctl stop ${UNIT} 2>/dev/null; rm -rf ${DATA}; mkdir -m 700 ${DATA}`);
        await host.must(`systemd-run --unit=${UNIT} ${command.map((word) => `'${word}'`).join(' ')}`);
      }
      for (const [name, { probes }] of pods) {
        for (const { host, path } of probes)
          expect(await answerOf(hosts.host(name), host, path), await hosts.host(name).journal(UNIT)).toBe(
            'HTTP/1.0 200 OK',
          );
      }
    },
    120_000,
  );
});

function podOf(manifest: string): Pod {
  const [container] = parse(manifest).spec.containers;
  const probes = [container.livenessProbe, container.readinessProbe, container.startupProbe];
  return {
    command: container.command,
    probes: probes.map(({ httpGet }: { readonly httpGet: Part }) => ({
      host: `${httpGet['host']}/${container.ports[0].containerPort}`,
      path: String(httpGet['path']),
    })),
  };
}

/** The status line with which a probe is answered, asked again for a while: the first member waits for the others. */
async function answerOf(machine: Host, target: string, path: string): Promise<string> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const script = `exec 3<>/dev/tcp/${target} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3`;
    const { stdout } = await machine.run(script);
    if (stdout.includes(' 200 ') || Date.now() > deadline) return stdout.trim();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
