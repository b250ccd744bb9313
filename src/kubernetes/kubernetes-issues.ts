import type { CertificatesSpec, ClusterSpec, KubernetesSpec } from '../cluster-spec.js';
import type { Issue } from '../errors.js';
import { formatGoDuration } from '../text/go-duration.js';
import { externalHttpEndpoints, hasHttpEndpoints } from './external-etcd.js';
import { kubernetesMinor } from './kubernetes-release.js';
import { staticPodIssues } from './static-pod-issues.js';

/** kubeadm's own (kubeadm `constants.go`, CertificateValidityPeriod and CACertificateValidityPeriod). */
const LEAF_SECONDS = 8760 * 3600;
const CA_SECONDS = 87_600 * 3600;
/** Of its private keys kubeadm reads RSA and ECDSA (client-go `util/keyutil`, ParsePrivateKeyPEM), and it makes no P-521. */
const BEYOND_KUBEADM: readonly CertificatesSpec['key'][] = ['ecdsa-p521', 'ed25519'];

/**
 * What the document says and kubeadm of that version and API has no field for: left out, kubeadm would sign with other keys or
 * for another time, or ask etcd at the wrong address.
 *
 * @internal
 */
export function kubernetesIssues(spec: ClusterSpec): readonly Issue[] {
  const { kubernetes } = spec;
  if (kubernetes === undefined) return [];
  return [
    ...(spec.certificates.tls === 'none' ? [] : checkSigning(spec, kubernetes)),
    ...checkHttpEndpoints(spec, kubernetes),
    ...(kubernetes.staticPod ? staticPodIssues(spec, kubernetes) : []),
  ];
}

function checkSigning({ certificates }: ClusterSpec, kubernetes: KubernetesSpec): readonly Issue[] {
  const { key, validity } = certificates;
  const isNewest = kubernetes.kubeadmApi === 'v1beta4';
  const periods: readonly [string, number, number][] = [
    ['certificates.validity.ca', validity.ca, CA_SECONDS],
    ['certificates.validity.leaf', validity.leaf, LEAF_SECONDS],
  ];
  return [
    ...(hasKey(key, kubernetes) ? [] : [keyIssue(key, kubernetes)]),
    ...periods
      .filter(([, period, own]) => !isNewest && period !== own)
      .map(([path, period, own]) => periodIssue(path, period, own, kubernetes)),
  ];
}

/**
 * v1beta4 has encryptionAlgorithm, with P-384 from 1.34 on (kubernetes/kubernetes#131677); before it there was the feature gate
 * PublicKeysECDSA, from 1.19 on, for P-256.
 */
function hasKey(key: CertificatesSpec['key'], { kubeadmApi, version }: KubernetesSpec): boolean {
  const minor = kubernetesMinor(version);
  if (BEYOND_KUBEADM.includes(key)) return false;
  if (kubeadmApi === 'v1beta4') return key !== 'ecdsa-p384' || minor >= 34;
  return key === 'rsa-2048' || (key === 'ecdsa-p256' && minor >= 19);
}

function keyIssue(key: CertificatesSpec['key'], { kubeadmApi, version }: KubernetesSpec): Issue {
  const isNewest = kubeadmApi === 'v1beta4';
  return {
    code: 'kubeadm-key',
    path: 'certificates.key',
    message: `kubeadm ${version} has no way to say ${key} in ${kubeadmApi}, and would sign with other keys.`,
    cure: BEYOND_KUBEADM.includes(key)
      ? 'Write rsa-2048 or ecdsa-p256, or remove kubernetes.'
      : isNewest
        ? 'Write ecdsa-p256 or an RSA key, or kubernetes.version: "1.34" or newer.'
        : `Write rsa-2048${kubernetesMinor(version) >= 19 ? ' or ecdsa-p256' : ''}, or kubernetes.kubeadmApi: v1beta4, ${key === 'ecdsa-p384' ? 'in which 1.34 and newer take it' : 'which 1.31 and newer read'}.`,
  };
}

function periodIssue(path: string, period: number, own: number, { kubeadmApi }: KubernetesSpec): Issue {
  return {
    code: 'kubeadm-validity',
    path,
    message: `${kubeadmApi} has no field for ${formatGoDuration(period)}, and kubeadm would sign for ${formatGoDuration(own)}.`,
    cure: `Write ${own / 3600}h, or kubernetes.kubeadmApi: v1beta4, which 1.31 and newer read.`,
  };
}

/** https://github.com/kubernetes/kubeadm/issues/3234 */
function checkHttpEndpoints(spec: ClusterSpec, kubernetes: KubernetesSpec): readonly Issue[] {
  if (hasHttpEndpoints(kubernetes) || externalHttpEndpoints(spec).length === 0) return [];
  return [
    {
      code: 'kubeadm-http-endpoints',
      path: 'etcd.settings.listen-client-http-urls',
      message: `kubeadm ${kubernetes.version} has no httpEndpoints in ${kubernetes.kubeadmApi}, and would ask the client URLs, which then answer only gRPC.`,
      cure: 'Remove the setting, or write kubernetes.version: "1.35" or newer with kubeadmApi: v1beta4.',
    },
  ];
}
