import type { Issue } from '../errors.js';
import { firstPrivateKey, holdsPrivateKey } from '../text/private-key.js';
import { formatPath } from './path.js';

const CURE =
  'Remove it, name its file instead (certificates: {ca: {certificate: ca.crt, key: ca.key}}), and replace the key if anyone else has seen the document.';

/**
 * A private key in a document's text, comments included: bundle.json keeps the text for later runs and is no secret. It is the only
 * issue reported, because any other message might quote a part of it.
 *
 * @internal
 */
export function privateKeyInText(text: string): Issue | undefined {
  const index = firstPrivateKey(text);
  if (index === undefined) return undefined;
  const line = text.slice(0, index).split('\n').length;
  return { ...issueAt('', `Line ${line}`), line, column: 1 };
}

/**
 * The same in a document that is data already.
 *
 * @internal
 */
export function privateKeyInData(document: unknown): Issue | undefined {
  const seen = new Set<object>();
  const waiting: Place[] = [{ value: document }];
  // No recursion: an object may be nested more deeply than the stack is.
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place;
    if (typeof value === 'string' && holdsPrivateKey(value)) {
      const path = pathOf(place);
      return issueAt(path, path || 'The document');
    }
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (isInPieces(value)) {
      const path = pathOf(place);
      return issueAt(path, path || 'The document');
    }
    for (const [key, item] of Object.entries(value)) {
      // Before anything below it is looked at, whose path would show the key.
      if (holdsPrivateKey(key)) {
        const path = pathOf(place);
        return issueAt(path, `A key of ${path || 'the document'}`);
      }
      waiting.push({ value: item, at: { map: place, key: Array.isArray(value) ? Number(key) : key } });
    }
  }
  return undefined;
}

interface Place {
  readonly value: unknown;
  /** Absent at the top. A path for each value would be quadratic in their depth. */
  readonly at?: { readonly map: Place; readonly key: string | number };
}

function pathOf(place: Place): string {
  const keys: (string | number)[] = [];
  for (let at = place.at; at !== undefined; at = at.map.at) keys.push(at.key);
  return formatPath(keys.reverse());
}

/** Strings that are a key only together; one that is a key itself is found in its own place. */
function isInPieces(value: object): boolean {
  const strings = Object.values(value).filter((item) => typeof item === 'string');
  return strings.length > 1 && holdsPrivateKey(strings.join('\n')) && !strings.some(holdsPrivateKey);
}

function issueAt(path: string, where: string): Issue {
  return { code: 'private-key-in-document', path, message: `${where} contains a private key.`, cure: CURE };
}
