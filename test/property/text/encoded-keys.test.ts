import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeyMask } from '../../../src/text/keys/mask-keys.js';
import { holdsPrivateKey } from '../../../src/text/private-key.js';
import { type Encoder, encoders } from '../../support/key-encoders.js';
import { runs, sample } from '../../support/long-tests.js';
import { type EncodedKey, everyKey } from '../../support/private-key-dresses.js';
import { signedTexts } from '../../support/signed-texts.js';

const PLACES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `members: [{name: e1, address: 10.0.0.1}]\n# ${text}\n`,
  (text) => `systemd: {directives: {Service: {X-Note: ${JSON.stringify(text)}}}}`,
  (text) => `The setting ${text} is not known. Write another.`,
];
/**
 * What is not found (docs/security.md, How private keys are recognized): sequences of a terminal that are cut by others, or written as escapes
 * around signs that begin an escape themselves.
 */
const BEYOND =
  /^(?:terminal sequences as escapes in (?:Ascii85|uuencode|terminal)|(?:UTF-16|percent-encoding|character references|octal escapes|hexadecimal escapes) of (?:terminal|full-width)|terminal .* of (?:terminal|Ascii85|uuencode))/;

const keys = sample(everyKey(), 3);
const anyKey = fc.constantFrom(...keys);
const anyEncoder = fc.constantFrom(...encoders);

function put(encoder: Encoder, { der, pem }: EncodedKey): string {
  return encoder.put(encoder.takes === 'text' ? Buffer.from(pem) : der);
}

describe('a private key', () => {
  it.each(encoders.map((encoder) => [encoder.name, encoder] as const))(
    'is found as %s, in every place, and left out',
    (_, encoder) => {
      for (const key of keys)
        for (const place of PLACES) {
          expect(holdsPrivateKey(place(put(encoder, key))), `${key.kind}: ${place(put(encoder, key))}`).toBe(
            true,
          );
        }
      for (const key of keys.slice(0, 3)) {
        const dressed = put(encoder, key);
        const json = JSON.stringify({ message: `The value ${dressed} is wrong`, etcdSays: 'no' });
        for (const [text, inside] of [
          [`The value ${dressed}\nis wrong.\n`, dressed],
          [`${json}\n`, JSON.stringify(dressed)],
        ] as const) {
          const shown = createKeyMask()(text);
          const pieces = Array.from({ length: 40 }, (_piece, index) =>
            inside.slice(Math.floor(inside.length * (0.2 + index * 0.015))).slice(0, 24),
          );
          expect(pieces.filter((piece) => shown.includes(piece))).toEqual([]);
          expect(shown).toContain('wrong');
        }
        expect(() => JSON.parse(createKeyMask()(json))).not.toThrow();
      }
    },
  );

  it('is found in two of them, one in the other', () => {
    fc.assert(
      fc.property(
        anyKey,
        anyEncoder,
        anyEncoder,
        fc.constantFrom(...PLACES.slice(0, 2)),
        (key, inner, outer, place) => {
          fc.pre(!BEYOND.test(`${outer.name} of ${inner.name}`));
          const text = place(outer.put(Buffer.from(put(inner, key))));
          expect(
            holdsPrivateKey(text),
            `${outer.name} of ${inner.name}, ${key.kind}: ${text.slice(0, 400)}`,
          ).toBe(true);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });
});

describe('what is public', () => {
  const octets = fc.uint8Array({ minLength: 16, maxLength: 600 }).map((bytes) => Buffer.from(bytes));
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
  let texts: readonly string[] = [];
  beforeAll(async () => {
    const rsa = keys.find(({ kind }) => kind === 'rsa PKCS#8')?.pem ?? '';
    const spki = createPublicKey(rsa).export({ type: 'spki', format: 'pem' }).toString();
    texts = sample([...(await signedTexts()).map(([, pem]) => pem), spki], 3);
  });

  it('is no key in any of them, nor in two', () => {
    for (const text of texts)
      for (const encoder of encoders) {
        const data =
          encoder.takes === 'text'
            ? Buffer.from(text)
            : Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
        expect(holdsPrivateKey(encoder.put(data)), encoder.name).toBe(false);
        expect(holdsPrivateKey(encoder.put(Buffer.from(text))), `${encoder.name} of PEM`).toBe(false);
      }
    fc.assert(
      fc.property(fc.nat(), anyEncoder, anyEncoder, (choice, inner, outer) => {
        const text = texts[choice % texts.length] ?? '';
        expect(holdsPrivateKey(outer.put(Buffer.from(inner.put(Buffer.from(text)))))).toBe(false);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('is whatever else was encoded: digests, tokens, other octets', () => {
    fc.assert(
      fc.property(fc.oneof(octets, digest), anyEncoder, (data, encoder) => {
        // A label is one, whatever is behind it.
        expect(holdsPrivateKey(`A value: ${encoder.put(data)}.`), encoder.name).toBe(false);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
