/** Of lists and objects in each other: a manifest has eight. */
const MAX_DEPTH = 64;
/** Values of a text: the manifest of a thousand members has some 300,000. */
const MAX_VALUES = 4_000_000;

/**
 * Parses JSON that may be anybody's: the parser takes some eighty bytes for each bracket of a text, whether it is JSON or not.
 *
 * @returns undefined for what is not JSON, is nested more than 64 deep or has more than 4,000,000 values
 * @internal
 */
export function parseBoundedJson(text: string): unknown {
  if (!isBounded(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isBounded(text: string): boolean {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        if (at < 0) return false;
        break;
      case '[':
      case '{':
        depth += 1;
        values += 1;
        break;
      case ']':
      case '}':
        depth -= 1;
        break;
      case ',':
        values += 1;
        break;
    }
    if (depth > MAX_DEPTH || values > MAX_VALUES) return false;
  }
  return true;
}

/** Where the quote stands that ends it; below zero where none does. */
function endOfString(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}
