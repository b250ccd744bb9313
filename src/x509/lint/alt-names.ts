import { parseWildcardDnsName } from '../../net/host.js';
import { ipAddressBytes, parseIpAddress } from '../../net/ip-address.js';
import { isEmptyName } from '../distinguished-name.js';
import { formatGeneralName, type GeneralName } from '../general-name.js';
import { nameConstraintFault } from '../name-constraints.js';
import type { LintRule } from './rule.js';

/** @internal */
export const serverNamed: LintRule = {
  name: 'server-named',
  // Go ignores the common name of a server since 1.15, and etcd with it.
  source: 'RFC 9525, 2',
  check: ({ certificate }) =>
    certificate.extendedKeyUsage.includes('serverAuth') && certificate.altNames.length === 0
      ? {
          message: 'is for serverAuth and has no SAN, so that no client can match it with a host',
          cure: 'Add the addresses and DNS names under which the server is reached.',
        }
      : undefined,
};

/** @internal */
export const subjectNamed: LintRule = {
  name: 'subject-named',
  source: 'RFC 5280, 4.1.2.6',
  check: ({ certificate }) => {
    if (!isEmptyName(certificate.subject)) return undefined;
    if (certificate.basicConstraints.ca)
      return { message: 'is a CA with an empty subject', cure: 'Give it a common name, such as etcd-ca.' };
    return certificate.altNames.length === 0
      ? { message: 'has neither a subject nor a SAN', cure: 'Give it a common name or a SAN.' }
      : undefined;
  },
};

/** @internal */
export const altNamesUnique: LintRule = {
  name: 'alt-names-unique',
  source: 'kubeadm pkiutil, RemoveDuplicateAltNames',
  check: ({ certificate }) => {
    const seen = new Set<string>();
    const repeated = new Set<string>();
    for (const text of certificate.altNames.map(formatGeneralName))
      (seen.has(text) ? repeated : seen).add(text);
    return repeated.size === 0
      ? undefined
      : { message: `has the same SAN more than once: ${[...repeated].join(', ')}`, cure: 'Keep the first.' };
  },
};

/** @internal */
export const altNamesWellFormed: LintRule = {
  name: 'alt-names-well-formed',
  // A wildcard is the whole of the leftmost label, and no other (RFC 9525, 6.3).
  source: 'RFC 5280, 4.2.1.6; RFC 9525, 6.3',
  check: ({ certificate }) => {
    const wrong = certificate.altNames.filter((name) => !isWellFormed(name));
    return wrong.length === 0
      ? undefined
      : {
          message: `has a SAN that is neither an address nor a DNS name: ${wrong.map((name) => JSON.stringify(formatGeneralName(name))).join(', ')}`,
          cure: 'Give an IP address, a DNS name in lower case, or one whose first label is "*".',
        };
  },
};

/** @internal */
export const altNamesPermitted: LintRule = {
  name: 'alt-names-permitted',
  source: 'RFC 5280, 4.2.1.10; Go crypto/x509/constraints.go',
  check: ({ certificate: { altNames }, issuer: { nameConstraints } }) => {
    if (nameConstraints === undefined || altNames.length === 0) return undefined;
    const fault = nameConstraintFault(nameConstraints, {
      dnsNames: altNames.flatMap((name) => (name.type === 'dns' ? [name.name] : [])),
      ipAddresses: altNames.flatMap((name) =>
        name.type === 'ip' ? [{ text: name.address, octets: ipAddressBytes(name) }] : [],
      ),
      emailAddresses: [],
      uris: [],
    });
    return fault === undefined
      ? undefined
      : {
          message: `has a SAN that its CA's name constraints do not allow: ${fault}`,
          cure: 'Leave that name out, or sign with a CA that may sign for it.',
        };
  },
};

function isWellFormed(name: GeneralName): boolean {
  if (name.type === 'dns') return parseWildcardDnsName(name.name)?.name === name.name;
  const parsed = parseIpAddress(name.address);
  return parsed?.address === name.address && parsed.version === name.version;
}
