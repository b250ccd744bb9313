/**
 * Whether a path fits a shell pattern, segment by segment: `*` and `?` match no `/` (glob(7)). Braces and classes are taken as they stand.
 *
 * @internal
 */
export function fitsGlob(path: string, pattern: string): boolean {
  const [segments, wanted] = [path.split('/'), pattern.split('/')];
  return segments.length === wanted.length && segments.every((text, at) => fits(text, wanted[at] ?? ''));
}

/** @internal */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

/** By hand: a star goes back only to the last one before it. */
function fits(text: string, pattern: string): boolean {
  if (text.startsWith('.') && !pattern.startsWith('.')) return false;
  let [at, want, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = pattern.charAt(want);
    if (wanted === '*') {
      star = want;
      mark = at;
      want += 1;
    } else if (wanted === '?' || (wanted !== '' && wanted === text.charAt(at))) {
      at += 1;
      want += 1;
    } else if (star >= 0) {
      mark += 1;
      at = mark;
      want = star + 1;
    } else return false;
  }
  while (pattern.charAt(want) === '*') want += 1;
  return want === pattern.length;
}
