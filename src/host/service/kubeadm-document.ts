import type { EtcdSetting } from '../../cluster-spec.js';
import { kubeadmArguments } from '../../kubernetes/kubeadm-arguments.js';
import { parseHost } from '../../net/host.js';
import { mentions, type RootIndex } from '../host-root.js';
import type { LayoutService } from './service.js';
import { at, listAt, MAX_YAML, textAt, textsAt, yamlValues } from './yaml-value.js';

/**
 * `etcd.external` of a ClusterConfiguration.
 *
 * @internal
 */
export interface ExternalEtcd {
  /** The document, absolute. */
  readonly path: string;
  readonly endpoints: readonly string[];
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** @internal */
export interface KubeadmDocuments {
  readonly external: readonly ExternalEtcd[];
  /** What kubeadm would start etcd with. */
  readonly local: readonly LayoutService[];
}

/** Of one host. */
const MAX_DOCUMENTS = 20;
const CANDIDATE = /\.(?:ya?ml|json)$/;
const DEFAULT_CERTIFICATES = '/etc/kubernetes/pki';
const DEFAULT_DATA = '/var/lib/etcd';

/**
 * Reads kubeadm's documents anywhere on a host.
 *
 * @internal
 */
export function kubeadmDocuments(root: RootIndex): KubeadmDocuments {
  const external: ExternalEtcd[] = [];
  const local: LayoutService[] = [];
  for (const [path, file] of root.files) {
    if (!CANDIDATE.test(path)) continue;
    if (!mentions(file, 'kubeadm.k8s.io/')) continue;
    if (external.length + local.length >= MAX_DOCUMENTS) {
      root.limits.leaveOut('', `has more than ${MAX_DOCUMENTS} documents of kubeadm`);
      break;
    }
    const documents = yamlValues(root.limits.text(file, MAX_YAML)).filter((document) =>
      (textAt(document, 'apiVersion') ?? '').startsWith('kubeadm.k8s.io/'),
    );
    const cluster = documents.find((document) => at(document, 'kind') === 'ClusterConfiguration');
    const init = documents.find((document) =>
      /^(?:Init|Join)Configuration$/.test(textAt(document, 'kind') ?? ''),
    );
    const outside = at(cluster, 'etcd', 'external');
    if (typeof outside === 'object' && outside !== null) external.push(readExternal(path, outside));
    else if (at(cluster, 'etcd', 'local') !== undefined) local.push(readLocal(path, cluster, init));
  }
  return { external, local };
}

function readExternal(path: string, value: object): ExternalEtcd {
  const [caFile, certFile, keyFile] = ['caFile', 'certFile', 'keyFile'].map((key) => textAt(value, key));
  return {
    path,
    endpoints: textsAt(value, 'endpoints'),
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

function readLocal(path: string, cluster: unknown, init: unknown): LayoutService {
  const extra = extraArgs(at(cluster, 'etcd', 'local', 'extraArgs'));
  const given = (name: string): string | undefined => extra.find((arg) => arg.name === name)?.value;
  const address = parseHost(
    textAt(init, 'localAPIEndpoint', 'advertiseAddress') ??
      /\/\/\[?([^\]/]*?)\]?:\d+$/.exec(given('initial-advertise-peer-urls') ?? '')?.[1] ??
      '',
  );
  const name = textAt(init, 'nodeRegistration', 'name') ?? given('name') ?? '';
  const defaults = kubeadmArguments(
    {
      name,
      address: address ?? { type: 'ip', version: 4, address: '0.0.0.0' },
      dataDir: textAt(cluster, 'etcd', 'local', 'dataDir') ?? DEFAULT_DATA,
      certificatesDir: textAt(cluster, 'certificatesDir') ?? DEFAULT_CERTIFICATES,
    },
    [],
  );
  const merged = [...defaults.filter((setting) => given(setting.name) === undefined), ...extra];
  return { type: 'layout', path, settings: merged, isCertificates: false, urlsKnown: address !== undefined };
}

/** A map up to v1beta3, a list of name and value from v1beta4 on. */
function extraArgs(value: unknown): readonly EtcdSetting[] {
  if (Array.isArray(value)) {
    return listAt({ value }, 'value').flatMap((item) => {
      const name = textAt(item, 'name');
      return name === undefined ? [] : [{ name, value: textAt(item, 'value') ?? '' }];
    });
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, inner]) => ({ name, value: String(inner) }));
}
