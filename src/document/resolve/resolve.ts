import type { ClusterDocument } from '../../cluster-document.js';
import type { ClusterSpec, ClusterToken, KubernetesSpec, SystemdSpec } from '../../cluster-spec.js';
import { checkClusterSettings } from '../../etcd/cluster-settings.js';
import { formatEtcdVersion } from '../../etcd/version.js';
import { kubeadmEtcdVersion } from '../../kubernetes/etcd-image.js';
import { kubernetesIssues } from '../../kubernetes/kubernetes-issues.js';
import { PRESET_NAMES } from '../../preset-names.js';
import { base } from '../../presets/base.js';
import type { CompleteDocument } from '../../presets/preset.js';
import { presets } from '../../presets/presets.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { layDocument, presetPart } from '../merge.js';
import { resolveArchive } from './archive.js';
import { resolveCertificates } from './certificates.js';
import { resolveClients } from './clients.js';
import { checkClosedFolders } from './closed-folders.js';
import type { ReadMember } from './cluster-urls.js';
import { resolveConfigFile } from './config-file.js';
import { checkDiscovery, resolveDiscovery } from './discovery.js';
import { resolveEtcd } from './etcd.js';
import { checkForeignFiles } from './foreign-files.js';
import { resolveKubernetes } from './kubernetes.js';
import { checkLogFiles } from './log-files.js';
import { checkMemberSettings } from './member-settings.js';
import type { ListenPolicy } from './member-urls.js';
import { resolveMembers } from './members.js';
import { ownPlace, ownPlaces } from './own-places.js';
import { resolveOwnSettings } from './own-settings.js';
import { checkRevocationLists } from './revocation-lists.js';
import { checkService } from './service.js';
import { checkSockets } from './sockets.js';
import { checkStateFolders, foldersOf, resolveStateFolders, withStateFolders } from './state-folders.js';
import { resolveSystemd } from './systemd.js';
import { checkTokenKeys } from './token-keys.js';
import { resolveListenUrls } from './urls.js';

/**
 * Lays the document over its preset and reads the whole, adding whatever is wrong to the list.
 *
 * @internal
 */
