import type { ClusterSpec, EtcdSetting, MemberSpec, PresetName } from '../cluster-spec.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import { endpointUrl } from '../net/endpoint.js';
import type { EnvironmentVariable } from '../systemd/environment-file.js';
import type { ExecWord, ExecWordPart } from '../systemd/quote.js';

/**
 * A file in which people keep what differs between hosts, and the flags of the unit that read it.
 *
 * @internal
 */
export interface HostVariables {
  /** Absolute path on the host. */
  readonly path: string;
  readonly variables: (
    spec: ClusterSpec,
    member: MemberSpec,
    token: string,
  ) => readonly EnvironmentVariable[];
  /** How a flag's value is put together from the variables. */
  readonly templates: Readonly<Record<string, readonly ExecWordPart[]>>;
}

/**
 * The presets that have such a file.
 *
 * @internal
 */
export const hostVariables: Readonly<Partial<Record<PresetName, HostVariables>>> = {
  'environment-file': {
    path: '/etc/etcd.conf',
    variables: (spec, member, token) => [
      { name: 'NODE_ADDRESS', value: member.initialAdvertisePeerUrls.map(endpointUrl).join(',') },
      { name: 'NODE_NAME', value: member.name },
      { name: 'CLUSTER_NODES', value: planInitialCluster(spec) },
      { name: 'CLUSTER_TOKEN', value: token },
      { name: 'CLIENT_PORT', value: String(spec.etcd.clientPort) },
      { name: 'PEERS_PORT', value: String(spec.etcd.peerPort) },
    ],
    templates: {
      name: [{ variable: 'NODE_NAME' }],
      'listen-peer-urls': ['https://0.0.0.0:', { variable: 'PEERS_PORT' }],
      'initial-advertise-peer-urls': [{ variable: 'NODE_ADDRESS' }],
      'listen-client-urls': ['https://0.0.0.0:', { variable: 'CLIENT_PORT' }],
      'advertise-client-urls': ['https://', { variable: 'NODE_NAME' }, ':', { variable: 'CLIENT_PORT' }],
      'initial-cluster': [{ variable: 'CLUSTER_NODES' }],
      'initial-cluster-token': [{ variable: 'CLUSTER_TOKEN' }],
    },
  },
};

/**
 * One flag as a word of ExecStart=, read from the variables where the template comes to the very value that is wanted. So a
 * document that differs from the preset stays right, only with less in the file.
 *
 * @internal
 */
export function flagWord(
  setting: EtcdSetting,
  templates: HostVariables['templates'],
  variables: readonly EnvironmentVariable[],
): ExecWord {
  const template = Object.hasOwn(templates, setting.name) ? templates[setting.name] : undefined;
  const expanded = template
    ?.map((part) =>
      typeof part === 'string' ? part : variables.find(({ name }) => name === part.variable)?.value,
    )
    .join('');
  return template === undefined || expanded !== setting.value
    ? `--${setting.name}=${setting.value}`
    : [`--${setting.name}=`, ...template];
}
