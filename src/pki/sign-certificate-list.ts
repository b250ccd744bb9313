import type { CryptoProvider } from '../crypto/provider.js';
import { type CertificateListContents, encodeTbsCertList } from '../x509/certificate-list.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import type { Authority } from './authority.js';
import { signOctets } from './sign.js';

/**
 * What a list of revoked certificates says, but for who signs it.
 *
 * @internal
 */
export type RevocationContents = Pick<
  CertificateListContents,
  'crlNumber' | 'thisUpdate' | 'nextUpdate' | 'revokedCertificates'
>;

/**
 * The list of certificates that an authority has revoked, signed with its key. etcd looks neither at the issuer nor at the signature
 * (etcd `client/pkg/transport/listener_tls.go`, checkCRL), so whether the authority may sign lists is not asked here.
 *
 * @returns DER, which every release of etcd reads
 * @throws RangeError where a date cannot be stated, or a serial number is there twice; TypeError where the crypto provider is at fault
 * @internal
 */
export async function signCertificateList(
  { keyPair, subject, subjectDer, subjectKeyIdentifier }: Authority,
  contents: RevocationContents,
  crypto: CryptoProvider,
): Promise<Uint8Array> {
  const signatureAlgorithm = KEY_TABLE[keyPair.algorithm].signature;
  const tbs = encodeTbsCertList({
    ...contents,
    signatureAlgorithm,
    issuer: { der: subjectDer },
    ...(subjectKeyIdentifier.length === 0 ? {} : { authorityKeyIdentifier: subjectKeyIdentifier }),
  });
  const list = await signOctets(tbs, signatureAlgorithm, await crypto.importSigner(keyPair), keyPair, crypto);
  if (list === undefined)
    throw new TypeError(
      `the crypto provider made a signature for ${subject} that its own key does not verify`,
    );
  return list;
}
