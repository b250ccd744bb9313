import { hostNamesOf, type ManifestCertificate, type ManifestHost } from '../bundle/manifest/manifest.js';
import type { BundleState } from '../bundle/state.js';
import type { MemberSpec } from '../cluster-spec.js';
import { type Endpoint, endpointUrl } from '../net/endpoint.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { shellWord } from '../text/shell-word.js';
import { presentedAt, urlAuthority } from './gate.js';
import type { Step } from './step.js';

/**
 * What proves that a phase of a rotation is in effect: commands of the operator, and steps that change nothing on hosts that nobody else can ask.
 *
 * @internal
 */
export interface RotationGate {
  readonly commands: readonly string[];
  readonly steps: readonly Step[];
  /** Once the tarballs are on their hosts, and before any is extracted. */
  readonly probes: readonly Step[];
}

/**
 * Everybody takes the pairs that are to come. Of each port the pair itself is the probe, out of the tarball that brings it, on the peer port from its
 * own host: etcd holds the address of a peer against its certificate (`client/pkg/transport/listener_tls.go`, checkCertSAN). Hosts that no port tells of are held
 * against the files that they have to trust by now.
 *
 * @param plans - of the pairs
 * @internal
 */
export function acceptedGate(
  { manifest, spec }: BundleState,
  ids: ReadonlySet<string>,
  plans: readonly LeafPlan[],
): RotationGate {
  const held = spec.members.map((member) => ({ member, plans: plans.filter((plan) => isOf(plan, member)) }));
  const admin = plans.find(({ holder }) => holder.type === 'admin');
  const dials =
    admin === undefined
      ? []
      : spec.members.flatMap((member) =>
          secure(member.advertiseClientUrls).map((url) => clientProbe(url, admin)),
        );
  const probes = held.flatMap(({ member, plans: own }) => {
    const peer = own.find(serving('peer-client-cert-file')) ?? own.find(serving('peer-cert-file'));
    const urls = peer === undefined ? [] : secure(member.initialAdvertisePeerUrls);
    const commands = peer === undefined ? [] : urls.map((url) => peerProbe(url, member, peer));
    return commands.length === 0
      ? []
      : [checkStep(`What ${member.name} takes from peers`, member.name, commands)];
  });
  const [first] = held.flatMap(({ member, plans: own }) => {
    const server = own.find(serving('cert-file'));
    return server === undefined ? [] : [serverProbe(member, server)];
  });
  return {
    commands: [...(first === undefined ? [] : [first]), ...dials],
    steps: ids.has('ca') ? clientsOf(manifest.hosts).flatMap(trustStep) : [],
    probes,
  };
}

/**
 * Nobody presents a pair other than the manifest's, on any port or as a client.
 *
 * @internal
 */
export function presentedOnlyGate(
  { manifest, spec }: BundleState,
  ids: ReadonlySet<string>,
  plans: ReadonlyMap<string, LeafPlan>,
): RotationGate {
  const leaves = manifest.certificates.flatMap((certificate) => {
    const plan = plans.get(certificate.id);
    return plan === undefined || !ids.has(plan.authority) ? [] : [{ certificate, plan }];
  });
  const ports = spec.members.flatMap((member) =>
    leaves
      .filter(({ plan }) => isOf(plan, member))
      .flatMap(({ certificate, plan }) =>
        presentedUrls(plan, member).map((url) => `[ "$(${presentedAt(url)})" = ${serialOf(certificate)} ]`),
      ),
  );
  const own = leaves
    .filter(({ plan }) => plan.holder.type === 'admin')
    .map(({ certificate }) => hasPair('"$ETCDCTL_CERT"', certificate));
  const hidden = leaves.filter(({ plan }) => plan.holder.type !== 'admin' && !isPresented(plan));
  const apiServer = hidden.find(({ plan }) => plan.holder.type === 'control-plane')?.certificate;
  const steps = manifest.hosts.flatMap(({ name }): readonly Step[] => {
    const own = hidden.filter(({ certificate }) => hostNamesOf(certificate.holder).includes(name));
    const commands = own.map(({ certificate }) => hasPairOf(certificate, apiServer));
    return commands.length === 0 ? [] : [checkStep(`What ${name} dials with`, name, commands)];
  });
  return { commands: [...own, ...ports], steps, probes: [] };
}

function isOf({ holder }: LeafPlan, { name }: MemberSpec): boolean {
  return holder.type === 'members' && holder.names.includes(name);
}

