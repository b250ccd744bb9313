import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithPrograms } from '../../../programs/describe.js';
import { put } from '../../../support/put-files.js';
import { errors, rules, SLOW, temporaryFolder, verify } from './judging.js';

describeWithPrograms(['openssl'], 'verify of what somebody made by hand', (program) => {
  function single(altNames: string): string {
    const root = join(temporaryFolder(), 'worker');
    const home = join(root, 'etc/etcd');
    mkdirSync(home, { recursive: true });
    const run = (args: readonly string[]): void =>
      void execFileSync(program('openssl').path, args, { cwd: home, stdio: 'pipe' });
    run([
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca-key.pem',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Kubernetes',
      '-days',
      '3650',
    ]);
    run([
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'kubernetes-key.pem',
      '-out',
      'kubernetes.csr',
      '-subj',
      '/CN=kubernetes',
    ]);
    put(join(home, 'ext.cnf'), `extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=${altNames}\n`);
    run([
      'x509',
      '-req',
      '-in',
      'kubernetes.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca-key.pem',
      '-CAcreateserial',
      '-out',
      'kubernetes.pem',
      '-days',
      '365',
      '-extfile',
      'ext.cnf',
    ]);
    for (const file of ['ca-key.pem', 'kubernetes.csr', 'ext.cnf', 'ca.srl'])
      rmSync(join(home, file), { force: true });
    chmodSync(join(home, 'kubernetes-key.pem'), 0o600);
    put(join(root, 'etc/systemd/system/etcd.service'), singleUnit());
    return root;
  }

  it(
    'finds a single member sound: TLS for clients, http for peers that there are none of',
    async () => {
      const findings = await verify(single('DNS:worker,IP:127.0.0.1,IP:10.32.0.1'));
      expect(errors(findings)).toEqual([]);
      expect(rules(findings, 'warning')).toEqual([]);
    },
    SLOW,
  );

  it(
    'sees the address that was forgotten',
    async () => {
      const findings = await verify(single('DNS:worker,DNS:localhost'));
      expect(rules(findings, 'error')).toEqual(['server-names']);
      expect(findings[0]?.etcdSays).toContain("doesn't contain any IP SANs");
    },
    SLOW,
  );
});

function singleUnit(): string {
  return `[Unit]
Description=etcd

[Service]
Type=notify
ExecStart=/usr/local/bin/etcd \\
  --client-cert-auth \\
  --name etcd \\
  --cert-file=/etc/etcd/kubernetes.pem \\
  --key-file=/etc/etcd/kubernetes-key.pem \\
  --trusted-ca-file=/etc/etcd/ca.pem \\
  --listen-client-urls https://127.0.0.1:2379 \\
  --advertise-client-urls https://127.0.0.1:2379 \\
  --data-dir=/var/lib/etcd
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
}
