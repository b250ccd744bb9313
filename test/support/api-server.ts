import { parse } from 'yaml';
import type { Host } from '../hosts/host.js';

/** What a kube-apiserver needs besides its etcd: keys that sign tokens, and somebody who may ask. */
export async function prepareApiServer(host: Host, program: string): Promise<void> {
  await host.put(program, '/usr/local/bin/kube-apiserver', 0o755);
  await host.must(
    'openssl genrsa -out /root/sa.key 2048 && openssl rsa -in /root/sa.key -pubout -out /root/sa.pub && echo operator,operator,1 >/root/tokens.csv',
  );
}

/** Its command, as kubeadm's own static pod would be told to reach etcd: by what the extracted document says. */
export async function apiServerCommand(host: Host, address: string): Promise<readonly string[]> {
  const { external } = parse(await host.must('cat /etc/kubernetes/kubeadm-external-etcd.yaml')).etcd;
  return [
    '/usr/local/bin/kube-apiserver',
    `--etcd-servers=${external.endpoints.join(',')}`,
    `--etcd-cafile=${external.caFile}`,
    `--etcd-certfile=${external.certFile}`,
    `--etcd-keyfile=${external.keyFile}`,
    `--advertise-address=${address}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-account-key-file=/root/sa.pub',
    '--service-account-signing-key-file=/root/sa.key',
    '--cert-dir=/var/run/kubernetes',
    '--token-auth-file=/root/tokens.csv',
    '--authorization-mode=AlwaysAllow',
  ];
}

/** What it says of itself, `ok` as soon as it does. */
export async function readiness(host: Host, milliseconds: number): Promise<string> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const said = await askApiServer(host, 'GET', '/readyz');
    if (said === 'ok' || Date.now() > deadline) return said;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** One request over TLS with what a minimal Debian has; gives the body, empty where nobody answers. */
export async function askApiServer(host: Host, method: string, path: string, body = ''): Promise<string> {
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    'Authorization: Bearer operator',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  const { stdout } = await host.run('openssl s_client -quiet -ign_eof -connect 127.0.0.1:6443 2>/dev/null', {
    input: `${head.join('\r\n')}\r\n\r\n${body}`,
  });
  return stdout.slice(stdout.indexOf('\r\n\r\n') + 4);
}
