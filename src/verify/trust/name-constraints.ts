import { ipAddressBytes, parseIpAddress } from '../../net/ip-address.js';
import { nameConstraintFault } from '../../x509/name-constraints.js';
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
    const names = { ...certificate, ipAddresses: addresses(certificate) };
    for (const authority of chain.slice(index + 1)) {
      if (authority.nameConstraints === undefined) continue;
      const says = nameConstraintFault(authority.nameConstraints, names);
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

function addresses({
  ipAddresses,
}: CertificateView): readonly { readonly text: string; readonly octets: Uint8Array }[] {
  return ipAddresses.flatMap((text) => {
    const address = parseIpAddress(text);
    return address === undefined ? [] : [{ text, octets: ipAddressBytes(address) }];
  });
}
