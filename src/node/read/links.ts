import { posix } from 'node:path';
import type { OpenedPath, RootDirectory, RootFile } from '../../host/host-root.js';

/** As many as Linux follows, and its longest path (path_resolution(7)). */
const MAX_LINKS = 40;
const MAX_PATH = 4096;
/** Segments that are looked at for one host: links that lead through long links multiply. */
const MAX_STEPS = 20_000_000;

/** What lies below a folder, as far as links do. */
interface LinkNode {
  readonly below: Map<string, LinkNode>;
  target?: string;
}

interface LinkTree {
  readonly top: LinkNode;
  steps: number;
}

const trees = new WeakMap<ReadonlyMap<string, string>, LinkTree>();

/**
 * Follows symbolic links as they work below a root: an absolute target starts at the root, `..` stops there.
 *
 * @param links - paths relative to the root, with their targets as they are written; not changed after the first call
 * @returns the path that is meant, relative to the root, or undefined where links run in circles or are too long
 * @internal
 */
export function followLinks(path: string, links: ReadonlyMap<string, string>): string | undefined {
  const tree = trees.get(links) ?? plant(links);
  trees.set(links, tree);
  const rest = segmentsOf(path).reverse();
  const done: string[] = [];
  // The node of each folder on the way; undefined where no link lies below.
  const nodes: (LinkNode | undefined)[] = [tree.top];
  let followed = 0;
  for (let segment = rest.pop(); segment !== undefined; segment = rest.pop()) {
    tree.steps += 1;
    if (tree.steps > MAX_STEPS) return undefined;
    if (segment === '.') continue;
    if (segment === '..') {
      if (done.pop() !== undefined) nodes.pop();
      continue;
    }
    const node = nodes.at(-1)?.below.get(segment);
    if (node?.target === undefined) {
      done.push(segment);
      nodes.push(node);
      continue;
    }
    followed += 1;
    if (followed > MAX_LINKS || node.target.length + rest.length > MAX_PATH) return undefined;
    for (const part of segmentsOf(node.target).reverse()) rest.push(part);
    if (posix.isAbsolute(node.target)) {
      done.length = 0;
      nodes.length = 1;
    }
  }
  return done.join('/');
}

/**
 * Opens paths of a root that was read as a whole, through links to folders too.
 *
 * @internal
 */
export function openListed(
  files: ReadonlyMap<string, RootFile>,
  directories: readonly RootDirectory[],
  links: ReadonlyMap<string, string>,
): (path: string) => Promise<OpenedPath> {
  const folders = new Map(directories.map((directory) => [directory.path, directory]));
  return async (path) => {
    const target = followLinks(path, links);
    const file = target === undefined ? undefined : files.get(target);
    const directory = target === undefined ? undefined : folders.get(target);
    if (file !== undefined) return { type: 'file', file };
    return directory === undefined ? { type: 'absent' } : { type: 'directory', directory };
  };
}

function plant(links: ReadonlyMap<string, string>): LinkTree {
  const top: LinkNode = { below: new Map() };
  for (const [path, target] of links) {
    let node = top;
    for (const segment of segmentsOf(path)) {
      const next: LinkNode = node.below.get(segment) ?? { below: new Map() };
      node.below.set(segment, next);
      node = next;
    }
    node.target = target;
  }
  return { top, steps: 0 };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
