import type { Issue } from '../errors.js';

/** Whatever kind of key it is, and whether its lines were kept or folded (RFC 7468, 10 and 11; RFC 5915, 4; RFC 8017 by custom). */
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const CURE =
  'Take it out, name its file (certificates: {ca: {certificate: ca.crt, key: ca.key}}), and replace the key where others have seen the document.';

/**
 * A private key in a document's text, comments included: bundle.json keeps the text for later runs and is no secret. It is told
 * alone, because a message about anything else might quote a part of it.
 *
 * @internal
 */
export function privateKeyInText(text: string): Issue | undefined {
  const at = text.search(PRIVATE_KEY);
  return at < 0 ? undefined : issueAt('', `Line ${text.slice(0, at).split('\n').length}`);
}

/**
 * The same in a document that is data already.
 *
 * @internal
 */
export function privateKeyInData(document: unknown): Issue | undefined {
  const seen = new Set<object>();
  const waiting: Place[] = [{ value: document, path: '' }];
  // No recursion: an object may be nested more deeply than the stack is.
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, path } = place;
    if (typeof value === 'string' && PRIVATE_KEY.test(value)) return issueAt(path, path || 'The document');
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, item] of Object.entries(value)) {
      if (PRIVATE_KEY.test(key)) return issueAt(path, `A key of ${path || 'the document'}`);
      const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
      waiting.push({ value: item, path: `${path}${step}` });
    }
  }
  return undefined;
}

interface Place {
  readonly value: unknown;
  readonly path: string;
}

function issueAt(path: string, where: string): Issue {
  return { code: 'invalid-value', path, message: `${where} holds a private key.`, cure: CURE };
}
