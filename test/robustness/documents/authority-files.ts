import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { type CertificateContents, encodeTbsCertificate } from '../../../src/x509/certificate.js';
import { distinguishedName } from '../../../src/x509/distinguished-name.js';
import { KEY_TABLE } from '../../../src/x509/key-algorithm.js';
import { encodePem } from '../../../src/x509/pem.js';
import { encodeSigned } from '../../../src/x509/signed.js';

const DAY = 86_400;
const YEAR = 365 * DAY;

/**
 * Puts files into a folder that documents of the corpus name as their authorities: `ca.crt` with `ca.key`, which fit, and others, each
 * with one fault.
 */
export async function writeAuthorityFiles(folder: string, now: number): Promise<void> {
  const keys = {
    ca: ecKey('P-256'),
    other: ecKey('P-256'),

    'rsa-1024': rsaKey(),
    ed448: edKey(),
  };
  const certificate = (name: string, key: KeyPairObjects, changes: Partial<CertificateContents> = {}) =>
    write(folder, `${name}.crt`, selfSigned(name, key, now, changes));
  for (const [name, key] of Object.entries(keys))
    write(folder, `${name}.key`, key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await Promise.all([
    certificate('ca', keys.ca),

    certificate('rsa-1024', keys['rsa-1024']),
    certificate('ed448', keys.ed448),
    certificate('leaf', keys.ca, { basicConstraints: { ca: false } }),
    certificate('no-cert-sign', keys.ca, { keyUsage: ['cRLSign'] }),
    certificate('expired', keys.ca, { validity: { notBefore: now - YEAR, notAfter: now - DAY } }),
    certificate('future', keys.ca, { validity: { notBefore: now + DAY, notAfter: now + YEAR } }),
    certificate('servers-alone', keys.ca, { extendedKeyUsage: ['serverAuth'] }),
    certificate('short', keys.ca, { validity: { notBefore: now - DAY, notAfter: now + 30 * DAY } }),
  ]);
  write(
    folder,
    'encrypted.key',
    keys.ca.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
  );
  write(folder, 'damaged.crt', encodePem('CERTIFICATE', Uint8Array.of(0x30, 0x82, 0xff, 0xff, 0x00)));
  const [own, stranger] = ['ca.crt', 'future.crt'].map((name) => readFileSync(join(folder, name), 'utf8'));
  write(folder, 'with-a-stranger.crt', `${own}${stranger}`);
  write(folder, 'garbage', 'garbage\n');
  write(folder, 'empty', '');
}

interface KeyPairObjects {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function ecKey(namedCurve: string): KeyPairObjects {
  return generateKeyPairSync('ec', { namedCurve });
}

function edKey(): KeyPairObjects {
  return generateKeyPairSync('ed448');
}

function rsaKey(): KeyPairObjects {
  return generateKeyPairSync('rsa', { modulusLength: 1024 });
}

/** Nothing verifies the signature of an authority that is brought, so one algorithm does for all keys. */
async function selfSigned(
  name: string,
  { publicKey }: KeyPairObjects,
  now: number,
  changes: Partial<CertificateContents>,
): Promise<string> {
  const crypto = nodeCryptoProvider();
  const sign = await crypto.importSigner(await crypto.generateKeyPair('ecdsa-p256'));
  const subject = distinguishedName({ O: 'Corpus', CN: name });
  const tbs = encodeTbsCertificate({
    subject,
    issuer: subject,
    serialNumber: Uint8Array.of(1),
    signatureAlgorithm: KEY_TABLE['ecdsa-p256'].signature,
    subjectPublicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    validity: { notBefore: now - YEAR, notAfter: now + 20 * YEAR },
    basicConstraints: { ca: true },
    keyUsage: ['keyCertSign', 'cRLSign'],
    extendedKeyUsage: [],
    altNames: [],
    subjectKeyIdentifier: Uint8Array.of(1, 2, 3, 4),
    ...changes,
  });
  return encodePem('CERTIFICATE', encodeSigned(tbs, KEY_TABLE['ecdsa-p256'].signature, await sign(tbs)));
}

async function write(
  folder: string,
  name: string,
  content: string | Buffer | Promise<string>,
): Promise<void> {
  writeFileSync(join(folder, name), await content, { mode: 0o600 });
}
