import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithPrograms } from '../../../programs/describe.js';
import { itLong } from '../../../support/long-tests.js';
import { put } from '../../../support/put-files.js';
import { errors, LEAVES, MEMBERS, rules, SLOW, temporaryFolder, verify } from './judging.js';

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
      put(join(folder, 'ca.yaml'), kubeadmConfig('infra0', '10.0.0.6', authority)),
    ]);
    return MEMBERS.map(([name, address], index) => {
      const root = join(folder, name);
      const pki = join(root, 'etc/kubernetes/pki');
      const config = put(join(root, 'etc/kubernetes/kubeadmcfg.yaml'), kubeadmConfig(name, address, pki));
      cpSync(authority, pki, { recursive: true });
      for (const leaf of LEAVES) run(['init', 'phase', 'certs', leaf, '--config', config]);
      if (index > 0) rmSync(join(pki, 'etcd/ca.key'));
      return root;
    });
  }

  itLong(
    'finds a cluster sound, and the CA key on the first host',
    async () => {
      const findings = await verify(...recipe());
      expect(errors(findings)).toEqual([]);
      expect(rules(findings, 'warning')).toEqual(['authority-keys']);
      expect(findings.find(({ rule }) => rule === 'authority-keys')?.member).toBe('infra0');
    },
    SLOW,
  );

  itLong(
    'judges the folder of certificates alone',
    async () => {
      const [first = ''] = recipe();
      expect(rules(await verify(join(first, 'etc/kubernetes/pki')), 'error')).toEqual(['members-found']);
      const pki = join(first, 'etc/kubernetes/pki');
      cpSync(join(pki, 'etcd/peer.key'), join(pki, 'etcd/server.key'));
      expect(rules(await verify(pki), 'error')).toEqual(['members-found', 'pair-files']);
    },
    SLOW,
  );

  itLong(
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
      put(join(root, 'etc/kubernetes/manifests/etcd.yaml'), etcdPod(pki));
      put(
        join(root, 'etc/kubernetes/manifests/kube-apiserver.yaml'),
        apiserverPod(pki, 'https://127.0.0.1:2379'),
      );
      const findings = await verify(root);
      expect(errors(findings)).toEqual([]);
      put(
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
      const config = put(join(folder, 'nameless.yaml'), nameless);
      for (const phase of ['etcd-ca', ...LEAVES]) run(['init', 'phase', 'certs', phase, '--config', config]);
      const roots = MEMBERS.map(([name, address]) => {
        const root = join(folder, name);
        put(
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
