import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { Issue } from '../../errors.js';
import type { IssueCode } from '../../issue-codes.js';
import { quoteValue } from '../../text/quote-value.js';
import { formatPath, type Keys } from '../path.js';

/** Plain data, and what is wrong with how it was written. */
interface BuiltValue {
  readonly value: unknown;
  readonly issues: readonly Issue[];
  /** Whether the value is not what the operator meant, so that checking it further is pointless. */
  readonly broken: boolean;
}

/** Where a node begins. */
interface Place {
  readonly line: number;
  readonly column: number;
}

type Locate = (node: Node) => Place;

/** More than any cluster repeats, and little enough to look at (CWE-776). */
const MAX_REPEATED = 100_000;
/** `<<` merges a map in YAML 1.1; YAML 1.2 has dropped it. */
const MERGE_KEY = '<<';
/** A release such as 1.30, which is another one as a number. */
const TRAILING_ZERO = /^\d+\.\d*0$/;

/**
 * Makes plain data of nodes that are not nested deeply, in one pass. Found on the way is what YAML allows and a document cannot mean: a
 * key twice, the last of which counts; a number that loses its last zero; merge keys; aliases that repeat too much, or nothing. Whole numbers that a double cannot hold become bigints,
 * so that a message can name them as they were written.
 *
 * @internal
 */
export function buildValue(root: Node | null, locate: Locate): BuiltValue {
  const walk: Walk = { issues: [], anchors: new Map(), repeated: 0, broken: false, locate };
  const { value } = visit(root, [], walk);
  return { value, issues: walk.issues, broken: walk.broken };
}

interface Walk {
  readonly issues: Issue[];
  readonly anchors: Map<string, Built>;
  repeated: number;
  broken: boolean;
  readonly locate: Locate;
}

interface Built {
  readonly value: unknown;
  /** Nodes in it, aliases written out. */
  readonly extent: number;
}

function visit(node: unknown, keys: Keys, walk: Walk): Built {
  if (isAlias(node)) return visitAlias(node, node.source, keys, walk);
  const built = visitContent(node, keys, walk);
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor !== undefined) walk.anchors.set(anchor, built);
  return built;
}

function visitContent(node: unknown, keys: Keys, walk: Walk): Built {
  if (isMap(node)) return visitMap(node, keys, walk);
  if (isSeq(node)) {
    const items = node.items.map((item, index) => visit(item, [...keys, index], walk));
    return { value: items.map(({ value }) => value), extent: sum(items) };
  }
  if (!isScalar(node)) return { value: null, extent: 1 };
  if (typeof node.value !== 'number' || !TRAILING_ZERO.test(node.source ?? ''))
    return { value: exact(node.value, node.source), extent: 1 };
  refuseTrailingZero(node, keys, walk);
  return { value: undefined, extent: 1 };
}

function visitMap(node: YAMLMap, keys: Keys, walk: Walk): Built {
  const children = new Map<string, Built>();
  const places = new Map<string, Place>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    const path = [...keys, name];
    const place = walk.locate(key);
    const earlier = places.get(name);
    if (earlier !== undefined) refuseRepeated(path, place, earlier, walk);
    else if (name === MERGE_KEY && key.type === 'PLAIN') refuseMerge(path, place, walk);
    places.set(name, earlier ?? place);
    children.set(name, visit(value, path, walk));
  }
  const entries = [...children]
    .map(([name, { value }]) => [name, value] as const)
    .filter(([, value]) => value !== undefined);
  return { value: Object.fromEntries(entries), extent: sum([...children.values()]) };
}

function visitAlias(node: Node, source: string, keys: Keys, walk: Walk): Built {
  const target = walk.anchors.get(source);
  if (target === undefined) {
    refuseAlias(
      'yaml-alias',
      node,
      keys,
      walk,
      `There is no complete &${source} above the alias *${source}.`,
    );
    return { value: null, extent: 1 };
  }
  walk.repeated += target.extent;
  if (walk.repeated > MAX_REPEATED && !walk.broken) {
    const message = `With *${source} the aliases of this document expand to more than ${MAX_REPEATED} values.`;
    refuseAlias('yaml-alias-expansion', node, keys, walk, message);
  }
  return target;
}

function exact(value: unknown, source = ''): unknown {
  const isInexact = typeof value === 'number' && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(source);
  return isInexact ? BigInt(source.replace('+', '')) : value;
}

function refuseRepeated(keys: Keys, place: Place, earlier: Place, walk: Walk): void {
  walk.issues.push({
    code: 'repeated-key',
    path: formatPath(keys),
    ...place,
    message: `${quoteValue(keys.at(-1))} is already a key of this map, in line ${earlier.line}, column ${earlier.column}.`,
    cure: 'Write every key once.',
  });
}

function refuseMerge(keys: Keys, place: Place, walk: Walk): void {
  walk.broken = true;
  walk.issues.push({
    code: 'yaml-merge-key',
    path: formatPath(keys),
    ...place,
    message: `"<<" is a merge key of YAML 1.1, and this is YAML 1.2, which has none.`,
    cure: 'Write out the keys that are to be merged.',
  });
}

function refuseTrailingZero(node: Scalar, keys: Keys, walk: Walk): void {
  walk.issues.push({
    code: 'yaml-trailing-zero',
    path: formatPath(keys),
    ...walk.locate(node),
    message: `YAML reads ${quoteValue(node.source)} as the number ${String(node.value)}.`,
    cure: `Write "${String(node.source)}" in quotes, or ${String(node.value)}.`,
  });
}

function refuseAlias(code: IssueCode, node: Node, keys: Keys, walk: Walk, message: string): void {
  walk.broken = true;
  walk.issues.push({
    code,
    path: formatPath(keys),
    ...walk.locate(node),
    message,
    cure: 'Write the value out.',
  });
}

function sum(built: readonly Built[]): number {
  return built.reduce((total, { extent }) => total + extent, 1);
}
