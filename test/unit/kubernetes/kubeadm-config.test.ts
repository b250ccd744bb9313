import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { renderKubeadmConfig } from '../../../src/kubernetes/kubeadm-config.js';
import { memberOf, type Part, specOf } from './cluster.js';

interface Kubeadm {
  readonly init: Part;
  readonly cluster: Part & { readonly etcd: { readonly local: Part } };
}

function kubeadmOf(part: Part, name?: string): Kubeadm {
  const [init, cluster] = parseAllDocuments(renderKubeadmConfig(memberOf(specOf(part), name))).map(
    (document) => document.toJS(),
  );
  return { init, cluster };
}

function argsOf(part: Part, name?: string): Readonly<Record<string, string>> {
  const { extraArgs } = kubeadmOf(part, name).cluster.etcd.local;
  if (!Array.isArray(extraArgs)) throw new Error('no list');
  return Object.fromEntries(extraArgs.map(({ name: flag, value }) => [flag, value]));
}

describe('renderKubeadmConfig', () => {
  it("writes a member's two documents in v1beta4", () => {
    expect(renderKubeadmConfig(memberOf(specOf({}), 'e2'))).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  name: "e2"
localAPIEndpoint:
  advertiseAddress: 10.1.1.92
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.3
certificatesDir: /etc/kubernetes/pki
encryptionAlgorithm: RSA-2048
certificateValidityPeriod: 8760h0m0s
caCertificateValidityPeriod: 87600h0m0s
etcd:
  local:
    dataDir: /var/lib/etcd
    serverCertSANs:
    - 10.1.1.92
    peerCertSANs:
    - 10.1.1.92
    extraArgs:
    - name: initial-cluster
      value: e1=https://10.1.1.93:2380,e2=https://10.1.1.92:2380,e3=https://10.1.1.91:2380
    - name: initial-cluster-state
      value: new
    - name: name
      value: "e2"
    - name: listen-peer-urls
      value: https://10.1.1.92:2380
    - name: listen-client-urls
      value: https://10.1.1.92:2379,https://127.0.0.1:2379
    - name: advertise-client-urls
      value: https://10.1.1.92:2379
    - name: initial-advertise-peer-urls
      value: https://10.1.1.92:2380
    - name: initial-cluster-token
      value: etcd-cluster-0
`);
  });

  it.each(['v1beta2', 'v1beta3'])(
    'writes arguments as a map in %s, and no field it does not have',
    (kubeadmApi) => {
      const { init, cluster } = kubeadmOf({ kubernetes: { version: '1.26', kubeadmApi } });
      expect([init['apiVersion'], cluster['apiVersion']]).toEqual(
        Array(2).fill(`kubeadm.k8s.io/${kubeadmApi}`),
      );
      expect(Object.keys(cluster)).toEqual([
        'apiVersion',
        'kind',
        'kubernetesVersion',
        'certificatesDir',
        'etcd',
      ]);
      expect(cluster.etcd.local['extraArgs']).toMatchObject({ name: 'e1', 'initial-cluster-state': 'new' });
    },
  );

  it('says P-256 with the feature gate before v1beta4 and with encryptionAlgorithm from then on', () => {
    const certificates = { key: 'ecdsa-p256' };
    expect(kubeadmOf({ certificates, kubernetes: { version: '1.26' } }).cluster).toMatchObject({
      featureGates: { PublicKeysECDSA: true },
    });
    expect(kubeadmOf({ certificates }).cluster).toMatchObject({ encryptionAlgorithm: 'ECDSA-P256' });
  });

  it('keeps a leaf within its authority where the document asks for it', () => {
    const certificates = { validity: { ca: '100h', leaf: '200h' }, beyondAuthority: 'clamp' };
    expect(kubeadmOf({ certificates }).cluster).toMatchObject({
      certificateValidityPeriod: '100h0m0s',
      caCertificateValidityPeriod: '100h0m0s',
    });
  });

  it('lists the SANs that kubeadm would not come to by itself', () => {
    const part = {
      members: [
        { name: 'e1', address: ['10.0.0.1', 'fd00::1'], altNames: ['e1', 'e1.example.org', '127.0.0.1'] },
      ],
      certificates: { altNames: ['*.example.org', '192.0.2.1'] },
    };
    expect(kubeadmOf(part).cluster.etcd.local).toMatchObject({
      serverCertSANs: ['10.0.0.1', '*.example.org', 'e1.example.org', 'fd00::1', '192.0.2.1'],
      peerCertSANs: ['10.0.0.1', 'e1.example.org', 'fd00::1'],
    });
  });

  it('leaves out what kubeadm derives, and gives what differs', () => {
    expect(argsOf({})).not.toHaveProperty('cert-file');
    expect(argsOf({})).not.toHaveProperty('data-dir');
    expect(argsOf({})).not.toHaveProperty('listen-metrics-urls');
    expect(
      argsOf({
        etcd: {
          metricsUrls: ['http://127.0.0.1:2391'],
          settings: { 'snapshot-count': 5000, 'quota-backend-bytes': '6GiB' },
        },
      }),
    ).toMatchObject({
      'listen-metrics-urls': 'http://127.0.0.1:2391',
      'snapshot-count': '5000',
      'quota-backend-bytes': '6442450944',
    });
  });

  it('points etcd to certificates that lie elsewhere', () => {
    expect(argsOf({ preset: 'hardened', etcd: { version: '3.6' } })).toMatchObject({
      'cert-file': '/etc/etcd/pki/server.crt',
      'peer-trusted-ca-file': '/etc/etcd/pki/peer-ca.crt',
    });
  });

  it('takes the TLS arguments back where there is no TLS', () => {
    const args = argsOf({ preset: 'plain-http' });
    expect(args).toMatchObject({ 'cert-file': '', 'peer-key-file': '', 'client-cert-auth': 'false' });
    expect(args['advertise-client-urls']).toBe('http://10.1.1.93:2379');
  });

  it('names an image only for a static pod that is not of the etcd kubeadm would choose', () => {
    const local = (staticPod: boolean, version: string): Part =>
      kubeadmOf({ kubernetes: { version: '1.36', staticPod }, etcd: { version } }).cluster.etcd.local;
    expect(local(true, '3.6')).not.toHaveProperty('imageTag');
    expect(local(true, '3.6.16')).toMatchObject({ imageTag: '3.6.16-0' });
    expect(local(false, '3.6.16')).not.toHaveProperty('imageTag');
  });
});
