import { parseIpAddress } from '../../net/ip-address.js';
import type { CertificateView } from '../../x509/read/certificate.js';

const LABEL = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/;

const LEGACY = 'x509: certificate relies on legacy Common Name field, use SANs instead';

/**
 * Checks the host of a URL against a certificate as Go's `VerifyHostname` does: an address only against addresses, a name against
 * DNS names, one wildcard label at the left; never the common name (RFC 9525, 6).
 *
 * @returns Go's words where it does not fit
 * @internal
 */
export function hostNameFault(certificate: CertificateView, host: string): string | undefined {
  const { dnsNames, ipAddresses, commonName } = certificate;
  const address = parseIpAddress(host)?.address;
  if (address !== undefined) {
    if (ipAddresses.includes(address)) return undefined;
    if (dnsNames.length === 0 && ipAddresses.length === 0 && matches(commonName, host)) return LEGACY;
    return ipAddresses.length === 0
      ? `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`
      : `x509: certificate is valid for ${ipAddresses.join(', ')}, not ${host}`;
  }
  const wanted = host.toLowerCase();
  if (dnsNames.some((name) => matches(name, wanted))) return undefined;
  if (dnsNames.length === 0 && ipAddresses.length === 0 && matches(commonName, wanted)) return LEGACY;
  return dnsNames.length === 0
    ? `x509: certificate is not valid for any names, but wanted to match ${host}`
    : `x509: certificate is valid for ${dnsNames.join(', ')}, not ${host}`;
}

function matches(pattern: string, host: string): boolean {
  const lower = pattern.toLowerCase();
  if (!isValid(host.replace(/\.$/, ''), false) || !isValid(lower, true))
    return lower === host && lower !== '';
  const [labels, parts] = [lower.split('.'), host.replace(/\.$/, '').split('.')];
  return (
    labels.length === parts.length &&
    labels.every((label, index) => (index === 0 && label === '*') || label === parts[index])
  );
}

function isValid(name: string, isPattern: boolean): boolean {
  return (
    name !== '*' &&
    name.split('.').every((label, index) => LABEL.test(label) || (isPattern && index === 0 && label === '*'))
  );
}
