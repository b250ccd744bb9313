import { X509Certificate } from 'node:crypto';
import { parseIpAddress } from '../../net/ip-address.js';
import { goQuote } from '../../text/go-quote.js';

const USAGES = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;
const ANY_USAGE = '2.5.29.37.0';
const PEM = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const MAX_CHAIN = 10;

/** @internal */
export interface Names {
  readonly ipAddresses: readonly string[];
  readonly dnsNames: readonly string[];
}

/** @internal */
export function certificatesIn(pem: string): readonly X509Certificate[] {
  return [...pem.matchAll(PEM)].map(([block]) => new X509Certificate(block));
}

/**
 * The leaf and the certificates above it that the files contain.
 *
 * @param above - intermediates and CAs
 * @internal
 */
export function chainOf(
  leaf: X509Certificate,
  above: readonly X509Certificate[],
): readonly X509Certificate[] {
  const chain = [leaf];
  for (let last = leaf; chain.length < MAX_CHAIN; ) {
    const next = above.find(
      (candidate) => !chain.some(({ raw }) => raw.equals(candidate.raw)) && isIssuer(candidate, last),
    );
    if (next === undefined) return chain;
    chain.push(next);
    last = next;
  }
  return chain;
}

/**
 * Go takes the time of every certificate of the chain, the CA's too (`crypto/x509/verify.go`, isValid).
 *
 * @param at - seconds since 1970
 * @internal
 */
export function timeFault(chain: readonly X509Certificate[], at: number): string | undefined {
  const says = 'x509: certificate has expired or is not yet valid: current time';
  const now = textOf(at * 1000);
  for (const { validFrom, validTo } of chain) {
    const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
    if (at * 1000 < from) return `${says} ${now} is before ${textOf(from)}`;
    if (at * 1000 > to) return `${says} ${now} is after ${textOf(to)}`;
  }
  return undefined;
}

/**
 * Go wants the usage in every certificate of the chain that has the extension (`crypto/x509/verify.go`, checkChainForKeyUsage); OpenSSL
 * also looks at the key usage, which Go does not.
 *
 * @internal
 */
export function usageFault(
  chain: readonly X509Certificate[],
  usage: keyof typeof USAGES,
): string | undefined {
  const allows = ({ keyUsage }: { readonly keyUsage: readonly string[] | undefined }): boolean =>
    keyUsage === undefined ||
    keyUsage.length === 0 ||
    keyUsage.includes(USAGES[usage]) ||
    keyUsage.includes(ANY_USAGE);
  return chain.every(allows) ? undefined : 'x509: certificate specifies an incompatible key usage';
}

/**
 * Go's `VerifyHostname`: an address against addresses, a name against DNS names, never the common name.
 *
 * @internal
 */
export function hostFault(leaf: X509Certificate, host: string): string | undefined {
  const { ipAddresses, dnsNames } = namesOf(leaf);
  const address = parseIpAddress(host)?.address;
  if (address !== undefined) {
    if (ipAddresses.includes(address)) return undefined;
    return ipAddresses.length === 0
      ? `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`
      : `x509: certificate is valid for ${ipAddresses.join(', ')}, not ${host}`;
  }
  if (dnsNames.some((name) => matches(name, host))) return undefined;
  return dnsNames.length === 0
    ? `x509: certificate is not valid for any names, but wanted to match ${host}`
    : `x509: certificate is valid for ${dnsNames.join(', ')}, not ${host}`;
}

/**
 * etcd's own rule for peers that connect (`client/pkg/transport/listener_tls.go`, checkCertSAN): the certificate's addresses, otherwise
 * its DNS names, must be where the connection comes from. A certificate without either is let in.
 *
 * @param sources - addresses or names that the connection may come from; one that fits is enough
 * @internal
 */
export function sourceFault(leaf: X509Certificate, sources: readonly string[]): string | undefined {
  const { ipAddresses, dnsNames } = namesOf(leaf);
  if (ipAddresses.length === 0 && dnsNames.length === 0) return undefined;
  const known = sources.map((source) => parseIpAddress(source)?.address ?? source.toLowerCase());
  if (known.some((source) => ipAddresses.includes(source))) return undefined;
  const suffixes = dnsNames.map((name) => (name.startsWith('*') ? name.slice(1).toLowerCase() : undefined));
  const isNamed = known.some(
    (source) =>
      dnsNames.some((name) => name.toLowerCase() === source) ||
      suffixes.some((suffix) => suffix !== undefined && source.endsWith(suffix)),
  );
  if (isNamed || known.length === 0) return undefined;
  const shown = sources[0] ?? '';
  return dnsNames.length === 0
    ? `x509: certificate is valid for ${ipAddresses.join(', ')}, not ${shown}`
    : `tls: "${shown}" does not match any of DNSNames [${dnsNames.map(goQuote).join(' ')}]`;
}

/**
 * Whether the common name is one that is allowed (`client/pkg/transport/listener.go`, baseConfig).
 *
 * @internal
 */
export function allowedFault(
  leaf: X509Certificate,
  allowed: readonly string[] | undefined,
): string | undefined {
  if (allowed === undefined || allowed.length === 0) return undefined;
  const commonName = /(?:^|\n)CN=(.*)/.exec(leaf.subject)?.[1] ?? '';
  return allowed.includes(commonName) ? undefined : 'client certificate authentication failed';
}

/**
 * Node puts the names in one text; a name with a comma or quote in it comes as a JSON text (CVE-2021-44532).
 *
 * @internal
 */
export function namesOf({ subjectAltName = '' }: X509Certificate): Names {
  const names = [...subjectAltName.matchAll(/(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)];
  const of = (type: string): readonly string[] =>
    names.filter(([, found]) => found === type).map(([, , name = '']) => name);
  return {
    dnsNames: of('DNS'),
    ipAddresses: of('IP Address').map((address) => parseIpAddress(address)?.address ?? address),
  };
}

function isIssuer(candidate: X509Certificate, child: X509Certificate): boolean {
  return child.checkIssued(candidate) && child.verify(candidate.publicKey);
}

function matches(pattern: string, host: string): boolean {
  const [labels, parts] = [
    pattern.toLowerCase().split('.'),
    host.toLowerCase().replace(/\.$/, '').split('.'),
  ];
  return (
    labels.length === parts.length &&
    labels.every(
      (label, index) =>
        (index === 0 && label === '*' && labels.length > 1) || (label === parts[index] && label !== ''),
    )
  );
}

/** As Go prints a time: RFC 3339 without parts of a second. */
function textOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
