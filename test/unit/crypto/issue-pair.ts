import type { CryptoProvider } from '../../../src/crypto/provider.js';
import { type WebCrypto, webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import { type CertificateContents, encodeTbsCertificate } from '../../../src/x509/certificate.js';
import { distinguishedName } from '../../../src/x509/distinguished-name.js';
import type { KeyAlgorithm } from '../../../src/x509/key-algorithm.js';
import { KEY_TABLE } from '../../../src/x509/key-algorithm.js';
import { type LintOptions, lintCertificate } from '../../../src/x509/lint/lint-certificate.js';
import { encodePem } from '../../../src/x509/pem.js';
import { encodeSigned } from '../../../src/x509/signed.js';
import { deriveKeyIdentifier } from '../../../src/x509/subject-key-identifier.js';
import type { UnixTime } from '../../../src/x509/time.js';

/** PEM */
export interface IssuedPair {
  readonly ca: string;
  readonly leaf: string;
  readonly key: string;
}

/** A CA and one leaf, by all that a caller has: a clock's value, a provider, and the functions under test. */
export async function issuePair(
  crypto: CryptoProvider,
  notBefore: UnixTime,
  keys: { ca: KeyAlgorithm; leaf: KeyAlgorithm },
  options: LintOptions & { commonName?: string } = {},
): Promise<IssuedPair> {
  const caKey = await crypto.generateKeyPair(keys.ca);
  const sign = await crypto.importSigner(caKey);
  const identifier = await deriveKeyIdentifier(caKey.publicKey, crypto.digest);
  const name = distinguishedName({ CN: 'etcd-ca' });
  const encipherment = options.usages === 'kubeadm-compatible' ? (['keyEncipherment'] as const) : [];
  const ca: CertificateContents = {
    serialNumber: crypto.randomBytes(16),
    signatureAlgorithm: KEY_TABLE[keys.ca].signature,
    issuer: name,
    validity: { notBefore, notAfter: notBefore + 87_600 * 3600 },
    subject: name,
    subjectPublicKeyInfo: caKey.publicKey,
    keyUsage: ['digitalSignature', ...encipherment, 'keyCertSign'],
    extendedKeyUsage: [],
    basicConstraints: { ca: true },
    subjectKeyIdentifier: identifier,
    altNames: [{ type: 'dns', name: 'etcd-ca' }],
  };
  const leafKey = await crypto.generateKeyPair(keys.leaf);
  const leaf: CertificateContents = {
    ...ca,
    serialNumber: crypto.randomBytes(16),
    validity: { notBefore, notAfter: notBefore + 8760 * 3600 },
    subject: distinguishedName({ C: 'GB', O: 'etcd & Söhne', CN: options.commonName ?? 'e1' }),
    subjectPublicKeyInfo: leafKey.publicKey,
    keyUsage: ['digitalSignature', ...encipherment],
    extendedKeyUsage: ['serverAuth', 'clientAuth'],
    basicConstraints: { ca: false },
    authorityKeyIdentifier: identifier,
    altNames: [
      { type: 'dns', name: 'e1' },
      { type: 'dns', name: '*.etcd.example.org' },
      { type: 'ip', version: 4, address: '127.0.0.1' },
      { type: 'ip', version: 6, address: '::1' },
    ],
  };
  const { subjectKeyIdentifier: _, ...leafContents } = leaf;
  const issues = [...lintCertificate(ca, 'self', options), ...lintCertificate(leafContents, ca, options)];
  if (issues.length > 0) throw new Error(JSON.stringify(issues));
  const issue = async (contents: CertificateContents): Promise<string> => {
    const tbs = encodeTbsCertificate(contents);
    return encodePem('CERTIFICATE', encodeSigned(tbs, contents.signatureAlgorithm, await sign(tbs)));
  };
  const label = keys.leaf.startsWith('rsa') ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY';
  return { ca: await issue(ca), leaf: await issue(leafContents), key: encodePem(label, leafKey.privateKey) };
}

/** For a realm that has nothing but a WebCrypto. */
export function issuePairWith(
  crypto: WebCrypto,
  keys: { ca: KeyAlgorithm; leaf: KeyAlgorithm },
): Promise<IssuedPair> {
  return issuePair(webCryptoProvider(crypto), 1_767_225_600, keys);
}
