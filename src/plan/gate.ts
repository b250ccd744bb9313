import type { MemberSpec } from '../cluster-spec.js';
import { type Endpoint, endpointUrl } from '../net/endpoint.js';
import type { LeafPlan } from '../pki/certificate-plan.js';

/** Seconds after which a member that is not healthy will not become so by itself. */
const PATIENCE = 60;

/**
 * Commands that succeed once every member is started, healthy and no learner.
 *
 * @internal
 */
export function healthGate(): readonly string[] {
  return [
    `i=0; until etcdctl endpoint health || [ $i -ge ${PATIENCE} ]; do i=$((i+1)); sleep 1; done; [ $i -lt ${PATIENCE} ]`,
    // Prints the members that are not.
    "! etcdctl member list | grep -v ', started, .*, false$'",
  ];
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
  const serial = 'openssl x509 -noout -serial';
  const presented = `echo | openssl s_client -connect ${authority(url)} 2>/dev/null | ${serial}`;
  const packed = `tar -xzOf ${member.name}.tar.gz ${files.certificate.slice(1)} | ${serial}`;
  return `[ "$(${presented})" = "$(${packed})" ]`;
}

function authority(url: Endpoint): string {
  return endpointUrl(url).slice(`${url.scheme}://`.length);
}
