import type { EtcdSetting } from '../cluster-spec.js';
import { EtcdBundleError } from '../errors.js';
import { renderGoYaml } from '../text/go-yaml.js';
import { etcdImageTag } from './etcd-image.js';
import { kubeadmArguments, kubeadmChecks, kubeadmClientUrl } from './kubeadm-arguments.js';
import { type KubernetesMember, planKubeadmModel } from './kubeadm-model.js';
import { kubernetesMinor } from './kubernetes-release.js';
import { planPodProbes } from './pod-probes.js';
import { type PodStyle, podStyle } from './pod-style.js';
import { planPodVolumes } from './pod-volumes.js';
import { staticPodIssues } from './static-pod-issues.js';

/**
 * Where the kubelet finds etcd's static pod. kubeadm writes it with mode 0600.
 *
 * @internal
 */
export const STATIC_POD_PATH = '/etc/kubernetes/manifests/etcd.yaml';

/** system-node-critical (Kubernetes `pkg/apis/scheduling/types.go`). */
const PRIORITY = 2_000_001_000;

/**
 * etcd's static pod as `kubeadm init phase etcd local` of that version makes it from the member's own kubeadm document, with one
 * volume more for each folder of the settings that kubeadm has no field for.
 *
 * @throws {@link EtcdBundleError} where kubeadm of that version had another pod than those known here
 * @internal
 */
export function renderStaticPod(input: KubernetesMember): string {
  const { spec, kubernetes } = input;
  const style = podStyle(kubernetesMinor(kubernetes.version));
  if (style === undefined) throw new EtcdBundleError('invalid-spec', staticPodIssues(spec, kubernetes));
  const { node, extraArgs } = planKubeadmModel(input);
  const imageTag = etcdImageTag(spec.etcd, kubernetes);
  const settings = mergeArguments(
    kubeadmArguments(node, kubeadmChecks(style, imageTag)),
    kubernetes.kubeadmApi === 'v1beta4' ? extraArgs : sortSettings(extraArgs),
    style,
  );
  const volumes = planPodVolumes(node.dataDir, node.certificatesDir, settings);
  const { livenessProbe, readinessProbe, startupProbe, ports } = planPodProbes(style, settings);
  return renderGoYaml({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': kubeadmClientUrl(node.address) },
      ...(style.hasCreationTimestamp ? { creationTimestamp: null } : {}),
      labels: { component: 'etcd', tier: 'control-plane' },
      name: 'etcd',
      namespace: 'kube-system',
    },
    spec: {
      containers: [
        {
          command: ['etcd', ...settings.map(({ name, value }) => `--${name}=${value}`)],
          image: `registry.k8s.io/etcd:${imageTag}`,
          imagePullPolicy: 'IfNotPresent',
          livenessProbe,
          name: 'etcd',
          ...(ports === undefined ? {} : { ports }),
          ...(readinessProbe === undefined ? {} : { readinessProbe }),
          resources: { requests: { cpu: '100m', memory: '100Mi' } },
          startupProbe,
          volumeMounts: volumes.map(({ name, path, readOnly }) => ({
            mountPath: path,
            name,
            ...(readOnly ? { readOnly } : {}),
          })),
        },
      ],
      hostNetwork: true,
      ...(style.hasPriority ? { priority: PRIORITY } : {}),
      priorityClassName: 'system-node-critical',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      volumes: [...volumes]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, path }) => ({ hostPath: { path, type: 'DirectoryOrCreate' }, name })),
    },
    status: {},
  });
}

/** An override takes the place of what kubeadm derived (kubeadm `util/arguments.go`, ArgumentsToCommand). */
function mergeArguments(
  derived: readonly EtcdSetting[],
  overrides: readonly EtcdSetting[],
  { areOverridesLast }: PodStyle,
): readonly EtcdSetting[] {
  const kept = derived.filter(({ name }) => !overrides.some((override) => override.name === name));
  return areOverridesLast ? [...sortSettings(kept), ...overrides] : sortSettings([...kept, ...overrides]);
}

function sortSettings(settings: readonly EtcdSetting[]): readonly EtcdSetting[] {
  return [...settings].sort((a, b) => (a.name < b.name ? -1 : 1));
}
