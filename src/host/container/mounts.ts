import { normalizePath } from '../../text/path.js';
import { trimEnd } from '../../text/trim-end.js';

/**
 * A folder or file of the host, or a volume, at a place in a container.
 *
 * @internal
 */
export interface ContainerMount {
  /** Absolute on the host; undefined where only the engine knows. */
  readonly from: string | undefined;
  /** Absolute in the container. */
  readonly to: string;
}

/** Where engines keep volumes that have a name. */
const VOLUMES = { docker: '/var/lib/docker/volumes', podman: '/var/lib/containers/storage/volumes' } as const;

/** @internal */
export type ContainerEngine = keyof typeof VOLUMES;

/**
 * Reads `/host:/container:ro`, a volume's name in place of the folder, or a place in the container alone, which is a volume without a
 * name (docker-run(1), podman-run(1), `--volume`).
 *
 * @param base - folder that `./` starts from
 * @internal
 */
export function volumeMount(text: string, engine: ContainerEngine, base: string): ContainerMount | undefined {
  const [first = '', second] = text.split(':');
  if (second === undefined) return first.startsWith('/') ? { from: undefined, to: first } : undefined;
  return { from: sourceOf(first, engine, base), to: second };
}

/**
 * Reads `type=bind,source=/host,target=/container` (`--mount`).
 *
 * @internal
 */
export function listedMount(text: string, engine: ContainerEngine, base: string): ContainerMount | undefined {
  const options = new Map(
    text.split(',').map((option) => {
      const [name = '', value = ''] = option.split(/=(.*)/s);
      return [name.trim(), value] as const;
    }),
  );
  const to = options.get('target') ?? options.get('destination') ?? options.get('dst');
  const from = options.get('source') ?? options.get('src');
  if (to === undefined) return undefined;
  return { from: from === undefined ? undefined : sourceOf(from, engine, base), to };
}

/**
 * Where a path in a container lies on the host: below the longest mount that holds it. What no mount holds is in the image; its path
 * stays as it is.
 *
 * @internal
 */
export function mountedPath(mounts: readonly ContainerMount[], path: string): string {
  const mount = mountOf(mounts, path);
  if (mount?.from === undefined) return path;
  return normalizePath(`${mount.from}/${path.slice(trimEnd(mount.to, '/').length)}`);
}

/** @internal */
export function mountOf(mounts: readonly ContainerMount[], path: string): ContainerMount | undefined {
  return mounts
    .filter(({ to }) => path === to || path.startsWith(`${trimEnd(to, '/')}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
}

function sourceOf(source: string, engine: ContainerEngine, base: string): string {
  if (source.startsWith('/')) return normalizePath(source);
  if (source.startsWith('.')) return normalizePath(`${base}/${source}`);
  return `${VOLUMES[engine]}/${source.replace(/\.volume$/, '')}/_data`;
}
