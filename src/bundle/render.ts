import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import type { Pki } from '../pki/pki.js';
import { memberCertificateFiles } from './certificate-files.js';
import { etcdctlFiles } from './client-files.js';
import type { FilePlan, HostBundle } from './file-plan.js';
import { controlPlaneFiles, kubernetesMemberFiles } from './kubernetes-files.js';
import { memberSettings, serviceFiles } from './service-files.js';

/**
 * Renders what each machine gets: every member, the control plane where there is one, the operator, further clients. One at a
 * time, so that a large cluster need not be held in memory.
 *
 * @public
 */
export function* renderBundles(spec: ClusterSpec, pki: Pki): Generator<HostBundle, void, undefined> {
  for (const member of spec.members) yield bundle('member', member.name, memberFiles(spec, member, pki));
  if (spec.kubernetes !== undefined)
    yield bundle('control-plane', 'control-plane', controlPlaneFiles(spec, spec.kubernetes, pki));
  const admin = pki.leaves.find(({ plan }) => plan.holder.type === 'admin');
  yield bundle('admin', 'admin', etcdctlFiles(spec, pki, '/etc/etcd/admin', admin));
  for (const { name } of spec.clients) {
    const leaf = pki.leaves.find(({ plan: { holder } }) => holder.type === 'client' && holder.name === name);
    yield bundle('client', `client-${name}`, etcdctlFiles(spec, pki, `/etc/etcd/clients/${name}`, leaf));
  }
}

function memberFiles(spec: ClusterSpec, member: MemberSpec, pki: Pki): readonly FilePlan[] {
  const { kubernetes } = spec;
  const settings = memberSettings(spec, member, pki);
  return [
    ...memberCertificateFiles(member.name, pki, spec.systemd),
    ...serviceFiles(spec, member, settings, pki),
    ...(kubernetes === undefined ? [] : kubernetesMemberFiles(spec, kubernetes, member, settings, pki)),
  ];
}

function bundle(kind: HostBundle['kind'], name: string, files: readonly FilePlan[]): HostBundle {
  return { kind, name, files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}
