import { describe, expect, it } from 'vitest';
import type { ClusterSpec } from '../../../src/cluster-spec.js';
import { kubernetesIssues } from '../../../src/kubernetes/kubernetes-issues.js';
import { kubernetesOf, type Part, specOf } from './cluster.js';

/** The document layer refuses these itself, so `kubernetes` is put in afterwards. */
function pathsOf(part: Part, kubernetes: Partial<ClusterSpec['kubernetes']>): readonly string[] {
  const spec = specOf(part);
  return kubernetesIssues({ ...spec, kubernetes: { ...kubernetesOf(spec), ...kubernetes } }).map(
    ({ path }) => path,
  );
}

const v1beta2 = { version: '1.26', kubeadmApi: 'v1beta2' } as const;
const v1beta3 = { version: '1.26', kubeadmApi: 'v1beta3' } as const;
const v1beta4 = { version: '1.36', kubeadmApi: 'v1beta4' } as const;

describe('kubernetesIssues', () => {
  it.each(['hardened', 'kubeadm', 'shared-certificate', 'tuned', 'plain-http'])(
    'finds nothing in the preset %s, for either API',
    (preset) => {
      expect(pathsOf({ preset }, v1beta4)).toEqual([]);
      expect(pathsOf({ preset }, v1beta3)).toEqual([]);
    },
  );

  it.each(['rsa-3072', 'rsa-4096', 'ecdsa-p384'])('names %s where the API has no field for it', (key) => {
    expect(pathsOf({ certificates: { key } }, v1beta3)).toEqual(['certificates.key']);
    expect(pathsOf({ certificates: { key } }, v1beta2)).toEqual(['certificates.key']);
    expect(pathsOf({ certificates: { key } }, v1beta4)).toEqual([]);
  });

  it.each(['ecdsa-p521', 'ed25519'] as const)('names %s, which kubeadm neither makes nor reads', (key) => {
    const spec = specOf({});
    for (const api of [v1beta2, v1beta3, v1beta4]) {
      const kubernetes = { ...kubernetesOf(spec), ...api };
      const found = kubernetesIssues({ ...spec, certificates: { ...spec.certificates, key }, kubernetes });
      expect(found.map(({ path }) => path)).toEqual(['certificates.key']);
    }
  });

  it('names P-256 before the feature gate and P-384 before 1.34', () => {
    expect(pathsOf({ certificates: { key: 'ecdsa-p256' } }, { ...v1beta2, version: '1.18' })).toEqual([
      'certificates.key',
    ]);
    expect(pathsOf({ certificates: { key: 'ecdsa-p384' } }, { ...v1beta4, version: '1.33' })).toEqual([
      'certificates.key',
    ]);
  });

  it('names periods that only v1beta4 can say', () => {
    const certificates = { validity: { ca: '43800h', leaf: '4380h' } };
    expect(pathsOf({ certificates }, v1beta3)).toEqual([
      'certificates.validity.ca',
      'certificates.validity.leaf',
    ]);
    expect(pathsOf({ certificates }, v1beta4)).toEqual([]);
  });

  it('says nothing of keys where there are none', () => {
    expect(pathsOf({ certificates: { tls: 'none', key: 'rsa-4096' } }, v1beta3)).toEqual([]);
  });

  it('names HTTP listeners that kubeadm cannot be told of', () => {
    const etcd = { version: '3.6', settings: { 'listen-client-http-urls': 'https://0.0.0.0:2382' } };
    const path = 'etcd.settings.listen-client-http-urls';
    expect(pathsOf({ etcd }, { ...v1beta4, version: '1.34' })).toEqual([path]);
    expect(pathsOf({ etcd }, { ...v1beta4, version: '1.36', kubeadmApi: 'v1beta3' })).toEqual([path]);
    expect(pathsOf({ etcd }, v1beta4)).toEqual([]);
    const local = { ...etcd, settings: { 'listen-client-http-urls': 'https://127.0.0.1:2382' } };
    expect(pathsOf({ etcd: local }, v1beta3)).toEqual([]);
  });

  it.each([
    ['1.36', '3.5', ['etcd.version']],
    ['1.36', '3.6', []],
    ['1.36', '3.7', []],
    ['1.35', '3.5', []],
    ['1.33', '3.7', ['etcd.version']],
    ['1.31', '3.5.10', ['etcd.version']],
    ['1.26', '3.5', []],
    ['1.26', '3.7', ['etcd.version']],
    ['1.21', '3.4', ['kubernetes.version']],
  ])('holds the static pod of %s against etcd %s', (version, etcd, paths) => {
    expect(pathsOf({ etcd: { version: etcd } }, { ...v1beta4, version, staticPod: true })).toEqual(paths);
  });

  it('wants arguments and probes without a certificate in a static pod', () => {
    const etcd = { version: '3.6', config: 'yaml', metricsUrls: ['https://127.0.0.1:2381'] };
    const one = [{ name: 'e1', address: '10.1.1.93' }];
    expect(pathsOf({ members: one, etcd }, { ...v1beta4, staticPod: true })).toEqual([
      'etcd.config',
      'members[0].listenMetricsUrls',
    ]);
    expect(pathsOf({ members: one, etcd }, v1beta4)).toEqual([]);
  });
});
