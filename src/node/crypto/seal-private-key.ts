import { createCipheriv, createPrivateKey, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { encodeEncryptedPrivateKeyInfo } from '../../x509/encrypted-private-key.js';
import { encodePem } from '../../x509/pem.js';

/** Of PBKDF2 with HMAC-SHA-256: OWASP's Password Storage Cheat Sheet. Node's own export() takes 2,048. */
const ITERATIONS = 600_000;
/** At least 8 (RFC 8018, 4.1), and 16 in NIST SP 800-132, 5.1. */
const SALT_OCTETS = 16;
const AES_256_OCTETS = 32;
const AES_BLOCK_OCTETS = 16;
const derive = promisify(pbkdf2);

/**
 * Puts a private key under a passphrase: PKCS#8 by PBES2 with PBKDF2 of 600,000 rounds of HMAC-SHA-256, and AES-256-CBC, which `openssl pkey` and
 * {@link readAuthority} read.
 *
 * @param privateKey - PEM, not encrypted
 * @param passphrase - any text but the empty one; its UTF-8 octets count
 * @returns PEM, `ENCRYPTED PRIVATE KEY`
 * @throws TypeError for an empty passphrase
 * @example
 * ```ts
 * const key = await readFile('bundle/ca/ca.key', 'utf8');
 * const sealed = await sealPrivateKey(key, 'from where you keep it');
 * sealed.includes('ENCRYPTED'); // => true
 * ```
 * @public
 */
export async function sealPrivateKey(privateKey: string, passphrase: string): Promise<string> {
  if (passphrase === '') throw new TypeError('an empty passphrase keeps nobody out');
  const info = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' });
  const [salt, iv] = [randomBytes(SALT_OCTETS), randomBytes(AES_BLOCK_OCTETS)];
  const secret = await derive(passphrase, salt, ITERATIONS, AES_256_OCTETS, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const encrypted = Buffer.concat([cipher.update(info), cipher.final()]);
  info.fill(0);
  secret.fill(0);
  const der = encodeEncryptedPrivateKeyInfo({ salt, iterations: ITERATIONS, iv, encrypted });
  return encodePem('ENCRYPTED PRIVATE KEY', der);
}
