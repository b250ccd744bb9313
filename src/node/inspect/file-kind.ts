/**
 * What a file's content shows. A file with a private key is one, even if it also contains certificates.
 *
 * @internal
 */
export type ContentKind = 'certificate' | 'private-key' | 'tarball' | 'other';

const BEGIN = '-----BEGIN CERTIFICATE-----';

/** @internal */
export function kindOf(bytes: Uint8Array): ContentKind {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (isGzip || buffer.toString('latin1', 257, 262) === 'ustar') return 'tarball';
  if (buffer.includes('PRIVATE KEY-----')) return 'private-key';
  return hasCertificateBlock(buffer) || isDerSequence(buffer) ? 'certificate' : 'other';
}

/** A block begins with its line (RFC 7468, 2): a manifest that quotes one as a JSON string is another kind of file. */
function hasCertificateBlock(buffer: Buffer): boolean {
  return buffer.indexOf(BEGIN) === 0 || buffer.includes(`\n${BEGIN}`);
}

/** A certificate in DER; a private key in DER begins alike and is distinguished when it is read. */
function isDerSequence(buffer: Buffer): boolean {
  return buffer[0] === 0x30 && buffer[1] === 0x82 && buffer.length === 4 + buffer.readUInt16BE(2);
}
