import { checkClusterSettings } from '../../etcd/cluster-settings.js';
import type { ClusterSpec, ClusterToken } from '../../spec/cluster-spec.js';
import type { ClusterDocument } from '../cluster-document.js';
import { type IssueList, quoteValue } from '../issue-list.js';
import { layDocument, presetPart } from '../merge.js';
import { base } from '../presets/base.js';
import { presets } from '../presets/presets.js';
import { resolveCertificates } from './certificates.js';
import { resolveClients } from './clients.js';
import { resolveEtcd } from './etcd.js';
import { resolveKubernetes } from './kubernetes.js';
import { resolveMembers } from './members.js';
import { resolveSystemd } from './systemd.js';

/**
 * Lays the document over its preset and reads the whole, adding whatever is wrong to the list.
 *
 * @internal
 */
export function resolveDocument(document: ClusterDocument, issues: IssueList): ClusterSpec {
  const presetName = document.preset ?? 'hardened';
  const preset = presets[presetName];
  const whole = layDocument(layDocument(base, preset.document), presetPart(document));
  const names = document.members.map((member) => member.name);
  if (document.members.length > preset.maxMembers) {
    issues.add(
      'conflict',
      'members',
      `The preset ${presetName} is for ${preset.maxMembers} member, and there are ${document.members.length}.`,
      'Choose another preset.',
    );
  }
  const certificates = resolveCertificates(whole.certificates ?? {}, names, preset, issues);
  const directories = certificates.tls === 'none' ? [] : [certificates.directory];
  const members = resolveMembers(
    document.members,
    {
      tls: certificates.tls,
      peerTls: preset.peerTls,
      peerListener: preset.peerListener,
      clientPort: whole.etcd?.clientPort ?? 2379,
      peerPort: whole.etcd?.peerPort ?? 2380,
      loopback: whole.etcd?.loopback,
      metricsUrls: whole.etcd?.metricsUrls ?? [],
    },
    issues,
  );
  const spec: ClusterSpec = {
    version: 1,
    preset: presetName,
    cluster: { name: whole.cluster?.name ?? 'etcd', token: resolveToken(whole.cluster?.token, issues) },
    members,
    clients: resolveClients(document.clients ?? [], names, issues),
    etcd: resolveEtcd(whole.etcd ?? {}, directories, issues),
    certificates,
    systemd: resolveSystemd(whole.systemd ?? {}, document.systemd?.directives, issues),
    ...(whole.kubernetes === undefined
      ? {}
      : { kubernetes: resolveKubernetes(whole.kubernetes, members, certificates.tls, issues) }),
  };
  issues.addAll(checkClusterSettings(spec, 'etcd.settings'));
  return spec;
}

function resolveToken(text: string | undefined, issues: IssueList): ClusterToken {
  if (text === 'random') return { type: 'random' };
  const value = text ?? 'etcd-cluster';
  if (!/^[\u0021-\u007e]{1,128}$/.test(value)) {
    issues.add(
      'invalid-value',
      'cluster.token',
      `${quoteValue(value)} is no token.`,
      'Write up to 128 printable ASCII characters without spaces, or random.',
    );
  }
  return { type: 'fixed', value };
}
