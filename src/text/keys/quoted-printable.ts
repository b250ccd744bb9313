import type { Respelling } from './units.js';

const EQUALS = 0x3d;
const ESCAPE = /=[0-9A-F]{2}/g;
/** So many make a text one that was written so. */
const FEWEST = 2;

/**
 * Takes out the escapes and soft line ends of quoted-printable text (RFC 2045, 6.7).
 *
 * @returns undefined where there are none
 * @internal
 */
export function readQuotedPrintable(text: string): Respelling | undefined {
  if (!text.includes('=\n') && !text.includes('=\r\n') && (text.match(ESCAPE)?.length ?? 0) < FEWEST)
    return undefined;
  const letters: string[] = [];
  const starts = new Int32Array(text.length + 1);
  for (let at = 0; at < text.length; ) {
    if (text.charCodeAt(at) === EQUALS) {
      const end = softEnd(text, at);
      if (end !== undefined) {
        at = end;
        continue;
      }
      const digits = text.slice(at + 1, at + 3);
      if (/^[0-9A-F]{2}$/.test(digits)) {
        starts[letters.length] = at;
        letters.push(String.fromCharCode(Number.parseInt(digits, 16)));
        at += 3;
        continue;
      }
    }
    starts[letters.length] = at;
    letters.push(text.charAt(at));
    at += 1;
  }
  starts[letters.length] = text.length;
  return { text: letters.join(''), starts: starts.subarray(0, letters.length + 1) };
}

function softEnd(text: string, at: number): number | undefined {
  if (text.startsWith('\n', at + 1)) return at + 2;
  return text.startsWith('\r\n', at + 1) ? at + 3 : undefined;
}
