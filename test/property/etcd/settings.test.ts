import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EtcdVersion } from '../../../src/cluster-spec.js';
import { CIPHER_SUITES } from '../../../src/etcd/cipher-suites.js';
import { SETTING_RULES } from '../../../src/etcd/combinations/combinations.js';
import { isInSpan } from '../../../src/etcd/release-span.js';
import { checkEtcdSettings } from '../../../src/etcd/setting/check.js';
import type { ItemForm, SettingDefinition, TextForm } from '../../../src/etcd/setting/definition.js';
import { renderEnvironment } from '../../../src/etcd/setting/render/environment.js';
import { renderFlags } from '../../../src/etcd/setting/render/flags.js';
import { renderYaml } from '../../../src/etcd/setting/render/yaml.js';
import { findSetting, SETTINGS } from '../../../src/etcd/setting/table.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { runs } from '../../support/long-tests.js';

const OWN = SETTINGS.filter(({ writtenFrom, name }) => writtenFrom === undefined && name !== 'feature-gates');

/** Text that YAML 1.1 would read as something else, were it not quoted, and text that it would not. */
const tricky = fc.oneof(
  fc.constantFrom(
    'yes',
    'off',
    'null',
    '~',
    '1e3',
    '0x1f',
    '010',
    '1:20',
    '1_000',
    '.5',
    '- a',
    'a: b',
    '#a',
    '2001-01-01',
  ),
  fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
  fc.string({ minLength: 1, unit: fc.constantFrom('ä', '語', '😀', ' ', '"', "'", '\\', '%', '$') }),
);

const items: Readonly<Record<ItemForm, fc.Arbitrary<string>>> = {
  any: tricky.map((text) => text.replaceAll(',', '').trim()).filter((text) => text !== ''),
  'listen-url': fc.constantFrom('http://127.0.0.1:2382', 'https://[::1]:2383', 'http://localhost:2384'),
  origin: fc.constantFrom('http://a:80', 'https://b.example.org:443'),
  host: fc.constantFrom('*', 'a.example.org', '10.0.0.1'),
  'cipher-suite': fc.constantFrom(...CIPHER_SUITES),
  'log-output': fc.constantFrom('stdout', 'stderr', '/var/log/etcd.log'),
};

const texts: Readonly<Record<TextForm, fc.Arbitrary<unknown>>> = {
  any: tricky,
  path: tricky.map((text) => `/${text}`),
  'auth-token': fc.constantFrom('simple', 'jwt,sign-method=HS256,priv-key=/k'),
  'log-rotation': fc.record({ maxsize: fc.nat(), compress: fc.boolean() }),
  'proxy-mode': fc.constant('off'),
  'feature-gates': fc.constant('AllBeta=true'),
};

/** A value as a person may write it, most of them right. */
function documentValue({ kind }: SettingDefinition): fc.Arbitrary<unknown> {
  switch (kind.type) {
    case 'boolean':
      return fc.constantFrom(true, false, 'true', 'false');
    case 'integer':
    case 'bytes':
    case 'milliseconds':
      return fc.oneof(
        fc.bigInt({ min: kind.min, max: kind.max }),
        fc.bigInt({ min: kind.min, max: kind.max }).map(String),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('6GiB', '200ms'),
      );
    case 'duration':
      return fc.oneof(
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map((nanoseconds) => `${nanoseconds}ns`),
        fc.constantFrom('5s', '1h30m', '1.5h', '10ms', 0),
      );
    case 'retention':
      return fc.oneof(fc.nat(), fc.constantFrom('8h', '0', '90s'));
    case 'enum':
      return fc.constantFrom(...Object.keys(kind.values));
    case 'list':
      return fc.uniqueArray(items[kind.item], { minLength: 1, maxLength: 3 });
    case 'text':
      return texts[kind.form];
  }
}

const gates = fc.record({
  'feature-gates': fc.dictionary(
    fc.constantFrom(
      'InitialCorruptCheck',
      'CompactHashCheck',
      'TxnModeWriteWithSharedBuffer',
      'SetMemberLocalAddr',
    ),
    fc.boolean(),
  ),
});

const written = fc
  .tuple(fc.subarray([...OWN], { minLength: 1, maxLength: 12 }), fc.option(gates))
  .chain(([definitions, feature]) =>
    fc.tuple(...definitions.map((definition) => documentValue(definition))).map((values) => ({
      ...Object.fromEntries(definitions.map(({ name }, index) => [name, values[index]])),
      ...(feature ?? {}),
    })),
  );