function serving(setting: string): (plan: LeafPlan) => boolean {
  return ({ settings }) => settings.some(({ name }) => name === setting);
}

function isPresented(plan: LeafPlan): boolean {
  return serving('cert-file')(plan) || serving('peer-cert-file')(plan);
}

/** A pair that serves both kinds is presented on both. */
function presentedUrls(plan: LeafPlan, member: MemberSpec): readonly Endpoint[] {
  return secure([
    ...(serving('cert-file')(plan) ? member.advertiseClientUrls : []),
    ...(serving('peer-cert-file')(plan) ? member.initialAdvertisePeerUrls : []),
  ]);
}

function secure(urls: readonly Endpoint[]): readonly Endpoint[] {
  return urls.filter(({ scheme }) => scheme === 'https');
}

function clientsOf(hosts: readonly ManifestHost[]): readonly ManifestHost[] {
  return hosts.filter(({ kind }) => kind === 'control-plane' || kind === 'client');
}

/** In a folder of its own, which nobody else can read and which is gone afterwards. */
function withTarball(tarball: string, command: string): string {
  return `(d=$(mktemp -d) && trap 'rm -rf "$d"' EXIT && tar -xzf ${tarball} -C "$d" && ${command})`;
}

function clientProbe(url: Endpoint, { files }: LeafPlan): string {
  const pair = `ETCDCTL_CERT="$d"${shellWord(files.certificate)} ETCDCTL_KEY="$d"${shellWord(files.key)}`;
  return withTarball('admin.tar.gz', `ETCDCTL_ENDPOINTS=${endpointUrl(url)} ${pair} etcdctl endpoint health`);
}

/** Of the handlers for peers, the one that tells what etcd runs (etcd `server/etcdserver/api/etcdhttp/peer.go`). */
function peerProbe(url: Endpoint, { name }: MemberSpec, { files }: LeafPlan): string {
  const pair = `-cert "$d"${shellWord(files.certificate)} -key "$d"${shellWord(files.key)}`;
  const answer = `openssl s_client -quiet -connect ${urlAuthority(url)} ${pair} 2>/dev/null`;
  return withTarball(
    `/root/${name}.tar.gz`,
    `printf 'GET /version HTTP/1.0\\r\\n\\r\\n' | ${answer} | grep etcdserver`,
  );
}

/** What the operator trusts. */
function serverProbe({ name }: MemberSpec, { files }: LeafPlan): string {
  return `tar -xzOf ${name}.tar.gz ${shellWord(files.certificate.slice(1))} | openssl verify -partial_chain -CAfile "$ETCDCTL_CACERT"`;
}

function trustStep({ name, kind, files }: ManifestHost): readonly Step[] {
  const trusted = files.filter((file) => file.kind === 'authority-certificate');
  if (trusted.length === 0) return [];
  const commands = trusted.flatMap(({ path, sha256 }) => [
    `echo '${sha256}  ${path}' | sha256sum -c -`,
    ...(kind === 'control-plane' ? [startedSince(path)] : []),
  ]);
  return [checkStep(`What ${name} trusts`, name, commands)];
}

/** kube-apiserver reads the file at its start alone. When it came to the host is its change time: tar sets the other one. */
function startedSince(path: string): string {
  const start = '"$(($(date +%s) - age))"';
  return `command -v ps >/dev/null && ps -C kube-apiserver -o etimes= | while read -r age; do [ ${start} -ge "$(stat -c %Z ${shellWord(path)})" ] || exit 1; done`;
}

function hasPair(path: string, certificate: ManifestCertificate): string {
  return `[ "$(openssl x509 -noout -serial -in ${path})" = ${serialOf(certificate)} ]`;
}

/** A member that is a control-plane machine, too, has the one or the other at the same path. */
function hasPairOf(certificate: ManifestCertificate, apiServer: ManifestCertificate | undefined): string {
  if (apiServer?.path !== certificate.path) return hasPair(shellWord(certificate.path), certificate);
  const serials = new Set([certificate, apiServer].map((one) => `-e ${serialOf(one)}`));
  return `openssl x509 -noout -serial -in ${shellWord(certificate.path)} | grep -x ${[...serials].join(' ')}`;
}

/** As openssl prints it. */
function serialOf({ serialNumber }: ManifestCertificate): string {
  return `serial=${serialNumber.toUpperCase()}`;
}

function checkStep(title: string, host: string, commands: readonly string[]): Step {
  return { title, host, commands, gate: [], back: [] };
}
