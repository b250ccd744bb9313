import type { CertificatesSpec, EtcdSetting, KubeadmApi } from '../cluster-spec.js';
import { hostText } from '../net/host.js';
import { formatGoDuration } from '../text/go-duration.js';
import { renderGoYaml } from '../text/go-yaml.js';
import { type KubeadmModel, type KubernetesMember, planKubeadmModel } from './kubeadm-model.js';

/**
 * Where a member's own kubeadm document lies on its host.
 *
 * @internal
 */
export const KUBEADM_CONFIG_PATH = '/etc/kubernetes/kubeadmcfg.yaml';

/** kubeadm `apis/kubeadm/v1beta4/types.go`, EncryptionAlgorithmType; documents with other keys are refused before. */
const ENCRYPTION_ALGORITHMS: Readonly<Partial<Record<CertificatesSpec['key'], string>>> = {
  'rsa-2048': 'RSA-2048',
  'rsa-3072': 'RSA-3072',
  'rsa-4096': 'RSA-4096',
  'ecdsa-p256': 'ECDSA-P256',
  'ecdsa-p384': 'ECDSA-P384',
};

/** What one version of the API writes differently. */
interface Writer {
  readonly signing: (model: KubeadmModel) => object;
  readonly extraArgs: (args: readonly EtcdSetting[]) => unknown;
}

const beforeV1beta4: Writer = {
  signing: ({ signing }) => (signing.key === 'ecdsa-p256' ? { featureGates: { PublicKeysECDSA: true } } : {}),
  extraArgs: (args) => Object.fromEntries(args.map(({ name, value }) => [name, value])),
};

const v1beta4: Writer = {
  signing: ({ signing }) => ({
    encryptionAlgorithm: ENCRYPTION_ALGORITHMS[signing.key],
    certificateValidityPeriod: formatGoDuration(signing.leaf),
    caCertificateValidityPeriod: formatGoDuration(signing.ca),
  }),
  extraArgs: (args) => args.map(({ name, value }) => ({ name, value })),
};

const WRITERS: Readonly<Record<KubeadmApi, Writer>> = {
  v1beta2: beforeV1beta4,
  v1beta3: beforeV1beta4,
  v1beta4,
};

/**
 * A member's own kubeadm documents: an InitConfiguration, without which kubeadm would sign for the name and address of the machine
 * it runs on (kubernetes/kubeadm#2334), and a ClusterConfiguration with the member's etcd.
 *
 * @internal
 */
export function renderKubeadmConfig(input: KubernetesMember): string {
  const model = planKubeadmModel(input);
  return [initConfiguration(model), clusterConfiguration(model)].map(renderGoYaml).join('---\n');
}

/**
 * `kubeadm.k8s.io/v1beta4`
 *
 * @internal
 */
export function kubeadmApiVersion(api: KubeadmApi): string {
  return `kubeadm.k8s.io/${api}`;
}

function initConfiguration({ api, node }: KubeadmModel): object {
  return {
    apiVersion: kubeadmApiVersion(api),
    kind: 'InitConfiguration',
    nodeRegistration: { name: node.name },
    localAPIEndpoint: { advertiseAddress: hostText(node.address) },
  };
}

function clusterConfiguration(model: KubeadmModel): object {
  const { node, imageTag, serverCertSANs, peerCertSANs } = model;
  const writer = WRITERS[model.api];
  return {
    apiVersion: kubeadmApiVersion(model.api),
    kind: 'ClusterConfiguration',
    kubernetesVersion: model.kubernetesVersion,
    certificatesDir: node.certificatesDir,
    ...writer.signing(model),
    etcd: {
      local: {
        ...(imageTag === undefined ? {} : { imageTag }),
        dataDir: node.dataDir,
        ...(serverCertSANs.length === 0 ? {} : { serverCertSANs }),
        ...(peerCertSANs.length === 0 ? {} : { peerCertSANs }),
        extraArgs: writer.extraArgs(model.extraArgs),
      },
    },
  };
}
