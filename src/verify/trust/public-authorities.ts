import type { HostPem } from '../../host/loose-files.js';

/** Go's words where the machine's own list of authorities does not know one. */
export const UNKNOWN_AUTHORITY = 'x509: certificate signed by unknown authority';

const LOCAL_LIST = /\/(?:usr\/local\/share\/ca-certificates|ca-trust\/source\/anchors)\//;

/**
 * Whether an authority's certificate is not among those that the hosts were told to trust everywhere.
 *
 * @param rawIssuer - undefined where there is no certificate
 * @internal
 */
export function isPrivateAuthority(rawIssuer: string | undefined, pemFiles: readonly HostPem[]): boolean {
  if (rawIssuer === undefined) return false;
  return !pemFiles.some(
    ({ file }) =>
      LOCAL_LIST.test(file.path) &&
      file.certificates.some((result) => result.type === 'ok' && result.value.rawSubject === rawIssuer),
  );
}
