/** One place of a pattern: any number of characters, or one of those that a test lets through. */
type Token = 'any' | ((character: string) => boolean);

/** PATH_MAX of Linux. */
const LONGEST = 4096;

/**
 * Makes the test of a path against a pattern of glob(7), whose `*`, `?` and `[…]` stand for no slash and for no dot at the start of a name.
 * No regular expression is made of it: with many stars, that would take time by a power of their number.
 *
 * @internal
 */
export function globTest(pattern: string): (path: string) => boolean {
  if (pattern.length > LONGEST) return () => false;
  const segments = pattern.split('/').map((text) => ({ text, tokens: tokensOf(text) }));
  return (path) => {
    const names = path.split('/');
    return (
      names.length === segments.length &&
      segments.every(({ text, tokens }, index) => {
        const name = names[index] ?? '';
        return (!name.startsWith('.') || text.startsWith('.')) && matches(tokens, name);
      })
    );
  };
}

/**
 * Whether a path fits a pattern of glob(7).
 *
 * @internal
 */
export function fitsGlob(path: string, pattern: string): boolean {
  return globTest(pattern)(path);
}

/** @internal */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

/** Goes back to the last star alone: what an earlier one could take as well, it need not. */
function matches(tokens: readonly Token[], name: string): boolean {
  let [at, token, star, starAt] = [0, 0, -1, 0];
  while (at < name.length) {
    const test = tokens[token];
    if (test === 'any') {
      star = token;
      starAt = at;
      token += 1;
    } else if (test?.(name.charAt(at)) === true) {
      at += 1;
      token += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      token = star + 1;
    } else return false;
  }
  return tokens.slice(token).every((test) => test === 'any');
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const end = character === '[' ? text.indexOf(']', index + 2) : -1;
    if (character === '*') tokens.push('any');
    else if (character === '?') tokens.push(() => true);
    else if (end > 0) {
      tokens.push(oneOf(text.slice(index + 1, end)));
      index = end;
    } else {
      const literal = character === '\\' && index + 1 < text.length ? text.charAt(++index) : character;
      tokens.push((given) => given === literal);
    }
  }
  return tokens;
}

/** `abc`, `a-z`, and `!` or `^` before them for all others. */
function oneOf(text: string): (character: string) => boolean {
  const isNegated = /^[!^]/.test(text);
  const members = isNegated ? text.slice(1) : text;
  const ranges: (readonly [string, string])[] = [];
  for (let index = 0; index < members.length; index += 1) {
    const first = members.charAt(index);
    const isRange = members.charAt(index + 1) === '-' && index + 2 < members.length;
    ranges.push([first, isRange ? members.charAt(index + 2) : first]);
    if (isRange) index += 2;
  }
  return (character) => ranges.some(([from, to]) => character >= from && character <= to) !== isNegated;
}
