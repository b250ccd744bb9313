import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithPrograms } from '../../../programs/describe.js';
import { put } from '../../../support/put-files.js';
import { errors, rules, SLOW, temporaryFolder, verify } from './judging.js';

describeWithPrograms(['cfssl', 'cfssljson'], 'verify of what cfssl made', (program) => {
  function generate(folder: string, args: readonly string[], stem: string): void {
    const said = execFileSync(program('cfssl').path, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    execFileSync(program('cfssljson').path, ['-bare', stem], { cwd: folder, input: said, stdio: 'pipe' });
  }

  /** One certificate for all members and roles, as with the usages of a profile. */
  function shared(usages: readonly string[]): { readonly folder: string; readonly roots: readonly string[] } {
    const folder = temporaryFolder();
    const hosts = ['172.16.5.173', '172.16.5.174', '172.16.5.175'];
    const key = { algo: 'rsa', size: 2048 };
    put(
      join(folder, 'ca-config.json'),
      JSON.stringify({
        signing: { default: { expiry: '8760h' }, profiles: { etcd: { expiry: '8760h', usages } } },
      }),
    );
    put(
      join(folder, 'ca-csr.json'),
      JSON.stringify({ CN: 'etcd cluster', key, names: [{ O: 'Kubernetes' }] }),
    );
    put(
      join(folder, 'etcd-csr.json'),
      JSON.stringify({
        CN: 'etcd',
        hosts: ['localhost', '127.0.0.1', ...hosts],
        key,
        names: [{ O: 'Kubernetes' }],
      }),
    );
    generate(folder, ['gencert', '-initca', 'ca-csr.json'], 'ca');
    generate(
      folder,
      [
        'gencert',
        '-ca=ca.pem',
        '-ca-key=ca-key.pem',
        '-config=ca-config.json',
        '-profile=etcd',
        'etcd-csr.json',
      ],
      'etcd',
    );
    const cluster = hosts.map((address, index) => `k8s-etcd-${index + 1}=https://${address}:2380`).join(',');
    const roots = hosts.map((address, index) => {
      const root = join(folder, `k8s-etcd-${index + 1}`);
      for (const file of ['ca.pem', 'etcd.pem', 'etcd-key.pem']) {
        mkdirSync(join(root, 'etc/etcd/pki'), { recursive: true });
        cpSync(join(folder, file), join(root, 'etc/etcd/pki', file));
      }
      put(
        join(root, 'etc/systemd/system/etcd.service'),
        sharedUnit(`k8s-etcd-${index + 1}`, address, cluster),
      );
      return root;
    });
    return { folder, roots };
  }

  it(
    'finds the cluster sound, and the certificate that all share',
    async () => {
      const { roots } = shared(['signing', 'key encipherment', 'server auth', 'client auth']);
      const findings = await verify(...roots);
      expect(errors(findings)).toEqual([]);
      expect(rules(findings, 'warning')).toContain('shared-certificate');
    },
    SLOW,
  );

  it(
    'sees the missing usage that the write-up ends with',
    async () => {
      const { roots } = shared(['signing', 'key encipherment', 'server auth']);
      const findings = await verify(...roots);
      expect(rules(findings, 'error')).toEqual(['peer-chain']);
      expect(findings[0]?.etcdSays).toBe('x509: certificate specifies an incompatible key usage');
    },
    SLOW,
  );

  it(
    'judges the folder that cfssl worked in',
    async () => {
      const { folder, roots } = shared(['signing', 'key encipherment', 'server auth', 'client auth']);
      for (const root of roots) rmSync(root, { recursive: true });
      expect(readdirSync(folder)).toContain('ca-key.pem');
      expect(rules(await verify(folder), 'error')).toEqual(['members-found']);
      cpSync(join(folder, 'ca-key.pem'), join(folder, 'etcd-key.pem'));
      expect(rules(await verify(folder), 'error')).toEqual(['members-found', 'pair-files']);
    },
    SLOW,
  );
});

function sharedUnit(name: string, address: string, cluster: string): string {
  return `[Unit]
Description=etcd

[Service]
Type=notify
ExecStart=/usr/local/bin/etcd \\
  --name ${name} \\
  --data-dir=/var/lib/etcd \\
  --cert-file=/etc/etcd/pki/etcd.pem \\
  --key-file=/etc/etcd/pki/etcd-key.pem \\
  --peer-cert-file=/etc/etcd/pki/etcd.pem \\
  --peer-key-file=/etc/etcd/pki/etcd-key.pem \\
  --trusted-ca-file=/etc/etcd/pki/ca.pem \\
  --peer-trusted-ca-file=/etc/etcd/pki/ca.pem \\
  --peer-client-cert-auth \\
  --client-cert-auth \\
  --initial-advertise-peer-urls https://${address}:2380 \\
  --listen-peer-urls https://${address}:2380 \\
  --advertise-client-urls https://${address}:2379 \\
  --listen-client-urls https://${address}:2379,https://127.0.0.1:2379 \\
  --initial-cluster-token external-etcd-cluster \\
  --initial-cluster ${cluster} \\
  --initial-cluster-state new
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
}
