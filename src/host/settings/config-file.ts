import { isMap, isScalar, parseDocument } from 'yaml';
import type { EtcdVersion } from '../../cluster-spec.js';
import { isInSpan } from '../../etcd/release-span.js';
import type { SettingDefinition } from '../../etcd/setting/definition.js';
import { FLAGLESS_KEYS } from '../../etcd/setting/flagless-keys.js';
import { SETTINGS, yamlPlace } from '../../etcd/setting/table.js';
import { goYamlTags } from '../../text/go-yaml-tags.js';
import { isReadableYaml } from '../service/yaml-value.js';
import { goValueFault } from './go-value.js';
import type { SettingEntry, SettingFault } from './settings.js';

type Node = unknown;
interface KeyedValue {
  /** Lower case: Go's JSON decoder does not mind case. */
  readonly key: string;
  readonly value: Node;
}

/** The fields of etcd's configuration that have no key, and so go by their names in Go (etcd `embed/config.go`). */
const GO_FIELDS: Readonly<Record<string, string>> = {
  clienttlsinfo: 'client-crl-file',
  peertlsinfo: 'peer-crl-file',
};
const SECTIONS: readonly string[] = [
  'client-transport-security',
  'peer-transport-security',
  'socket-options',
];
const MAX_ALIASES = 100;
const SYNTAX = 'error converting YAML to JSON: yaml:';

/**
 * Reads etcd's configuration file: YAML to JSON to a Go structure, so that types are strict, unknown keys are silently dropped and
 * of repeated keys the last one counts (etcd `embed/config.go`, configFromFile).
 *
 * @internal
 */
export function readConfigFile(
  text: string,
  version: EtcdVersion,
  path: string,
): { readonly entries: readonly SettingEntry[]; readonly faults: readonly SettingFault[] } {
  const faults: SettingFault[] = [];
  const fail = (kind: SettingFault['kind'], name: string, value: string, says: string): void =>
    void faults.push({ kind, name, value, path, says });
  if (!isReadableYaml(text)) {
    fail('file-unread', '', '', '');
    return { entries: [], faults };
  }
  const top = topLevel(text);
  if (typeof top === 'string') {
    fail('file-syntax', '', '', top);
    return { entries: [], faults };
  }
  const entries: SettingEntry[] = [];
  for (const { section, key, value } of flatten(top, fail)) {
    const field = section === '' ? undefined : GO_FIELDS[section];
    if (field !== undefined) {
      if (key === 'crlfile' && typeof value === 'string')
        entries.push({ name: field, value, path, from: 'file' });
      continue;
    }
    const definition = SETTINGS.find((candidate) => {
      const place = isInSpan(version, candidate) ? yamlPlace(candidate, version) : undefined;
      return place !== undefined && (place.section ?? '') === section && place.key === key;
    });
    const shown = section === '' ? key : `${section}.${key}`;
    if (definition === undefined) {
      if (!isFlagless(section, key, version)) fail('file-unknown-key', shown, '', '');
      continue;
    }
    const read = flagValue(definition, value, version);
    if (typeof read !== 'string') fail('file-type', shown, '', typeWords(shown, value, read.type));
    else if (value !== null) {
      entries.push({ name: definition.name, value: read, path, from: 'file' });
      const why =
        read === '' || definition.kind.type === 'duration'
          ? undefined
          : goValueFault(definition, read, version);
      if (why !== undefined) fail('bad-value', definition.name, read, why);
    }
  }
  return { entries, faults };
}

function isFlagless(section: string, key: string, version: EtcdVersion): boolean {
  return FLAGLESS_KEYS.some(
    (place) => (place.section ?? '') === section && place.key === key && isInSpan(version, place),
  );
}

/** The keys at the top, or what a YAML parser says. */
function topLevel(text: string): readonly KeyedValue[] | string {
  try {
    const document = parseDocument(text, {
      version: '1.1',
      customTags: goYamlTags,
      uniqueKeys: false,
      intAsBigInt: true,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error !== undefined) return SYNTAX;
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
      return [];
    if (!isMap(document.contents))
      return 'error unmarshaling JSON: cannot unmarshal into Go value of type embed.configYAML';
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return keyed(value);
  } catch {
    return SYNTAX;
  }
}

function keyed(value: unknown): readonly KeyedValue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([key, inner]) => ({ key: key.toLowerCase(), value: inner }));
}

function flatten(
  top: readonly KeyedValue[],
  fail: (kind: SettingFault['kind'], name: string, value: string, says: string) => void,
): readonly { readonly section: string; readonly key: string; readonly value: Node }[] {
  return top.flatMap(({ key, value }) => {
    if (!SECTIONS.includes(key) && !Object.hasOwn(GO_FIELDS, key)) return [{ section: '', key, value }];
    if (value === null) return [];
    if (typeof value !== 'object' || Array.isArray(value)) {
      fail('file-type', key, '', typeWords(key, value, 'embed.securityConfig'));
      return [];
    }
    return keyed(value).map((inner) => ({ section: key, ...inner }));
  });
}

/** The value in the form of its flag, or the Go type that it should have had. */
function flagValue(
  definition: SettingDefinition,
  value: Node,
  version: EtcdVersion,
): string | { readonly type: string } {
  const { kind } = definition;
  if (value === null) return '';
  const isInteger = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
  switch (kind.type) {
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : { type: 'bool' };
    case 'integer':
    case 'bytes':
    case 'milliseconds':
      return isInteger ? String(value) : { type: 'uint' };
    case 'duration':
      return isInteger ? `${String(value)}ns` : { type: 'time.Duration' };
    case 'list': {
      const isList = kind.yaml === 'list' && yamlPlace(definition, version)?.single !== true;
      if (!isList) return typeof value === 'string' ? value : { type: 'string' };
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? value.join(',')
        : { type: '[]string' };
    }
    case 'retention':
    case 'enum':
    case 'text':
      return typeof value === 'string' ? value : { type: 'string' };
  }
}

function typeWords(key: string, value: Node, type: string): string {
  const found = Array.isArray(value)
    ? 'array'
    : typeof value === 'bigint'
      ? 'number'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;
  return `json: cannot unmarshal ${found} into Go struct field configYAML.${key} of type ${type}`;
}
