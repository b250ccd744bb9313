import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { verifyPaths } from '../../../src/node/verify/verify-paths.js';
import type { Finding } from '../../../src/verify/finding.js';
import { describeWithPrograms } from '../../programs/describe.js';

const MEMBERS = [
  ['infra0', '10.0.0.6'],
  ['infra1', '10.0.0.7'],
  ['infra2', '10.0.0.8'],
] as const;
const LEAVES = ['etcd-server', 'etcd-peer', 'etcd-healthcheck-client', 'apiserver-etcd-client'] as const;
/** RSA keys take their time on a busy machine. */
const SLOW = 180_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verify-makers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function verify(...paths: readonly string[]): Promise<readonly Finding[]> {
  const { findings } = await verifyPaths(paths, {
    at: Math.floor(Date.now() / 1000) + 60,
    etcdVersion: { release: '3.6' },
  });
  return findings;
}

function errors(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ level }) => level === 'error')
    .map(({ rule, member, message }) => `${rule} ${member} ${message}`);
}

function rules(findings: readonly Finding[], level: Finding['level']): readonly string[] {
  return [...new Set(findings.filter((finding) => finding.level === level).map(({ rule }) => rule))].sort();
}

describeWithPrograms(['kubeadm-1.36'], 'verify of what kubeadm made', (program) => {
  /** The recipe of "Set up a High Availability etcd Cluster with kubeadm", a root for each host. */
  function recipe(): readonly string[] {
    const folder = temporaryFolder();
    const run = (args: readonly string[]): void =>
      void execFileSync(program('kubeadm-1.36').path, args, { stdio: 'pipe' });
    const authority = join(folder, 'authority');
    run([
      'init',
      'phase',
      'certs',
      'etcd-ca',
      '--config',
      write(join(folder, 'ca.yaml'), kubeadmConfig('infra0', '10.0.0.6', authority)),
    ]);
    return MEMBERS.map(([name, address], index) => {
      const root = join(folder, name);
      const pki = join(root, 'etc/kubernetes/pki');
      const config = write(join(root, 'etc/kubernetes/kubeadmcfg.yaml'), kubeadmConfig(name, address, pki));
      cpSync(authority, pki, { recursive: true });
      for (const leaf of LEAVES) run(['init', 'phase', 'certs', leaf, '--config', config]);
      if (index > 0) rmSync(join(pki, 'etcd/ca.key'));
      return root;
    });
  }

  it(
    'finds a cluster sound, and the CA key on the first host',
    async () => {
      const findings = await verify(...recipe());
      expect(errors(findings)).toEqual([]);
      expect(rules(findings, 'warning')).toEqual(['authority-keys']);
      expect(findings.find(({ rule }) => rule === 'authority-keys')?.member).toBe('infra0');
    },
    SLOW,
  );

  it(
    'judges the folder of certificates alone',
    async () => {
      const [first = ''] = recipe();
      expect(errors(await verify(join(first, 'etc/kubernetes/pki')))).toEqual([]);
      const pki = join(first, 'etc/kubernetes/pki');
      cpSync(join(pki, 'etcd/peer.key'), join(pki, 'etcd/server.key'));
      expect(rules(await verify(pki), 'error')).toEqual(['pair-files']);
    },
    SLOW,
  );

  it(
    'sees that a host has the certificates of another',
    async () => {
      const roots = recipe();
      const [first = '', second = ''] = roots;
      for (const file of ['server.crt', 'server.key', 'peer.crt', 'peer.key'])
        cpSync(join(first, 'etc/kubernetes/pki/etcd', file), join(second, 'etc/kubernetes/pki/etcd', file));
      const findings = await verify(...roots);
      expect(rules(findings, 'error')).toEqual(['peer-names', 'peer-source', 'server-names']);
      expect(new Set(findings.filter(({ level }) => level === 'error').map(({ member }) => member))).toEqual(
        new Set(['infra1']),
      );
    },
    SLOW,
  );

  it(
    'reads the static pod, and the apiserver beside it',
    async () => {
      const [root = ''] = recipe();
      const pki = '/etc/kubernetes/pki';
      write(join(root, 'etc/kubernetes/manifests/etcd.yaml'), etcdPod(pki));
      write(
        join(root, 'etc/kubernetes/manifests/kube-apiserver.yaml'),
        apiserverPod(pki, 'https://127.0.0.1:2379'),
      );
      const findings = await verify(root);
      expect(errors(findings)).toEqual([]);
      write(
        join(root, 'etc/kubernetes/manifests/kube-apiserver.yaml'),
        apiserverPod(pki, 'https://10.9.9.9:2379'),
      );
      expect(rules(await verify(root), 'error')).toEqual(['endpoint-names']);
    },
    SLOW,
  );

  it(
    "sees the document without a name, with which all hosts get the first one's",
    async () => {
      const folder = temporaryFolder();
      const run = (args: readonly string[]): void =>
        void execFileSync(program('kubeadm-1.36').path, args, { stdio: 'pipe' });
      const [, nameless = ''] = kubeadmConfig('infra0', '10.0.0.6', join(folder, 'made')).split('---\n');
      const config = write(join(folder, 'nameless.yaml'), nameless);
      for (const phase of ['etcd-ca', ...LEAVES]) run(['init', 'phase', 'certs', phase, '--config', config]);
      const roots = MEMBERS.map(([name, address]) => {
        const root = join(folder, name);
        write(
          join(root, 'etc/kubernetes/kubeadmcfg.yaml'),
          kubeadmConfig(name, address, '/etc/kubernetes/pki'),
        );
        cpSync(join(folder, 'made'), join(root, 'etc/kubernetes/pki'), { recursive: true });
        return { root };
      });
      const findings = await verify(...roots.map(({ root }) => root));
      expect(rules(findings, 'error')).toEqual(['peer-names', 'peer-source', 'server-names']);
      expect(new Set(findings.filter(({ level }) => level === 'error').map(({ member }) => member))).toEqual(
        new Set(['infra1', 'infra2']),
      );
    },
    SLOW,
  );
});

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
    write(
      join(folder, 'ca-config.json'),
      JSON.stringify({
        signing: { default: { expiry: '8760h' }, profiles: { etcd: { expiry: '8760h', usages } } },
      }),
    );
    write(
      join(folder, 'ca-csr.json'),
      JSON.stringify({ CN: 'etcd cluster', key, names: [{ O: 'Kubernetes' }] }),
    );
    write(
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
      write(
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
      expect(errors(await verify(folder))).toEqual([]);
      cpSync(join(folder, 'ca-key.pem'), join(folder, 'etcd-key.pem'));
      expect(rules(await verify(folder), 'error')).toEqual(['pair-files']);
    },
    SLOW,
  );
});

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
    write(join(home, 'ext.cnf'), `extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=${altNames}\n`);
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
    write(join(root, 'etc/systemd/system/etcd.service'), singleUnit());
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

