import { normalizePath } from '../../text/path.js';
import { containerOptions } from '../container/container-options.js';
import { isEtcdImage } from '../container/etcd-image.js';
import { folderOf, mentions, type RootIndex } from '../host-root.js';
import { shellTokens } from '../shell/shell-words.js';
import { inContainer, launch } from './launch.js';
import { type HostProcess, plainProcess } from './service.js';
import { at, listAt, MAX_YAML, textAt, textsAt, yamlValues } from './yaml-value.js';

const COMPOSE = /\/(?:docker-|podman-)?compose[^/]*\.ya?ml$|\/(?:docker-)?stack[^/]*\.ya?ml$/;
const MAX_FILES = 20;

/**
 * A service of a compose file, and what its container starts.
 *
 * @internal
 */
export interface ComposeReading {
  readonly path: string;
  readonly image: string;
  readonly processes: readonly HostProcess[];
}

/**
 * The services of a host's compose files that are etcd's by their image or their command (compose-spec, 05-services.md).
 *
 * @internal
 */
export function composeServices(root: RootIndex): readonly ComposeReading[] {
  const files = [...root.files].filter(([path, file]) => COMPOSE.test(path) && mentions(file, 'etcd'));
  return root.limits
    .firstOf(files, MAX_FILES, '', 'compose files that speak of etcd')
    .flatMap(([path, file]) => {
      const variables = interpolation(root, path);
      return yamlValues(root.limits.text(file, MAX_YAML)).flatMap((document) => {
        const services = at(document, 'services');
        if (typeof services !== 'object' || services === null) return [];
        return Object.entries(services).flatMap(([name, service]): readonly ComposeReading[] => {
          const image = interpolate(textAt(service, 'image') ?? '', variables);
          const command = ['entrypoint', 'command'].flatMap((key) => wordsAt(service, key, variables));
          const isEtcds = isEtcdImage(image) || command.some((word) => /(?:^|\/)etcd$/.test(word));
          return isEtcds
            ? [
                {
                  path,
                  image,
                  processes: serviceProcesses(root, path, name, { service, document }, image, variables),
                },
              ]
            : [];
        });
      });
    });
}

/** A service, and the file that it stands in. */
interface ComposeEntry {
  readonly service: unknown;
  readonly document: unknown;
}

function serviceProcesses(
  root: RootIndex,
  path: string,
  name: string,
  { service, document }: ComposeEntry,
  image: string,
  variables: ReadonlyMap<string, string>,
): readonly HostProcess[] {
  const base = folderOf(path);
  const text = (...keys: readonly string[]): string | undefined => {
    const value = textAt(service, ...keys);
    return value === undefined ? undefined : interpolate(value, variables);
  };
  const pair = (option: string, value: string | undefined): readonly (readonly [string, string])[] =>
    value === undefined ? [] : [[option, value]];
  const entrypoint = wordsAt(service, 'entrypoint', variables);
  const command = wordsAt(service, 'command', variables);
  const files = environmentFiles(service).map((file) =>
    normalizePath(file.startsWith('/') ? file : `${base}/${file}`),
  );
  const fromFiles = files.flatMap((file) => {
    const found = root.find(file);
    return found === undefined
      ? []
      : [...dotenv(root.limits.text(found))].map(([key, value]) => `${key}=${value}`);
  });
  const options = containerOptions(
    [
      ...pair('name', text('container_name') ?? name),
      ...pair('network', text('network_mode')),
      ...pair('user', text('user')),
      ...pair('workdir', text('working_dir')),
      ...pair('hostname', text('hostname')),
      ...pair('entrypoint', entrypoint[0]),
      ...fromFiles.map((line): readonly [string, string] => ['env', line]),
      ...environmentLines(service).map((line): readonly [string, string] => [
        'env',
        interpolate(line, variables),
      ]),
      ...[...volumes(service), ...grants(service, document)].map(
        ([option, line]): readonly [string, string] => [option, interpolate(line, variables)],
      ),
    ],
    'docker',
    base,
    image,
    [...entrypoint.slice(1), ...command],
  );
  const missing = files.filter((file) => root.find(file) === undefined && root.unread(file) === undefined);
  const outer: HostProcess = {
    ...plainProcess('container', path, []),
    environment: [...variables].map(([key, value]) => ({ name: key, value, path })),
    missingFiles: missing.map((wanted) => ({
      path,
      wanted,
      named: 'env_file',
      says: `env file ${wanted} not found: stat ${wanted}: no such file or directory`,
    })),
    hasOwnNetwork: true,
  };
  return launch(root, inContainer(root, outer, options));
}

