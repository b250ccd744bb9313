import { ipAddressBytes, parseIpAddress } from '../../net/ip-address.js';
import { type ConstrainedNames, nameConstraintFault } from '../../x509/name-constraints.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import type { ChainFault } from './chain-fault.js';

/**
 * Checks the names of every certificate of a chain against the constraints of those above it (RFC 5280, 6.1.4; Go
 * `crypto/x509/constraints.go`, checkChainConstraints).
 *
 * @param chain - the leaf first
 * @internal
 */
export function constraintFault(chain: readonly CertificateView[]): ChainFault | undefined {
  for (const [index, certificate] of chain.entries()) {
    if (certificate.altNames === undefined) continue;
    for (const authority of chain.slice(index + 1)) {
      if (authority.nameConstraints === undefined) continue;
      const says = nameConstraintFault(authority.nameConstraints, namesOf(certificate));
      if (says === undefined) continue;
      return {
        kind: 'names',
        says: `x509: a root or intermediate certificate is not authorized to sign for this name: ${says}`,
        culprit: authority,
      };
    }
  }
  return undefined;
}

/** A member's certificate is held against the CA file of every other member. */
const known = new WeakMap<CertificateView, ConstrainedNames>();

function namesOf(certificate: CertificateView): ConstrainedNames {
  const names = known.get(certificate) ?? readNames(certificate);
  known.set(certificate, names);
  return names;
}

function readNames({ dnsNames, ipAddresses, emailAddresses, uris }: CertificateView): ConstrainedNames {
  const addresses = ipAddresses.flatMap((text) => {
    const address = parseIpAddress(text);
    return address === undefined ? [] : [{ text, octets: ipAddressBytes(address) }];
  });
  return { dnsNames, ipAddresses: addresses, emailAddresses, uris };
}
