import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { KeyAlgorithm, KeyPair } from '../crypto/provider.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { Authority } from '../pki/authority.js';
import { type KeyUsage, keyUsageOfBits } from '../x509/key-usage.js';
import { encodePem } from '../x509/pem.js';

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads an authority that somebody else made: a certificate, with any certificates above it, and its key in any unencrypted PEM
 * form.
 *
 * @param path - where the document names it, such as `certificates.ca`
 * @param now - seconds since the epoch
 * @throws EtcdBundleError `invalid-authority` with everything that keeps it from signing
 * @public
 */
export async function readAuthority(
  certificatePem: string,
  keyPem: string,
  path: string,
  now: number,
): Promise<Authority> {
  const issues: Issue[] = [];
  const refuse = (where: 'certificate' | 'key', message: string, cure: string): void =>
    void issues.push({ code: 'unusable-authority', path: `${path}.${where}`, message, cure });
  const certificates = readCertificates(certificatePem, refuse);
  const [own] = certificates;
  const key = readKey(keyPem, refuse);
  if (own === undefined || key === undefined) throw new EtcdBundleError('invalid-authority', issues);
  if (!own.checkPrivateKey(key))
    refuse('key', 'The key is not the key of the certificate.', 'Name the pair that belongs together.');
  const algorithm = keyAlgorithm(key, refuse);
  const parsed = await parseAuthority(own);
  const notBefore = Math.floor(Date.parse(own.validFrom) / 1000);
  const notAfter = Math.floor(Date.parse(own.validTo) / 1000);
  if (!own.ca)
    refuse(
      'certificate',
      `${oneLine(own.subject)} is no CA: its basic constraints do not say so.`,
      'Name the certificate of a CA.',
    );
  if (!parsed.keyUsage.includes('keyCertSign') && parsed.keyUsage.length > 0) {
    refuse(
      'certificate',
      'Its key usage does not allow it to sign certificates.',
      'Name a CA with keyCertSign.',
    );
  }
  if (notAfter <= now) refuse('certificate', `It expired on ${own.validTo}.`, 'Name a CA that is valid.');
  if (notBefore > now)
    refuse(
      'certificate',
      `It is not valid before ${own.validFrom}.`,
      "Name a CA that is valid, or set this machine's clock.",
    );
  if (issues.length > 0 || algorithm === undefined) throw new EtcdBundleError('invalid-authority', issues);
  return {
    certificate: certificates.map((certificate) => encodePem('CERTIFICATE', certificate.raw)).join(''),
    certificateDer: own.raw,
    subjectDer: parsed.subjectDer,
    subject: oneLine(own.subject),
    issuer: oneLine(own.issuer),
    subjectKeyIdentifier: parsed.subjectKeyIdentifier,
    altNames: [],
    keyUsage: parsed.keyUsage,
    ...(parsed.pathLength === undefined ? {} : { pathLength: parsed.pathLength }),
    serialNumber: own.serialNumber.toLowerCase(),
    notBefore,
    notAfter,
    keyPair: exportKeyPair(key, own, algorithm),
  };
}

type Refuse = (where: 'certificate' | 'key', message: string, cure: string) => void;

function readCertificates(pem: string, refuse: Refuse): readonly X509Certificate[] {
  try {
    const certificates = [...pem.matchAll(PEM_CERTIFICATE)].map(([block]) => new X509Certificate(block));
    if (certificates.length === 0)
      refuse('certificate', 'The file holds no PEM certificate.', 'Name a file with a CERTIFICATE block.');
    return certificates;
  } catch {
    refuse('certificate', 'The file holds a certificate that cannot be read.', 'Name a PEM certificate.');
    return [];
  }
}

function readKey(pem: string, refuse: Refuse): KeyObject | undefined {
  if (/ENCRYPTED/.test(pem)) {
    refuse(
      'key',
      'The key is encrypted.',
      'Decrypt it for the time of this command, as with `openssl pkey -in ca.key`.',
    );
    return undefined;
  }
  try {
    return createPrivateKey(pem);
  } catch {
    refuse(
      'key',
      'The file holds no private key that can be read.',
      'Name a PEM file with an unencrypted RSA, P-256 or P-384 key.',
    );
    return undefined;
  }
}

/** The signature algorithm follows from the key; of RSA only the family matters for that. */
function keyAlgorithm(key: KeyObject, refuse: Refuse): KeyAlgorithm | undefined {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 4096) return 'rsa-4096';
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 3072) return 'rsa-3072';
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'rsa-2048';
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return 'ecdsa-p256';
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') return 'ecdsa-p384';
  refuse(
    'key',
    `A key of type ${String(key.asymmetricKeyType)} ${String(namedCurve ?? modulusLength)} cannot sign here.`,
    'Use RSA of at least 2048 bits, P-256 or P-384.',
  );
  return undefined;
}

function exportKeyPair(key: KeyObject, certificate: X509Certificate, algorithm: KeyAlgorithm): KeyPair {
  return {
    algorithm,
    publicKey: certificate.publicKey.export({ type: 'spki', format: 'der' }),
    privateKey:
      key.asymmetricKeyType === 'ec'
        ? key.export({ type: 'sec1', format: 'der' })
        : key.export({ type: 'pkcs1', format: 'der' }),
  };
}

interface ParsedAuthority {
  readonly subjectDer: Uint8Array;
  readonly subjectKeyIdentifier: Uint8Array;
  readonly keyUsage: readonly KeyUsage[];
  readonly pathLength?: number;
}

/** node:crypto shows neither the encoded name nor the key identifier. pkijs is loaded here because loading it has an effect. */
async function parseAuthority(certificate: X509Certificate): Promise<ParsedAuthority> {
  const [{ BasicConstraints, Certificate }, asn1js] = await Promise.all([import('pkijs'), import('asn1js')]);
  const parsed = Certificate.fromBER(certificate.raw);
  const extension = (oid: string): unknown =>
    parsed.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue;
  const identifier = extension('2.5.29.14');
  const usage = extension('2.5.29.15');
  const constraints = extension('2.5.29.19');
  const pathLength = constraints instanceof BasicConstraints ? constraints.pathLenConstraint : undefined;
  const bits = usage instanceof asn1js.BitString ? usage.valueBlock.valueHexView : new Uint8Array();
  return {
    ...(typeof pathLength === 'number' ? { pathLength } : {}),
    subjectDer: new Uint8Array(parsed.subject.valueBeforeDecode),
    subjectKeyIdentifier:
      identifier instanceof asn1js.OctetString
        ? new Uint8Array(identifier.valueBlock.valueHexView)
        : createHash('sha1')
            .update(parsed.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView)
            .digest(),
    keyUsage: keyUsageOfBits(bits),
  };
}

/** Node prints one attribute a line, in the order of the encoding; RFC 4514 reads from the end. */
function oneLine(name: string): string {
  return name.split('\n').reverse().join(',');
}