const versions: fc.Arbitrary<EtcdVersion> = fc.oneof(
  fc.constantFrom(...ETCD_RELEASES).map((release) => ({ release })),
  fc.record({
    release: fc.constantFrom(...ETCD_RELEASES),
    patch: fc.integer({ min: 0, max: 45 }),
  }),
);

/** The flag text of a value that was read from a configuration file. */
function flagText(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function flatten(file: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const flat = Object.entries(file).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, innerValue]) => [`${key}/${inner}`, innerValue])
      : [[key, value]],
  );
  return new Map(flat);
}

const SECTION_OF: Readonly<Record<string, string>> = {
  'auto-tls': 'client-transport-security/auto-tls',
  'client-cert-allowed-hostname': 'client-transport-security/allowed-hostname',
  'peer-auto-tls': 'peer-transport-security/auto-tls',
  'peer-cert-allowed-cn': 'peer-transport-security/allowed-cn',
  'peer-cert-allowed-hostname': 'peer-transport-security/allowed-hostname',
  'peer-skip-client-san-verification': 'peer-transport-security/skip-client-san-verification',
  'socket-reuse-port': 'socket-options/reuse-port',
  'socket-reuse-address': 'socket-options/reuse-address',
  'experimental-snapshot-catchup-entries': 'experimental-snapshot-catch-up-entries',
};

function isKnown(name: string, version: EtcdVersion): boolean {
  const definition = findSetting(name);
  return definition !== undefined && isInSpan(version, definition);
}

describe('accepted settings', () => {
  it('are flags of the version, each once', () => {
    fc.assert(
      fc.property(written, versions, (settings, version) => {
        const names = checkEtcdSettings(settings, version, 'flags', 's').settings.map(({ name }) => name);
        expect(names.filter((name) => !isKnown(name, version))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('are accepted again, as they are', () => {
    fc.assert(
      fc.property(written, versions, (settings, version) => {
        const first = checkEtcdSettings(settings, version, 'flags', 's');
        const again = Object.fromEntries(first.settings.map(({ name, value }) => [name, value]));
        const second = checkEtcdSettings(again, version, 'flags', 's');
        expect(second.settings).toEqual(first.settings);
        expect(second.issues.filter(({ code }) => !SETTING_RULES.some(({ id }) => id === code))).toEqual([]);
      }),
    );
  });

  it('read the same from flags, environment and configuration file', () => {
    fc.assert(
      fc.property(written, versions, (settings, version) => {
        const list = checkEtcdSettings(settings, version, 'yaml', 's').settings;
        const file = flatten(
          parse(renderYaml(list, version), { version: '1.1', intAsBigInt: true, merge: false }) ?? {},
        );
        expect(renderFlags(list)).toEqual(list.map(({ name, value }) => `--${name}=${value}`));
        expect(renderEnvironment(list).map(({ value }) => value)).toEqual(list.map(({ value }) => value));
        expect(file.size).toBe(list.length);
        for (const { name, value } of list) {
          const read = file.get(SECTION_OF[name] ?? name);
          const isDuration = findSetting(name)?.kind.type === 'duration';
          expect(isDuration ? typeof read : flagText(read)).toBe(isDuration ? 'bigint' : value);
          if (/^\d+ns$/.test(value)) expect(value).toBe(`${read}ns`);
        }
      }),
    );
  });
});

describe('a setting', () => {
  it('is never dropped without an issue, whatever its name and value', () => {
    const names = fc.oneof(fc.constantFrom(...SETTINGS.map(({ name }) => name)), fc.string());
    fc.assert(
      fc.property(names, fc.anything(), versions, (name, value, version) => {
        const { settings, issues } = checkEtcdSettings(
          Object.fromEntries([[name, value]]),
          version,
          'yaml',
          's',
        );
        const isEmptyMap =
          name === 'feature-gates' &&
          typeof value === 'object' &&
          value !== null &&
          Object.keys(value).length === 0;
        expect(settings.length + issues.length > 0 || isEmptyMap).toBe(true);
        expect(
          issues.filter(({ path, message, cure }) => !path.startsWith('s') || !message || !cure),
        ).toEqual([]);
      }),
      { numRuns: runs(1000) },
    );
  });
});
