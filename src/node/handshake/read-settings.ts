import { parseEnvironmentFile } from '../../systemd/environment-file.js';
import { effectiveValues, parseUnit, splitExecStart } from '../../systemd/unit-reader.js';
import { splitQuotedWords } from '../../systemd/words.js';
import type { TarballFile } from '../read/tarball.js';

/**
 * The files of one host by absolute path, as texts.
 *
 * @internal
 */
export type HostTexts = ReadonlyMap<string, string>;

/**
 * etcd's settings by flag name.
 *
 * @internal
 */
export type EtcdSettings = ReadonlyMap<string, string>;

const UNIT = /^\/(?:etc|usr\/lib)\/systemd\/system\/[^/]+\.service$/;
const MANIFEST = /^\/etc\/kubernetes\/manifests\/[^/]+\.ya?ml$/;
const SECTIONS = { 'client-transport-security': '', 'peer-transport-security': 'peer-' } as const;

/** @internal */
export function textsOf(files: readonly TarballFile[]): HostTexts {
  const decoder = new TextDecoder();
  return new Map(files.map(({ path, bytes }) => [`/${path}`, decoder.decode(bytes)]));
}

/**
 * The settings that the etcd of a host runs with: flags and variables of its unit, or the command of its static pod, or the
 * configuration file that they name.
 *
 * @returns undefined where nothing runs etcd
 * @internal
 */
export async function readEtcdSettings(texts: HostTexts): Promise<EtcdSettings | undefined> {
  const started = fromUnits(texts) ?? (await fromManifests(texts));
  const file = started?.get('config-file');
  const text = file === undefined ? undefined : texts.get(file);
  return text === undefined ? started : fromFile(text);
}

function fromUnits(texts: HostTexts): EtcdSettings | undefined {
  for (const [path, text] of texts) {
    if (!UNIT.test(path)) continue;
    const service = parseUnit(text).find(({ name }) => name === 'Service');
    const values = (name: string): readonly string[] => {
      const directive = service?.directives.find((candidate) => candidate.name === name);
      return directive === undefined ? [] : effectiveValues(directive);
    };
    const environment = new Map<string, string>();
    for (const { value } of values('Environment').flatMap((line) => splitQuotedWords(line) ?? [])) {
      const equals = value.indexOf('=');
      if (equals > 0) environment.set(value.slice(0, equals), value.slice(equals + 1).replaceAll('%%', '%'));
    }
    for (const name of values('EnvironmentFile'))
      for (const variable of parseEnvironmentFile(texts.get(name.replace(/^-/, '')) ?? '').variables)
        environment.set(variable.name, variable.value);
    const words = splitExecStart(values('ExecStart')[0] ?? '', environment);
    if (words?.[0] === undefined || !/(?:^|\/)etcd$/.test(words[0])) continue;
    return new Map([...fromEnvironment(environment), ...fromWords(words.slice(1))]);
  }
  return undefined;
}

async function fromManifests(texts: HostTexts): Promise<EtcdSettings | undefined> {
  for (const [path, text] of texts) {
    if (!MANIFEST.test(path)) continue;
    const { parse } = await import('yaml');
    const document: unknown = parse(text);
    for (const container of listOf(property(property(document, 'spec'), 'containers'))) {
      const words = [...listOf(property(container, 'command')), ...listOf(property(container, 'args'))];
      const texts = words.filter((word) => typeof word === 'string');
      if (texts[0] === 'etcd') return fromWords(texts.slice(1));
    }
  }
  return undefined;
}

async function fromFile(text: string): Promise<EtcdSettings> {
  const { parse } = await import('yaml');
  const document: unknown = parse(text);
  const settings = new Map<string, string>();
  const put = (prefix: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, found] of Object.entries(value)) {
      const list = Array.isArray(found) ? found.join(',') : found;
      if (['string', 'number', 'boolean'].includes(typeof list))
        settings.set(`${prefix}${name}`, String(list));
    }
  };
  put('', document);
  for (const [section, prefix] of Object.entries(SECTIONS)) put(prefix, property(document, section));
  return settings;
}

function fromEnvironment(environment: ReadonlyMap<string, string>): EtcdSettings {
  return new Map(
    [...environment].flatMap(([name, value]): readonly (readonly [string, string])[] =>
      name.startsWith('ETCD_') ? [[name.slice(5).toLowerCase().replaceAll('_', '-'), value]] : [],
    ),
  );
}

/** As Go's flag package reads them: `--name=value`, `-name value`, and booleans alone. */
function fromWords(words: readonly string[]): EtcdSettings {
  const settings = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const [, name, equals, value = ''] = /^--?([a-z0-9-]+)(=)?(.*)$/s.exec(word) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1];
    const isAlone = next === undefined || next.startsWith('-');
    settings.set(name, equals === undefined ? (isAlone ? 'true' : next) : value);
  }
  return settings;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
