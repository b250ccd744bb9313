import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { KeyPair } from '../crypto/provider.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { IssueCode } from '../issue-codes.js';
import type { Authority } from '../pki/authority.js';
import {
  algorithmOfCurve,
  algorithmOfModulus,
  KEY_TABLE,
  type KeyAlgorithm,
  signingCurves,
} from '../x509/key-algorithm.js';
import type { KeyUsage } from '../x509/key-usage.js';
import { curveOfOpenssl } from '../x509/named-curve.js';
import { OID } from '../x509/object-identifiers.js';
import { encodePem } from '../x509/pem.js';
import type { CertificateView } from '../x509/read/certificate.js';
import { readCertificate } from '../x509/read/certificate-reader.js';
import { octetsOf } from '../x509/read/name.js';
import { decodePem, type PemBlock } from '../x509/read/pem.js';
import { isEncryptedKey } from '../x509/read/private-key.js';
import { subjectPublicKeyBits } from '../x509/subject-public-key-info.js';
import { authorityFaults } from './authority-faults.js';

/**
 * Reads an authority that somebody else made: a certificate, with any certificates above it, and its key in any PEM form, encrypted
 * where its passphrase is given.
 *
 * @param path - where the document names it, such as `certificates.ca`
 * @param now - seconds since the epoch
 * @param passphrase - of its key; not looked at where that is not encrypted
 * @throws EtcdBundleError `invalid-authority` with everything that keeps it from signing
 * @example
 * ```ts
 * const certificate = await readFile('bundle/ca/ca.crt', 'utf8');
 * const key = await readFile('bundle/ca/ca.key', 'utf8');
 * const ca = await readAuthority(certificate, key, 'certificates.ca', now);
 * const pki = await issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now, authorities: { ca } });
 * ```
 * @public
 */
export async function readAuthority(
  certificatePem: string,
  keyPem: string,
  path: string,
  now: number,
  passphrase?: string,
): Promise<Authority> {
  const issues: Issue[] = [];
  const refuse: Refuse = (code, where, message, cure) =>
    void issues.push({ code, path: `${path}.${where}`, message, cure });
  const certificates = readCertificates(certificatePem, refuse);
  const [own] = certificates;
  const key = readKey(keyPem, passphrase, refuse);
  if (own === undefined || key === undefined) throw new EtcdBundleError('invalid-authority', issues);
  // Must run before Node inspects the key: some malformed keys abort the process.
  const parsed = parseAuthority(certificates, refuse);
  if (parsed === undefined) throw new EtcdBundleError('invalid-authority', issues);
  const isPair = own.checkPrivateKey(key);
  if (!isPair)
    refuse(
      'authority-key-mismatch',
      'key',
      'The key does not belong to the certificate.',
      'Name a certificate and its own key.',
    );
  // A key that matches its certificate is safe to inspect; any other may be malformed.
  const algorithm = isPair ? keyAlgorithm(key, refuse) : undefined;
  const { notBefore, notAfter } = parsed;
  for (const { code, message, cure } of authorityFaults(parsed.view, now))
    refuse(code, 'certificate', message, cure);
  if (issues.length > 0 || algorithm === undefined) throw new EtcdBundleError('invalid-authority', issues);
  return {
    certificate: encodePem('CERTIFICATE', own.raw),
    ...(parsed.chain === '' ? {} : { chain: parsed.chain }),
    certificateDer: own.raw,
    subjectDer: parsed.subjectDer,
    subject: oneLine(own.subject),
    issuer: oneLine(own.issuer),
    subjectKeyIdentifier: parsed.subjectKeyIdentifier,
    altNames: [],
    keyUsage: parsed.keyUsage,
    ...(parsed.pathLength === undefined ? {} : { pathLength: parsed.pathLength }),
    ...(parsed.nameConstraints === undefined ? {} : { nameConstraints: parsed.nameConstraints }),
    serialNumber: own.serialNumber.toLowerCase(),
    notBefore,
    notAfter,
    keyPair: exportKeyPair(key, own, algorithm),
  };
}