/** A list is words; a text is split as a shell would. */
function wordsAt(service: unknown, key: string, variables: ReadonlyMap<string, string>): readonly string[] {
  const value = at(service, key);
  if (Array.isArray(value)) return textsAt(service, key).map((word) => interpolate(word, variables));
  if (typeof value !== 'string') return [];
  return shellTokens(linesJoined(interpolate(value, variables))).flatMap((token) =>
    token.type === 'word' ? [token.word.map(({ raw }) => raw).join('')] : [],
  );
}

function environmentLines(service: unknown): readonly string[] {
  const value = at(service, 'environment');
  if (Array.isArray(value)) return textsAt(service, 'environment');
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, inner]) => (inner === null ? name : `${name}=${String(inner)}`));
}

function environmentFiles(service: unknown): readonly string[] {
  const single = textAt(service, 'env_file');
  if (single !== undefined) return [single];
  return listAt(service, 'env_file').flatMap((entry) =>
    typeof entry === 'string' ? [entry] : (textAt(entry, 'path') ?? []),
  );
}

function volumes(service: unknown): readonly (readonly [option: string, value: string])[] {
  return listAt(service, 'volumes').flatMap((entry): readonly (readonly [string, string])[] => {
    if (typeof entry === 'string') return [['volume', entry]];
    const [source, target] = [textAt(entry, 'source'), textAt(entry, 'target')];
    if (target === undefined) return [];
    return source === undefined ? [['volume', target]] : [['volume', `${source}:${target}`]];
  });
}

/**
 * Secrets and configurations, which the engine puts into the container; of those that are not files here only the engine knows
 * (compose-spec, 05-services.md, secrets and configs).
 */
function grants(service: unknown, document: unknown): readonly (readonly [option: string, value: string])[] {
  return (['secrets', 'configs'] as const).flatMap((kind) =>
    listAt(service, kind).flatMap((entry): readonly (readonly [string, string])[] => {
      const source = typeof entry === 'string' ? entry : textAt(entry, 'source');
      if (source === undefined) return [];
      const target = (typeof entry === 'string' ? undefined : textAt(entry, 'target')) ?? source;
      const folder = kind === 'secrets' ? '/run/secrets/' : '/';
      const file = textAt(document, kind, source, 'file');
      const from = file === undefined || /^[./~$]/.test(file) ? (file ?? `${kind}-${source}`) : `./${file}`;
      return [['volume', `${from}:${target.startsWith('/') ? target : folder + target}`]];
    }),
  );
}

/** `.env` beside the compose file. */
function interpolation(root: RootIndex, path: string): ReadonlyMap<string, string> {
  const file = root.find(`${folderOf(path)}/.env`);
  return file === undefined ? new Map() : dotenv(root.limits.text(file));
}

function linesJoined(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}

/** `${NAME}`, `${NAME:-default}`, `$NAME`, and `$$` for a dollar. */
function interpolate(text: string, variables: ReadonlyMap<string, string>): string {
  const pieces: string[] = [];
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    const { value, end } = expansion(text, dollar, variables);
    pieces.push(text.slice(at, dollar), value);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

interface Expansion {
  readonly value: string;
  readonly end: number;
}

const BARE_NAME = /\w+/y;
const BRACED_NAME = /\w+(?=\}|:?[-?])/y;

function expansion(text: string, dollar: number, variables: ReadonlyMap<string, string>): Expansion {
  const next = text.charAt(dollar + 1);
  if (next === '$') return { value: '$', end: dollar + 2 };
  const start = next === '{' ? dollar + 2 : dollar + 1;
  const pattern = next === '{' ? BRACED_NAME : BARE_NAME;
  pattern.lastIndex = start;
  const name = pattern.exec(text)?.[0];
  if (name === undefined) return { value: '$', end: dollar + 1 };
  const value = variables.get(name);
  const nameEnd = start + name.length;
  if (next !== '{') return { value: value ?? '', end: nameEnd };
  const close = text.indexOf('}', nameEnd);
  // Without its end, all that follows is text.
  if (close < 0) return { value: text.slice(dollar), end: text.length };
  const [, operator = '', word = ''] = /^(:?[-?])?(.*)$/s.exec(text.slice(nameEnd, close)) ?? [];
  const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  const other = operator.endsWith('-') ? word : '';
  return { value: isSet ? (value ?? '') : other, end: close + 1 };
}

function dotenv(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line): readonly (readonly [string, string])[] => {
      const [, name, rest = ''] = /^(?:export\s+)?([A-Za-z_]\w*)\s*[=:](.*)$/s.exec(line.trim()) ?? [];
      const value = rest.trim();
      const [, , quoted] = /^(["'])(.*)\1$/.exec(value) ?? [];
      return name === undefined ? [] : [[name, quoted ?? (value.split(/\s#/)[0] ?? '').trimEnd()]];
    }),
  );
}
