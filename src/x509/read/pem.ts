import { decodeBase64Url } from '../../text/base64url.js';

/**
 * A block of a PEM file.
 *
 * @internal
 */
export interface PemBlock {
  readonly type: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** A file of etcd's holds a chain at most; the CA bundle of a distribution has 150. */
const MAX_BLOCKS = 500;

/**
 * Reads PEM as leniently as Go's `encoding/pem` does, because etcd does not see what Go skips: a byte order mark hides the first
 * block, text around blocks is fine, a block whose base64 is broken is passed over. Takes time in proportion to the text.
 *
 * @internal
 */
export function decodePem(bytes: Uint8Array): readonly PemBlock[] {
  // One character an octet.
  const text = new TextDecoder('latin1').decode(bytes);
  const blocks: PemBlock[] = [];
  let from = 0;
  while (blocks.length < MAX_BLOCKS) {
    const end = text.indexOf(END, from);
    if (end < 0) return blocks;
    const span = text.slice(from, end);
    const begin = span.lastIndexOf(BEGIN);
    const afterEnd = end + END.length;
    const block =
      begin < 0 || (begin > 0 && span.charAt(begin - 1) !== '\n')
        ? undefined
        : readBlock(span.slice(begin + BEGIN.length), restOfLine(text, afterEnd));
    if (block !== undefined) blocks.push(block);
    from = afterEnd;
  }
  return blocks;
}

function readBlock(body: string, endLine: string): PemBlock | undefined {
  const lines = body.split('\n');
  const typeLine = (lines[0] ?? '').trimEnd();
  if (!typeLine.endsWith(DASHES)) return undefined;
  const type = typeLine.slice(0, -DASHES.length);
  if (endLine.trimEnd() !== `${type}${DASHES}`) return undefined;
  const headers = new Map<string, string>();
  let at = 1;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    if (colon < 0) break;
    headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const decoded = decodeBase64(
    lines
      .slice(at)
      .join('')
      .replace(/[ \t\r]/g, ''),
  );
  return decoded === undefined ? undefined : { type, headers, bytes: decoded };
}

function restOfLine(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  return text.slice(from, end < 0 ? undefined : end);
}

function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text
    .slice(0, text.length - padding)
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return decodeBase64Url(digits);
}
