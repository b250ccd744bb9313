import { describe, expect, it } from 'vitest';
import { createKeyMask } from '../../../src/text/keys/mask-keys.js';
import { holdsPrivateKey } from '../../../src/text/private-key.js';
import { holdsTrace, tracesOf } from '../../robustness/key-traces.js';
import { sample } from '../../support/long-tests.js';
import { dresses, everyKey, webKeyOf } from '../../support/private-key-dresses.js';

/** Where a message or a document may have it. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `members: [{name: e1, address: 10.0.0.1}]\n# ${text}\n`,
  (text) => `systemd: {directives: {Service: {X-Note: ${JSON.stringify(text)}}}}`,
  (text) => `The setting ${text} is not known. Write another.`,
];
/** Traces are of secret numbers, which an encrypted key does not show, and of those that JSON Web Keys have. */
const UNTRACED = /encrypted|dsa|rsa-pss|P-224/;
const CUTS = [40, 80, 200, 600];

const keys = everyKey();
const tried = sample(keys, 2);

describe('a private key', () => {
  it.each(tried.map((key) => [key.kind, key] as const))('%s is found in every dress and place', (_, key) => {
    const missed = dresses.flatMap(({ name, put }) =>
      PLACES.filter((place) => !holdsPrivateKey(place(put(key)))).map(
        (place) => `${name}: ${place(put(key))}`,
      ),
    );
    expect(missed).toEqual([]);
  });

  it.each(tried.filter(({ kind }) => !UNTRACED.test(kind)).map((key) => [key.kind, key] as const))(
    '%s leaves no trace in what is shown, cut or whole, and the rest stays',
    (_, key) => {
      const traces = tracesOf(key.pem);
      for (const { name, put } of dresses) {
        const texts = [put(key), ...CUTS.map((length) => put(key).slice(0, length))];
        for (const text of texts) {
          const shown = createKeyMask()(`{"message": "The value ${text}", "etcdSays": "no"}\n`);
          expect(shown, name).toMatch(/^\{"message": "The value .*", "etcdSays": "no"\}\n$/s);
          expect(holdsTrace(Buffer.from(undressed(shown)), traces), `${name}: ${shown}`).toBe(false);
        }
      }
    },
  );

  it('that is cut behind an octet that is an ESC takes nothing of the string that it stands in', () => {
    for (const length of [80, 200]) {
      const octets = keys.find(({ kind }) => kind === 'P-256 PKCS#8')?.der.subarray(0, length / 4 - 1) ?? [];
      const text = [...octets, 0x1b].map((octet) => `\\x${octet.toString(16).padStart(2, '0')}`).join('');
      expect(createKeyMask()(`{"message": "The value ${text}", "etcdSays": "no"}\n`)).toBe(
        '{"message": "The value (private key left out)", "etcdSays": "no"}\n',
      );
    }
  });

  it.each(tried.filter(({ kind }) => !UNTRACED.test(kind)).map((key) => [key.kind, key] as const))(
    '%s leaves no trace where each of its lines is told in a message of its own',
    (_, key) => {
      const traces = tracesOf(key.pem);
      for (const { name, put } of dresses.filter((dress) => put64(dress.put(key)))) {
        const mask = createKeyMask();
        const lines = put(key).split('\n');
        const shown = lines.map((line) => mask(`The line "${line}" is not known.\n`)).join('');
        expect(shown.split('\n'), name).toHaveLength(lines.length + 1);
        expect(holdsTrace(Buffer.from(undressed(shown)), traces), `${name}: ${shown}`).toBe(false);
      }
    },
  );

  it.each(tried.filter(({ kind }) => /PKCS#8$/.test(kind) && !UNTRACED.test(kind)))(
    '$kind is found as a JSON Web Key, and left out',
    ({ pem }) => {
      const key = webKeyOf(pem);
      const { d: secret = '' } = webKeyOf(pem);
      const yaml = Object.entries(key).map(([name, value]) => `  ${name}: ${value}`);
      for (const text of [
        JSON.stringify(key),
        JSON.stringify(key, undefined, 2),
        JSON.stringify({ keys: [key] }),
        JSON.stringify(JSON.stringify(key)),
        encodeURIComponent(JSON.stringify(key)),
        `jwk:\n${yaml.join('\n')}`,
        `jwk: {${Object.entries(key)
          .map(([name, value]) => `${name}: '${value}'`)
          .join(', ')}}`,
        Buffer.from(JSON.stringify(key)).toString('base64'),
      ]) {
        expect(holdsPrivateKey(text), text).toBe(true);
        expect(createKeyMask()(`bad key ${text}`)).not.toContain(secret.slice(0, 20));
      }
    },
  );
});

/** All that holds a line for itself to be recognized by: what is cut into less is looked at together or not at all. */
function put64(text: string): boolean {
  return text
    .split('\n')
    .every((line) => line.length < 30 || line.replaceAll(/[^A-Za-z0-9+/]/g, '').length > 20);
}

/** Without what dresses put between digits, so that a trace is found whatever it wears. */
function undressed(text: string): string {
  return text
    .replaceAll(/\(private key left out\)|…/g, '\u0000')
    .replaceAll('\\u002b', '+')
    .replaceAll('\\x2f', '/')
    .replaceAll('&#x2b;', '+')
    .replaceAll(/%2(?:25)?B/g, '+')
    .replaceAll(/%2(?:25)?F/g, '/')
    .replaceAll(/\\[nx]|0x|%(?:25)?0A|&#10;/g, '')
    .replaceAll(/[^A-Za-z0-9+/_\u0000-]/g, '');
}
