import { realPath } from '../../host/pem-files.js';
import { pairUses } from '../dials/pair-uses.js';
import type { Rule } from '../rule.js';

/** @internal */
export const sharedCertificate: Rule = {
  name: 'shared-certificate',
  summary: 'Every member has its own certificate.',
  levels: ['warning'],
  source: 'NIST SP 800-57 part 1, 5.2; etcd-io/etcd#22026',
  *check(view) {
    const holders = new Map<string, Set<string>>();
    const uses = pairUses(view).filter(({ pair }) => pair.leaf !== undefined && pair.key.file !== undefined);
    for (const { pair, root } of uses) {
      const id = pair.leaf?.id ?? '';
      holders.set(id, (holders.get(id) ?? new Set<string>()).add(root.name));
    }
    const told = new Set<string>();
    for (const { pair, label } of uses) {
      const id = pair.leaf?.id ?? '';
      const hosts = holders.get(id);
      if (hosts === undefined || hosts.size < 2 || told.has(id)) continue;
      told.add(id);
      yield {
        level: 'warning',
        member: label,
        path: pair.certificate.path,
        message: `${[...hosts].join(', ')} share one certificate and key: anyone who takes over one of them can pass for all.`,
        cure: 'Issue one for each member, with only its own names.',
      };
    }
  },
};

/** @internal */
export const authorityKeys: Rule = {
  name: 'authority-keys',
  summary: 'The key of an authority is not on a host that runs etcd.',
  levels: ['warning'],
  source:
    'RFC 5280, 9; https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/setup-ha-etcd-with-kubeadm/',
  *check({ authorityKeys: keys }) {
    for (const { root, path, subject } of keys) {
      yield {
        level: 'warning',
        member: root.name,
        path,
        message: `The key of the authority ${subject} is on this host: anyone who takes over the host can issue certificates for any member and any client.`,
        cure: 'Keep it on the machine where certificates are made.',
      };
    }
  },
};

/** @internal */
export const foreignSecrets: Rule = {
  name: 'foreign-secrets',
  summary: "No host has the key of another member's certificate.",
  levels: ['warning'],
  source: 'NIST SP 800-57 part 1, 5.3',
  *check(view) {
    const owners = new Map<string, { readonly root: string; readonly label: string }>();
    for (const { pair, root, label, role } of pairUses(view)) {
      const { key } = pair.key;
      if (
        role !== 'client' &&
        key?.type === 'ok' &&
        key.value.type !== 'unknown' &&
        pair.fault === undefined &&
        !owners.has(key.value.value)
      )
        owners.set(key.value.value, { root: root.name, label });
    }
    const used = new Set(pairUses(view).map(({ pair, root }) => `${root.name}:${realPath(pair.key)}`));
    for (const { root, file } of view.pemFiles) {
      const { key, path } = file;
      if (key?.type !== 'ok' || key.value.type === 'unknown' || used.has(`${root.name}:${realPath(file)}`))
        continue;
      const owner = owners.get(key.value.value);
      if (owner === undefined || owner.root === root.name) continue;
      yield {
        level: 'warning',
        member: root.name,
        path,
        message: `This is the key of ${owner.label}, which is not needed on this host.`,
        cure: `Remove it here, and issue ${owner.label} a new certificate if others had access.`,
      };
    }
  },
};

/** @internal */
export const sharedAuthority: Rule = {
  name: 'shared-authority',
  summary: 'Peers and clients have separate authorities.',
  levels: ['notice'],
  source: 'etcd client/pkg/transport/listener_tls.go, checkCertSAN; kubernetes/kubeadm#710',
  *check({ members }) {
    const told = new Set<string>();
    for (const { label, client, peer, settings, urlsKnown } of members) {
      const shared = client.trust?.roots.find(({ id }) => peer.trust?.roots.some((root) => root.id === id));
      const isRestricted =
        settings.entries.has('peer-cert-allowed-cn') || settings.entries.has('peer-cert-allowed-hostname');
      if (shared === undefined || isRestricted || !urlsKnown || told.has(shared.id)) continue;
      told.add(shared.id);
      yield {
        level: 'notice',
        member: label,
        path: peer.trust?.file.path ?? '',
        message: `${shared.subject} is trusted for both clients and peers: a client certificate without alternative names is accepted at the peer port.`,
        cure: 'Use a separate authority for peers, or set peer-cert-allowed-cn.',
      };
    }
  },
};
