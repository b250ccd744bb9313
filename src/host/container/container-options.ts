import { type ContainerEngine, type ContainerMount, listedMount, volumeMount } from './mounts.js';

/**
 * What `docker run` or `podman run` is told of a container.
 *
 * @internal
 */
export interface ContainerOptions {
  readonly name?: string;
  readonly user?: string;
  readonly network?: string;
  readonly entrypoint?: string;
  readonly workdir?: string;
  readonly hostname?: string;
  /** `NAME=value`, or `NAME` alone, which takes the value that the engine's client has. */
  readonly environment: readonly string[];
  readonly environmentFiles: readonly string[];
  readonly mounts: readonly ContainerMount[];
  readonly image: string;
  /** Behind the image. */
  readonly command: readonly string[];
}

const ENGINE = /(?:^|\/)(docker|podman|nerdctl)$/;
/** Options of `run` without a value (docker-run(1), podman-run(1)); every other one has its value behind `=` or in the next word. */
const SWITCHES: ReadonlySet<string> = new Set([
  ...['detach', 'disable-content-trust', 'env-host', 'http-proxy', 'init', 'interactive', 'no-healthcheck'],
  ...['no-hostname', 'no-hosts', 'oom-kill-disable', 'privileged', 'publish-all', 'quiet', 'read-only'],
  ...[
    'read-only-tmpfs',
    'replace',
    'rm',
    'rmi',
    'rootfs',
    'sig-proxy',
    'tls-verify',
    'tty',
    'use-api-socket',
  ],
]);
const LETTERS: Readonly<Record<string, string>> = {
  e: 'env',
  h: 'hostname',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};
const LETTER_SWITCHES = 'ditPq';

/**
 * The engine that a command calls, with the words behind `run` or `create`; undefined where it does something else.
 *
 * @internal
 */
export function engineCall(
  words: readonly string[],
): { readonly engine: ContainerEngine; readonly rest: readonly string[] } | undefined {
  const [, engine] = ENGINE.exec(words[0] ?? '') ?? [];
  if (engine === undefined) return undefined;
  const verb = words.findIndex((word, index) => index > 0 && (word === 'run' || word === 'create'));
  const before = words.slice(1, verb);
  const isOption = (word: string | undefined): boolean => word?.startsWith('-') === true;
  if (
    verb < 0 ||
    !before.every((word, at) => isOption(word) || isOption(before[at - 1]) || word === 'container')
  )
    return undefined;
  return { engine: engine === 'podman' ? 'podman' : 'docker', rest: words.slice(verb + 1) };
}

/**
 * Reads the words behind `docker run`.
 *
 * @internal
 */
export function readContainerOptions(rest: readonly string[], engine: ContainerEngine): ContainerOptions {
  const given: (readonly [name: string, value: string])[] = [];
  let at = 0;
  for (; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (!word.startsWith('-') || word === '-') break;
    const [, long, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (long !== undefined) {
      if (inline !== undefined) given.push([long, inline]);
      else if (!SWITCHES.has(long)) {
        at += 1;
        given.push([long, rest[at] ?? '']);
      }
      continue;
    }
    const letters = word.slice(1);
    const valued = [...letters].findIndex((letter) => !LETTER_SWITCHES.includes(letter));
    if (valued < 0) continue;
    const name = LETTERS[letters.charAt(valued)] ?? letters.charAt(valued);
    const attached = letters.slice(valued + 1).replace(/^=/, '');
    if (attached === '') at += 1;
    given.push([name, attached === '' ? (rest[at] ?? '') : attached]);
  }
  return containerOptions(given, engine, '/', rest[at] ?? '', rest.slice(at + 1));
}

/**
 * Options by their long names, wherever they were written.
 *
 * @param base - folder that relative paths start from
 * @internal
 */
export function containerOptions(
  given: readonly (readonly [name: string, value: string])[],
  engine: ContainerEngine,
  base: string,
  image: string,
  command: readonly string[],
): ContainerOptions {
  const all = (...names: readonly string[]): readonly string[] =>
    given.flatMap(([name, value]) => (names.includes(name) ? [value] : []));
  const last = (...names: readonly string[]): string | undefined => all(...names).at(-1);
  const mounts = [
    ...all('volume').flatMap((text) => volumeMount(text, engine, base) ?? []),
    ...all('mount').flatMap((text) => listedMount(text, engine, base) ?? []),
    ...all('tmpfs').map((text) => ({ from: undefined, to: text.split(':')[0] ?? '' })),
  ];
  const [name, user, network, entrypoint, workdir, hostname] = [
    last('name'),
    last('user'),
    last('network', 'net'),
    last('entrypoint'),
    last('workdir'),
    last('hostname'),
  ];
  return {
    ...(name === undefined ? {} : { name }),
    ...(user === undefined ? {} : { user }),
    ...(network === undefined ? {} : { network }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(workdir === undefined ? {} : { workdir }),
    ...(hostname === undefined ? {} : { hostname }),
    environment: all('env'),
    environmentFiles: all('env-file'),
    mounts,
    image,
    command,
  };
}
