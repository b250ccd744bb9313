import { expect } from 'vitest';
import type { Host } from '../hosts/host.js';
import { text } from '../hosts/root.js';
import { apiServerCommand, prepareApiServer, readiness } from './api-server.js';

/** Runs the command of each static pod as a service `pod-<name>` while its manifest is there, and ends it when it is gone. */
const KUBELET = `#!/bin/bash
while sleep 0.3; do
  for pod in etcd kube-apiserver; do
    manifest=/etc/kubernetes/manifests/$pod.yaml
    if [ ! -e $manifest ]; then
      systemctl stop -q pod-$pod 2>/dev/null
    elif ! systemctl is-active -q pod-$pod; then
      systemctl reset-failed -q pod-$pod 2>/dev/null
      mapfile -t words < <(sed -n '/^  - command:/,/^    image:/{s/^    - //p}' $manifest)
      systemd-run -q --unit=pod-$pod "\${words[@]}"
    fi
  done
done
`;
const UNIT = `[Service]
ExecStart=/usr/bin/kubelet
[Install]
WantedBy=multi-user.target
`;

/** What stands for the kubelet on a host without a container runtime. */
export async function installKubelet(host: Host): Promise<void> {
  await host.put(text(KUBELET), '/usr/bin/kubelet', 0o755);
  await host.put(text(UNIT), '/usr/lib/systemd/system/kubelet.service');
  await host.must('mkdir -p /etc/kubernetes/manifests && systemctl daemon-reload');
}

/** A pod's manifest as far as that kubelet reads it. */
function podManifest(command: readonly string[]): string {
  return [
    'spec:',
    '  containers:',
    '  - command:',
    ...command.map((word) => `    - ${word}`),
    '    image: none',
    '',
  ].join('\n');
}

/** Runs a kube-apiserver as a pod of that kubelet, and waits until it is ready. */
export async function startApiServer(host: Host, program: string, address: string): Promise<void> {
  await prepareApiServer(host, program);
  const manifest = podManifest(await apiServerCommand(host, address));
  await host.put(text(manifest), '/etc/kubernetes/manifests/kube-apiserver.yaml');
  await host.must('systemctl start kubelet');
  expect(await readiness(host, 120_000), await host.journal('pod-kube-apiserver')).toBe('ok');
}
