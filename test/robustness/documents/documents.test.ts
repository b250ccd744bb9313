import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import type { CryptoProvider, KeyPair } from '../../../src/crypto/provider.js';
import { isEtcdBundleError } from '../../../src/errors.js';
import {
  type ClusterSpec,
  issuePki,
  parseClusterDocument,
  parseClusterSpec,
  planCertificates,
  renderBundles,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider } from '../../../src/node/index.js';
import { runs } from '../../support/long-tests.js';
import { hostileValue, valueOfSchema } from './hostile-values.js';

const NOW = 1_800_000_000;
const ROOT = join(import.meta.dirname, '../../..');
const examples: readonly unknown[] = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => parseYaml(readFileSync(join(ROOT, 'examples', name, 'cluster.yaml'), 'utf8')));
const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'schema/cluster.schema.json'), 'utf8'));

/** What a change does to one place of a document, which is found by chance. */
interface Change {
  readonly steps: readonly number[];
  readonly kind: 'replace' | 'remove' | 'add' | 'repeat';
  readonly key: string;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 5 }),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
  key: fc.constantFrom('name', 'extra', '__proto__', 'constructor', 'quota-backend-bytes', '0', 'a b', ''),
  value: hostileValue,
});

describe('any document', () => {
  it('that began as an example gives a bundle or issues, and nothing else', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...examples),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (example, changes) => check(changes.reduce(applyChange, example)),
      ),
      { numRuns: runs(400) },
    ));

  it('with a part that its schema allows gives a bundle or issues, and nothing else', () => {
    const part = fc.constantFrom(
      'preset',
      'cluster',
      'members',
      'clients',
      'etcd',
      'certificates',
      'systemd',
      'kubernetes',
    );
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...examples),
        part.chain((key) =>
          valueOfSchema(propertyOf(schema, 'properties', key)).map((value) => ({ [key]: value })),
        ),
        (example, changed) => check({ ...(typeof example === 'object' ? example : {}), ...changed }),
      ),
      { numRuns: runs(400) },
    );
  });

  it('is read from YAML as it is from data', () =>
    fc.assert(
      fc.property(fc.constantFrom(...examples), change, (example, one) => {
        const document = JSON.parse(
          JSON.stringify(applyChange(example, one), (_, value) => (typeof value === 'bigint' ? 1 : value)) ??
            'null',
        );
        expect(outcomeOf(() => parseClusterDocument(stringify(document)))).toEqual(
          outcomeOf(() => parseClusterSpec(document)),
        );
      }),
      { numRuns: runs(200) },
    ));

  it('of arbitrary text gives issues', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string(),
          fc.stringMatching(/^[-:[\]{}&*!|>'"%@`#,? a\n\t]{0,40}$/),
        ),
        (text) => {
          expect(outcomeOf(() => parseClusterDocument(text))).toMatchObject([{ code: expect.any(String) }]);
        },
      ),
      { numRuns: runs(500) },
    ));
});

/** The issues, or the spec; everything else that is thrown fails the test. */
function outcomeOf(read: () => ClusterSpec): unknown {
  try {
    return read();
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    expect(error.code).toBe('invalid-spec');
    expect(error.issues.length).toBeGreaterThan(0);
    for (const { path, message, cure } of error.issues) {
      expect(message).toMatch(/^[^\n]+\.$/);
      expect(cure).toMatch(/^[^\n]+[.?]$/);
      expect(`${path} ${message} ${cure}`).not.toMatch(/\[object |\bfunction\b|secret|\bundefined\b/);
    }
    // A document that is data has no lines.
    return error.issues.slice(0, 1).map(({ code, path, message, cure }) => ({ code, path, message, cure }));
  }
}

async function check(document: unknown): Promise<void> {
  let plans: ReturnType<typeof planCertificates> = [];
  const outcome = outcomeOf(() => {
    const spec = parseClusterSpec(document);
    plans = planCertificates(spec);
    return spec;
  });
  if (!isSpec(outcome)) return;
  const pki = await issuePki(outcome, plans, { crypto: cheapCrypto, now: NOW, standInKeys: true });
  const bundles = [...renderBundles(outcome, pki)];
  const names = bundles.map(({ name }) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  for (const bundle of bundles) {
    const paths = bundle.files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^etc\/[A-Za-z0-9_@+=.:/-]+$|^[A-Za-z0-9_@+=.:/-]+$/);
    for (const path of paths) expect(path.split('/')).not.toContain('..');
    for (const path of paths) expect(paths.filter((other) => other.startsWith(`${path}/`))).toEqual([]);
    // It refuses whatever tar could not hold, or would put elsewhere.
    await archiveBundle(bundle);
  }
}

function isSpec(outcome: unknown): outcome is ClusterSpec {
  return typeof outcome === 'object' && outcome !== null && 'members' in outcome;
}

/** One key pair of each kind, and 2048 bits for every RSA key: what is rendered does not depend on them. */
const cheapCrypto: CryptoProvider = (() => {
  const real = nodeCryptoProvider();
  const keyPairs = new Map<string, Promise<KeyPair>>();
  return {
    ...real,
    generateKeyPair: async (algorithm) => {
      const cheap = algorithm.startsWith('rsa') ? 'rsa-2048' : algorithm;
      const keyPair = keyPairs.get(cheap) ?? real.generateKeyPair(cheap);
      keyPairs.set(cheap, keyPair);
      return { ...(await keyPair), algorithm };
    },
  };
})();

function applyChange(document: unknown, { steps, kind, key, value }: Change): unknown {
  const [step = 0, ...rest] = steps;
  if (typeof document !== 'object' || document === null) return value;
  const keys = Object.keys(document);
  const chosen = keys[step % Math.max(keys.length, 1)];
  if (chosen === undefined) return value;
  const child: unknown = Reflect.get(document, chosen);
  const deeper = rest.length > 0 && typeof child === 'object' && child !== null;
  const entries = Object.entries(document).flatMap(([name, old]): readonly (readonly [string, unknown])[] => {
    if (name !== chosen) return [[name, old]];
    if (deeper) return [[name, applyChange(old, { steps: rest, kind, key, value })]];
    if (kind === 'remove') return [];
    if (kind === 'repeat')
      return [
        [name, old],
        [`${name}${key}`, old],
      ];
    return kind === 'add'
      ? [
          [name, old],
          [key, value],
        ]
      : [[name, value]];
  });
  return Array.isArray(document) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function propertyOf(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}
