import { type Alias, type Document, isAlias, isCollection, isMap, isScalar, isSeq, visit } from 'yaml';
import { type Issue, isEtcdBundleError } from '../errors.js';
import { issueKind } from '../issue-codes.js';
import { type Keys, parsePath } from './path.js';
import { type ComposedYaml, composeYaml } from './yaml/compose-yaml.js';

/** What a key of a document leads to. */
interface Step {
  readonly value: unknown;
  /** Of the key, or of the item of a list. */
  readonly offset: number;
}

/** Steps from a map or list, looked up once for all issues. */
type Children = (node: unknown) => ReadonlyMap<string, Step>;

/**
 * Gives issues of a document the lines and columns of what they are about: of the key where the key is wrong or its value is a block,
 * otherwise of the value; behind an alias, the place at its anchor. What is missing is placed in its map or list, what a preset brings where the
 * document could have written it. The text is read again, so that a document without issues pays nothing.
 *
 * @param text - of the document
 * @returns the issues unchanged where the text is not YAML or they have places already
 * @internal
 */
export function locateIssues(text: string, issues: readonly Issue[]): readonly Issue[] {
  if (issues.every(({ line }) => line !== undefined)) return issues;
  const read = readAgain(text);
  if (read?.document === undefined) return issues;
  const { document, lineCounter } = read;
  const children = rememberChildren(document);
  return issues.map((issue) => {
    if (issue.line !== undefined) return issue;
    const { line, col } = lineCounter.linePos(offsetOf(issue, document, children));
    const { code, path, message, cure } = issue;
    return { code, path, line: Math.max(1, line), column: Math.max(1, col), message, cure };
  });
}

function readAgain(text: string): ComposedYaml | undefined {
  try {
    return composeYaml(text);
  } catch (error) {
    if (isEtcdBundleError(error)) return undefined;
    throw error;
  }
}

function offsetOf({ code, path }: Issue, document: Document.Parsed, children: Children): number {
  const keys = parsePath(path);
  const steps = follow(keys, document, children);
  const last = steps.at(-1);
  if (last === undefined) return document.contents?.range[0] ?? 0;
  const isAboutKey = issueKind(code) === 'unknown-key' || steps.length < keys.length;
  return isAboutKey ? last.offset : (valueOffset(last.value) ?? last.offset);
}

/** As far as the document goes. */
function follow(keys: Keys, document: Document.Parsed, children: Children): readonly Step[] {
  const steps: Step[] = [];
  let value: unknown = document.contents;
  for (const key of keys) {
    const step = children(value).get(String(key));
    if (step === undefined) break;
    steps.push(step);
    value = step.value;
  }
  return steps;
}

function rememberChildren(document: Document.Parsed): Children {
  const targets = aliasTargets(document);
  const known = new Map<unknown, ReadonlyMap<string, Step>>();
  return (written) => {
    const node = isAlias(written) ? targets.get(written) : written;
    const children = known.get(node) ?? childrenOf(node);
    known.set(node, children);
    return children;
  };
}

/** An anchor may be set again, so an alias means the last one above it. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<Alias, unknown>();
  visit(document, {
    Alias: (_, alias) => void targets.set(alias, anchors.get(alias.source)),
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function childrenOf(node: unknown): ReadonlyMap<string, Step> {
  const children = new Map<string, Step>();
  if (isMap(node)) {
    // Of a key that is there twice the last one counts.
    for (const { key, value } of node.items) {
      if (isScalar(key) && key.range) children.set(String(key.value), { value, offset: key.range[0] });
    }
  }
  if (isSeq(node)) {
    for (const [index, value] of node.items.entries())
      children.set(String(index), { value, offset: startOf(value) ?? node.range?.[0] ?? 0 });
  }
  return children;
}

/** A block begins in a line of its own, which says less than the key above it. */
function valueOffset(node: unknown): number | undefined {
  return isCollection(node) && node.flow !== true ? undefined : startOf(node);
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isAlias(node) || isCollection(node) ? node.range?.[0] : undefined;
}