function kubeadmConfig(name: string, address: string, certificatesDir: string): string {
  const cluster = MEMBERS.map(([member, host]) => `${member}=https://${host}:2380`).join(',');
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  name: ${name}
localAPIEndpoint:
  advertiseAddress: ${address}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.0
certificatesDir: ${certificatesDir}
etcd:
  local:
    serverCertSANs: ["${address}"]
    peerCertSANs: ["${address}"]
    extraArgs:
      - {name: initial-cluster, value: "${cluster}"}
      - {name: initial-cluster-state, value: new}
      - {name: name, value: ${name}}
      - {name: listen-peer-urls, value: "https://${address}:2380"}
      - {name: listen-client-urls, value: "https://${address}:2379"}
      - {name: advertise-client-urls, value: "https://${address}:2379"}
      - {name: initial-advertise-peer-urls, value: "https://${address}:2380"}
`;
}

function etcdPod(pki: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: etcd}
spec:
  hostNetwork: true
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:3.6.8-0
      command:
        - etcd
        - --name=infra0
        - --advertise-client-urls=https://10.0.0.6:2379
        - --listen-client-urls=https://127.0.0.1:2379,https://10.0.0.6:2379
        - --listen-peer-urls=https://10.0.0.6:2380
        - --initial-advertise-peer-urls=https://10.0.0.6:2380
        - --initial-cluster=infra0=https://10.0.0.6:2380
        - --data-dir=/var/lib/etcd
        - --cert-file=/pki/server.crt
        - --key-file=/pki/server.key
        - --client-cert-auth=true
        - --trusted-ca-file=/pki/ca.crt
        - --peer-cert-file=/pki/peer.crt
        - --peer-key-file=/pki/peer.key
        - --peer-client-cert-auth=true
        - --peer-trusted-ca-file=/pki/ca.crt
        - --feature-gates=InitialCorruptCheck=true
        - --listen-metrics-urls=http://127.0.0.1:2381
      volumeMounts:
        - {mountPath: /pki, name: certs}
  volumes:
    - name: certs
      hostPath: {path: ${pki}/etcd}
`;
}

function apiserverPod(pki: string, endpoint: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.36.0
      command:
        - kube-apiserver
        - --etcd-cafile=${pki}/etcd/ca.crt
        - --etcd-certfile=${pki}/apiserver-etcd-client.crt
        - --etcd-keyfile=${pki}/apiserver-etcd-client.key
        - --etcd-servers=${endpoint}
`;
}

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
