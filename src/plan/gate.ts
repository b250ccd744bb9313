import type { ClusterSpec, EtcdVersion, MemberSpec } from '../cluster-spec.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { type Endpoint, endpointUrl } from '../net/endpoint.js';
import type { LeafPlan } from '../pki/certificate-plan.js';

/** Seconds after which a member that is not healthy will not become so by itself. */
const PATIENCE = 60;

/**
 * Commands that succeed once every member is started, healthy and no learner.
 *
 * @param members - that are asked; absent: those that the operator's variables name
 * @internal
 */
export function healthGate(members?: readonly MemberSpec[]): readonly string[] {
  return [
    healthOf(members),
    // Prints the members that are not.
    "! etcdctl member list | grep -v ', started, .*, false$'",
  ];
}

/**
 * A command that succeeds once these members commit proposals, for which they need a majority.
 *
 * @param members - absent: those that the operator's variables name
 * @internal
 */
export function healthOf(members?: readonly MemberSpec[]): string {
  const endpoints =
    members === undefined
      ? ''
      : `ETCDCTL_ENDPOINTS=${members.flatMap((member) => member.advertiseClientUrls.map(endpointUrl)).join(',')} `;
  return `i=0; until ${endpoints}etcdctl endpoint health || [ $i -ge ${PATIENCE} ]; do i=$((i+1)); sleep 1; done; [ $i -lt ${PATIENCE} ]`;
}

/**
 * A command that succeeds where a member presents the certificate that is in its tarball; undefined for a pair that no port presents.
 *
 * @internal
 */
export function presentedGate({ settings, files }: LeafPlan, member: MemberSpec): string | undefined {
  const serves = (name: string): boolean => settings.some((setting) => setting.name === name);
  const urls = serves('cert-file')
    ? member.advertiseClientUrls
    : serves('peer-cert-file')
      ? member.initialAdvertisePeerUrls
      : [];
  const url = urls.find(({ scheme }) => scheme === 'https');
  if (url === undefined) return undefined;
  const packed = `tar -xzOf ${member.name}.tar.gz ${files.certificate.slice(1)} | ${SERIAL}`;
  return `[ "$(${presentedAt(url)})" = "$(${packed})" ]`;
}

const SERIAL = 'openssl x509 -noout -serial';

/**
 * A command that prints the serial number of what a port presents, as openssl writes it.
 *
 * @internal
 */
export function presentedAt(url: Endpoint): string {
  return `echo | openssl s_client -connect ${urlAuthority(url)} 2>/dev/null | ${SERIAL}`;
}

/**
 * A command that succeeds where a member runs a release.
 *
 * @internal
 */
export function runsGate(
  version: EtcdVersion,
  { advertiseClientUrls: [url] }: MemberSpec,
): readonly string[] {
  if (url === undefined) return [];
  const text = formatEtcdVersion(version).replaceAll('.', '\\.');
  const pattern = `^"Version" : "${text}${version.patch === undefined ? '\\.' : '"'}`;
  return [`ETCDCTL_ENDPOINTS=${endpointUrl(url)} etcdctl endpoint status -w fields | grep '${pattern}'`];
}

/**
 * A command that succeeds once the cluster as a whole is of a release, which it is some seconds after its last member
 * (`server/etcdserver/version`, monitor): etcdctl does not tell.
 *
 * @internal
 */
export function clusterReleaseGate(spec: ClusterSpec, { release }: EtcdVersion): readonly string[] {
  const url = spec.members[0]?.advertiseClientUrls[0];
  if (url === undefined) return [];
  const pattern = `"etcdcluster":"${release.replace('.', '\\.')}\\.`;
  return [
    `i=0; until ${versionCommand(spec, url)} | grep '${pattern}' || [ $i -ge ${PATIENCE} ]; do i=$((i+1)); sleep 1; done; [ $i -lt ${PATIENCE} ]`,
  ];
}

function versionCommand({ certificates: { clientCertAuth } }: ClusterSpec, url: Endpoint): string {
  if (url.scheme === 'http') return `curl -fsS ${endpointUrl(url)}/version`;
  const pair = clientCertAuth ? ' -cert "$ETCDCTL_CERT" -key "$ETCDCTL_KEY"' : '';
  return `printf 'GET /version HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect ${urlAuthority(url)} -CAfile "$ETCDCTL_CACERT"${pair} 2>/dev/null`;
}

/**
 * Name or address and port of a URL, as `openssl s_client -connect` takes them.
 *
 * @internal
 */
export function urlAuthority(url: Endpoint): string {
  return endpointUrl(url).slice(`${url.scheme}://`.length);
}

/** Of each endpoint, answered by that member alone. */
const COUNT_KEYS =
  'get "" --prefix --keys-only --limit=1 --consistency=s --write-out=fields | sed -n \'s/^"Count" : //p\'';

/**
 * Commands that succeed once all members hold the same, and that count its keys on each of them.
 *
 * @internal
 */
export function sameDataGate(): readonly string[] {
  return [
    `i=0; until [ "$(etcdctl endpoint hashkv | cut -d, -f2 | sort -u | wc -l)" -eq 1 ] || [ $i -ge ${PATIENCE} ]; do i=$((i+1)); sleep 1; done; [ $i -lt ${PATIENCE} ]`,
    `echo "$ETCDCTL_ENDPOINTS" | tr , '\\n' | while read -r url; do echo "$url: $(ETCDCTL_ENDPOINTS=$url etcdctl ${COUNT_KEYS}) keys"; done`,
  ];
}