/**
 * The command's words: the library's caller finds them beside the parameter.
 *
 * @internal
 */
export const PASSPHRASE_CURE =
  'Say where its passphrase comes from: --ca-passphrase file:F, whose first line it is, env:NAME, or prompt.';

type Refuse = (code: IssueCode, where: 'certificate' | 'key', message: string, cure: string) => void;

function readCertificates(pem: string, refuse: Refuse): readonly X509Certificate[] {
  try {
    const certificates = blocksOf(pem)
      .filter(holdsCertificate)
      .map(({ bytes }) => new X509Certificate(bytes));
    if (certificates.length === 0)
      refuse(
        'no-authority-certificate',
        'certificate',
        'The file contains no PEM certificate.',
        'Name a file with a CERTIFICATE block.',
      );
    return certificates;
  } catch {
    refuse(
      'unreadable-authority-certificate',
      'certificate',
      'The file contains a certificate that cannot be read.',
      'Name a PEM certificate.',
    );
    return [];
  }
}

/** Go takes what is in a block of a CA file, whatever its label (etcd `client/pkg/tlsutil`, NewCertPool); a key beside it is left out. */
function holdsCertificate({ type, bytes }: PemBlock): boolean {
  return type.endsWith('CERTIFICATE') || readCertificate(bytes).type === 'ok';
}

function blocksOf(pem: string): readonly PemBlock[] {
  return decodePem(new TextEncoder().encode(pem));
}

function readKey(pem: string, passphrase: string | undefined, refuse: Refuse): KeyObject | undefined {
  const block = blocksOf(pem).find(({ type }) => type.endsWith('PRIVATE KEY'));
  const isEncrypted = block !== undefined && isEncryptedKey(block);
  if (isEncrypted && passphrase === undefined) {
    refuse('encrypted-authority-key', 'key', 'The key is encrypted.', PASSPHRASE_CURE);
    return undefined;
  }
  try {
    return createPrivateKey({ key: pem, ...(isEncrypted ? { passphrase } : {}) });
  } catch (error) {
    if (isEncrypted && !isUnsupported(error))
      refuse(
        'wrong-passphrase',
        'key',
        'The passphrase does not open the key.',
        'Give the one that it was encrypted with; `openssl pkey -noout -in` and the path of the key asks for it, too.',
      );
    else
      refuse(
        'unreadable-authority-key',
        'key',
        'The file contains no private key that can be read.',
        `Name a PEM file with an RSA, ${signingCurves()} key, unencrypted or as OpenSSL encrypts keys today.`,
      );
    return undefined;
  }
}

/** A cipher that OpenSSL keeps in its legacy provider, which Node does not load. */
function isUnsupported(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_EVP_UNSUPPORTED';
}

/** The signature algorithm follows from the key; of RSA only the family matters for that. */
function keyAlgorithm(key: KeyObject, refuse: Refuse): KeyAlgorithm | undefined {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const algorithm =
    key.asymmetricKeyType === 'ed25519'
      ? 'ed25519'
      : key.asymmetricKeyType === 'rsa'
        ? algorithmOfModulus(modulusLength)
        : algorithmOfCurve(curveOfOpenssl(namedCurve));
  if (algorithm !== undefined) return algorithm;
  refuse(
    'authority-key-algorithm',
    'key',
    `A key of type ${String(key.asymmetricKeyType)} ${String(namedCurve ?? modulusLength)} cannot sign here.`,
    `Use RSA of at least ${KEY_TABLE['rsa-2048'].modulusLength} bits, ${signingCurves()}.`,
  );
  return undefined;
}

function exportKeyPair(key: KeyObject, certificate: X509Certificate, algorithm: KeyAlgorithm): KeyPair {
  return {
    algorithm,
    publicKey: certificate.publicKey.export({ type: 'spki', format: 'der' }),
    privateKey: exportPrivateKey(key),
  };
}

