/**
 * The first or last line of a private key in PEM, OpenSSH's, PGP's or PuTTY's form.
 *
 * @internal
 */
export interface KeyLabel {
  readonly type: 'begin' | 'end';
  readonly from: number;
  readonly to: number;
}

/** RFC 7468, 10 and 11; RFC 5915, 4; RFC 8017 by custom. A label without its closing dashes has a key after it all the same. */
const LETTERS = /^(BEGIN|END)[A-Z0-9]{0,24}?PRIVATEKEY/;
/** More than any label has, and the signs between its letters where it was broken over lines. */
const MOST_LETTERS = 40;
const STARTS = ['BEGIN', 'END'];
const MOST_UNITS = 256;
const PUTTY = 'PuTTY-User-Key-File-';
const [DASH, CAPITAL_B, CAPITAL_E] = [0x2d, 0x42, 0x45];

/**
 * Every label of a private key, whatever stands between its letters: spaces, escapes, line ends with comment signs.
 *
 * @internal
 */
export function keyLabels(text: string, codes: Uint16Array): readonly KeyLabel[] {
  const labels: KeyLabel[] = [];
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index];
    if ((code !== CAPITAL_B && code !== CAPITAL_E) || !followsDash(codes, index)) continue;
    const label = labelAt(codes, index);
    if (label === undefined) continue;
    labels.push(label);
    index = Math.max(index, label.to - 1);
  }
  for (let at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + PUTTY.length))
    labels.push({ type: 'begin', from: at, to: at + PUTTY.length });
  return labels;
}

/** SSH2 has a space between them, and a broken line may begin with a comment sign. */
function followsDash(codes: Uint16Array, index: number): boolean {
  return [1, 2, 3, 4].some((back) => codes[index - back] === DASH);
}

function labelAt(codes: Uint16Array, from: number): KeyLabel | undefined {
  const letters: number[] = [];
  const ends: number[] = [];
  for (let index = from; index < from + MOST_UNITS && letters.length < MOST_LETTERS; index += 1) {
    const code = codes[index] ?? 0;
    if (code >= 0x61 && code <= 0x7a) break;
    if (!isCapitalOrDigit(code)) continue;
    letters.push(code);
    ends.push(index + 1);
    if (letters.length <= 3 && !STARTS.some((start) => start.charCodeAt(letters.length - 1) === code))
      return undefined;
  }
  const match = LETTERS.exec(String.fromCharCode(...letters));
  if (match === null) return undefined;
  const last = ends[match[0].length - 1] ?? from;
  return {
    type: match[1] === 'BEGIN' ? 'begin' : 'end',
    from: pastDashes(codes, from - 1, -1) + 1,
    to: pastDashes(codes, last, 1),
  };
}

function isCapitalOrDigit(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}

function pastDashes(codes: Uint16Array, from: number, step: 1 | -1): number {
  let index = from;
  while (codes[index] === DASH) index += step;
  return index;
}