export function resolveDocument(document: ClusterDocument, issues: IssueList): ClusterSpec {
  const presetName = document.preset ?? PRESET_NAMES[0];
  const preset = presets[presetName];
  const lower = layDocument(base, preset.document);
  const whole = layDocument(ownPlaces(lower, document), presetPart(document));
  const names = document.members.map((member) => member.name);
  if (document.members.length > preset.maxMembers) {
    issues.add(
      'too-many-members',
      'members',
      `The preset ${presetName} is for ${preset.maxMembers} member, but there are ${document.members.length}.`,
      'Choose another preset.',
    );
  }
  const certificates = resolveCertificates(whole.certificates, document.certificates ?? {}, names, issues);
  const { clientPort, peerPort, loopback, metricsUrls } = whole.etcd;
  const policy: ListenPolicy = {
    tls: certificates.tls,
    peerTls: preset.peerTls,
    peerListener: preset.peerListener,
    clientPort,
    peerPort,
    loopback,
    metricsUrls: metricsUrls.length === 0 ? [] : resolveListenUrls(metricsUrls, 'etcd.metricsUrls', issues),
    written: Object.keys(document.etcd ?? {}),
  };
  const namedMembers = resolveMembers(document.members, policy, issues);
  const kubernetes =
    whole.kubernetes === undefined
      ? undefined
      : resolveKubernetes(
          whole.kubernetes,
          namedMembers.map(({ member }) => member),
          certificates.tls,
          issues,
        );
  const { cluster: state, states } = resolveStateFolders(document.members, whole.etcd, issues);
  const etcd = resolveEtcd(
    { ...whole.etcd, version: etcdVersion(document, whole, kubernetes) },
    state,
    issues,
  );
  const certificatesFolder = certificates.tls === 'none' ? undefined : certificates.directory;
  checkStateFolders(states, etcd, certificatesFolder, document.etcd, issues);
  const readMembers = namedMembers.map((read): ReadMember => {
    const own = { ...read, member: withStateFolders(read.member, states[read.index]) };
    return own.document.settings === undefined ? own : withSettings(own, whole.etcd.settings, etcd, issues);
  });
  const members = readMembers.map(({ member }) => member);
  const systemd =
    whole.kubernetes?.staticPod === true
      ? kubeletInstead(document, issues)
      : resolveSystemd(whole.systemd, document.systemd?.directives, issues);
  const hostFile = preset.hostVariables && ownPlace(preset.hostVariables.path, lower, document);
  const configFile = resolveConfigFile(whole.etcd, etcd, foldersOf(states), systemd.unit, hostFile, issues);
  const discovery = resolveDiscovery(whole.cluster, issues);
  const archive = resolveArchive(whole.etcd, members, whole.kubernetes?.staticPod === true, issues);
  const spec: ClusterSpec = {
    version: 1,
    preset: presetName,
    cluster: {
      name: whole.cluster.name,
      token: resolveToken(whole.cluster.token, issues),
      directory: ownPlace('/etc/etcd', lower, document),
      ...(discovery === undefined ? {} : { discovery }),
    },
    members,
    clients: resolveClients(document.clients ?? [], names, certificates, issues),
    etcd: {
      ...etcd,
      ...(archive === undefined ? {} : { archive }),
      ...(configFile === undefined ? {} : { configFile }),
    },
    certificates,
    systemd,
    ...(kubernetes === undefined ? {} : { kubernetes }),
  };
  checkMemberSettings(spec, readMembers, policy, issues);
  issues.addAll(checkClusterSettings(spec, 'etcd.settings'));
  checkDiscovery(spec, issues);
  checkForeignFiles(spec, foldersOf(states), issues);
  checkLogFiles(spec, states, issues);
  checkClosedFolders(spec, foldersOf(states), issues);
  checkSockets(spec, issues);
  checkTokenKeys(spec, foldersOf(states), issues);
  checkRevocationLists(spec, issues);
  checkService(spec, issues);
  issues.addAll(kubernetesIssues(spec));
  return spec;
}

function withSettings(
  read: ReadMember,
  cluster: Readonly<Record<string, unknown>>,
  etcd: ClusterSpec['etcd'],
  issues: IssueList,
): ReadMember {
  const path = `members[${read.index}].settings`;
  const settings = resolveOwnSettings(read.document.settings ?? {}, cluster, etcd, path, issues);
  return settings.length === 0 ? read : { ...read, member: { ...read.member, settings } };
}

/** Where kubeadm's pod runs etcd and the document is silent, it is the etcd of that kubeadm. */
function etcdVersion(
  document: ClusterDocument,
  whole: CompleteDocument,
  kubernetes: KubernetesSpec | undefined,
): string | number {
  const own = document.etcd?.version;
  if (own !== undefined || kubernetes?.staticPod !== true) return own ?? whole.etcd.version;
  const version = kubeadmEtcdVersion(kubernetes.version);
  return version === undefined ? whole.etcd.version : formatEtcdVersion(version);
}

/** The pod runs as root, and what is enabled on the host is the kubelet. */
function kubeletInstead(document: ClusterDocument, issues: IssueList): SystemdSpec {
  if (document.systemd !== undefined) {
    issues.add(
      'systemd-beside-static-pod',
      'systemd',
      'With kubernetes.staticPod: true the kubelet runs etcd, and there is no service to configure.',
      'Remove systemd, or write kubernetes.staticPod: false.',
    );
  }
  return { unit: 'kubelet', user: 'root', group: 'root', hardening: false, directives: [] };
}

function resolveToken(value: string, issues: IssueList): ClusterToken {
  if (value === 'random') return { type: 'random' };
  if (!/^[\u0021-\u007e]{1,128}$/.test(value)) {
    issues.add(
      'not-a-token',
      'cluster.token',
      `${quoteValue(value)} is not a token.`,
      'Write up to 128 printable ASCII characters without spaces, or random.',
    );
  }
  return { type: 'fixed', value };
}