function exportPrivateKey(key: KeyObject): Uint8Array {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return key.export({ type: 'sec1', format: 'der' });
    case 'ed25519':
      return key.export({ type: 'pkcs8', format: 'der' });
    default:
      return key.export({ type: 'pkcs1', format: 'der' });
  }
}

interface ParsedAuthority
  extends Pick<Authority, 'notBefore' | 'notAfter' | 'pathLength' | 'nameConstraints'> {
  readonly view: CertificateView;
  /** PEM, without a root; empty where it is one itself. */
  readonly chain: string;
  readonly subjectDer: Uint8Array;
  readonly subjectKeyIdentifier: Uint8Array;
  readonly keyUsage: readonly KeyUsage[];
}

/** Reads it as etcd will, which loads every certificate of its CA files, and refuses what keeps etcd from accepting its leaves. */
function parseAuthority(
  certificates: readonly X509Certificate[],
  refuse: Refuse,
): ParsedAuthority | undefined {
  const views = certificates.map(({ raw }, index) => {
    const read = readCertificate(new Uint8Array(raw));
    if (read.type === 'ok') return read.value;
    const which = index === 0 ? 'The certificate' : `Certificate ${index + 1} of the file`;
    refuse(
      'unreadable-authority-certificate',
      'certificate',
      `${which} cannot be read by etcd: ${read.says}.`,
      'Name a certificate in sound DER.',
    );
    return undefined;
  });
  const [own] = views;
  if (own === undefined) return undefined;
  refuseStrangers(views, refuse);
  const { extendedKeyUsage, basicConstraints, publicKey } = own;
  if (extendedKeyUsage !== undefined && !allowsBoth(extendedKeyUsage))
    refuse(
      'authority-purposes',
      'certificate',
      'Its extended key usages do not allow certificates for both servers and clients.',
      'Name a CA without extended key usages, or with serverAuth and clientAuth.',
    );
  const { pathLength } = basicConstraints ?? {};
  return {
    view: own,
    chain: views
      .flatMap((view) => (view === undefined || view.rawSubject === view.rawIssuer ? [] : [view]))
      .map(({ der }) => encodePem('CERTIFICATE', der))
      .join(''),
    notBefore: own.notBefore,
    notAfter: own.notAfter,
    ...(pathLength === undefined ? {} : { pathLength }),
    ...(own.nameConstraints === undefined ? {} : { nameConstraints: own.nameConstraints }),
    subjectDer: octetsOf(own.rawSubject),
    subjectKeyIdentifier:
      own.subjectKeyIdentifier ??
      // RFC 5280, 4.2.1.2, method 1: what most programs would have written.
      createHash('sha1')
        .update('info' in publicKey ? subjectPublicKeyBits(publicKey.info) : new Uint8Array())
        .digest(),
    keyUsage: own.keyUsage ?? [],
  };
}

/** Hosts trust the first certificate alone, and the others are sent along with its leaves: one that is not above it helps nobody. */
function refuseStrangers(views: readonly (CertificateView | undefined)[], refuse: Refuse): void {
  for (const [index, view] of views.entries()) {
    const below = views[index - 1];
    if (view === undefined || below === undefined || below.rawIssuer === view.rawSubject) continue;
    refuse(
      'authority-chain',
      'certificate',
      `Certificate ${index + 1} of the file, ${view.subject}, is not the issuer of the one before it, ${below.subject}.`,
      'Keep in the file the CA itself and, in order, those above it.',
    );
  }
}

/** Go wants a purpose in every certificate of a chain that names any (`crypto/x509`, checkChainForKeyUsage). */
function allowsBoth(purposes: readonly string[]): boolean {
  if (purposes.length === 0 || purposes.includes(OID.anyExtendedKeyUsage)) return true;
  return purposes.includes(OID.serverAuth) && purposes.includes(OID.clientAuth);
}

/** Node prints one attribute a line, in the order of the encoding; RFC 4514 reads from the end. */
function oneLine(name: string): string {
  return name.split('\n').reverse().join(',');
}
