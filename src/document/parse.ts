import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../errors.js';
import { beyondBounds, tooLong } from './bounds.js';
import { inDocumentOrder } from './document-order.js';
import { createIssueList } from './issue-list.js';
import { locateIssues } from './locate-issues.js';
import { privateKeyInData, privateKeyInText } from './private-keys.js';
import { resolveDocument } from './resolve/resolve.js';
import { salvageShape } from './salvage.js';
import { parseShape } from './shape.js';
import { readYaml } from './yaml/read-yaml.js';

/** Issues that are listed; the rest is counted. */
const MAX_LISTED = 1_000;

/**
 * Reads a document's text: YAML 1.2 or JSON.
 *
 * @param text - the contents of `cluster.yaml`
 * @throws EtcdBundleError `invalid-spec` with everything that is wrong, each with its line and column
 * @example
 * ```ts
 * const spec = parseClusterDocument('members: [{name: e1, address: 10.0.0.1}]');
 * spec.preset; // => 'hardened'
 * ```
 * @public
 */
export function parseClusterDocument(text: string): ClusterSpec {
  refuse(tooLong(text));
  refuse(privateKeyInText(text));
  const { value, issues } = readYaml(text);
  try {
    refuse(privateKeyInData(value));
    return parse(value, issues);
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    throw new EtcdBundleError(error.code, locateIssues(text, error.issues));
  }
}

/**
 * Reads the text of a document that a bundle has, which was searched for private keys before it was put there. It is searched again only where
 * something is wrong with it, since what is said of that might quote one.
 *
 * @throws EtcdBundleError as parseClusterDocument does
 * @internal
 */
export function parseStoredDocument(text: string): ClusterSpec {
  try {
    refuse(tooLong(text));
    const { value, issues } = readYaml(text);
    return parse(value, issues);
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return parseClusterDocument(text);
  }
}

/**
 * Reads a document that is data already: checks it, lays it over its preset, fills in every default.
 *
 * @param document - what `cluster.yaml` holds, as `unknown` from any parser or as an object literal
 * @throws EtcdBundleError `invalid-spec` with everything that is wrong
 * @example
 * ```ts
 * const spec = parseClusterSpec({ members: [{ name: 'e1', address: '10.0.0.1' }], etcd: { version: '3.6' } });
 * spec.etcd.version; // => { release: '3.6' }
 * ```
 * @public
 */
export function parseClusterSpec(document: unknown): ClusterSpec {
  refuse(privateKeyInData(document));
  return parse(document, []);
}

/** @throws EtcdBundleError with this issue alone */
function refuse(issue: Issue | undefined): void {
  if (issue !== undefined) throw new EtcdBundleError('invalid-spec', [issue]);
}

/** @param found - what is known to be wrong already */
function parse(document: unknown, found: readonly Issue[]): ClusterSpec {
  const tooMany = beyondBounds(document);
  if (tooMany.length > 0) fail(tooMany, document);
  const issues = createIssueList();
  issues.addAll(found);
  const shape = parseShape(document);
  if (shape.type === 'issues') {
    issues.addAll(shape.issues);
    const rest = salvageShape(document);
    if (rest.type === 'document') resolveDocument(rest.document, issues);
    fail(issues.issues, document);
  }
  const spec = resolveDocument(shape.document, issues);
  if (issues.issues.length > 0) fail(issues.issues, document);
  return spec;
}

/** @throws EtcdBundleError with these issues, as many as anybody reads */
function fail(issues: readonly Issue[], document: unknown): never {
  const ordered = inDocumentOrder(issues, document);
  const listed = ordered.slice(0, MAX_LISTED);
  const more = ordered.length - listed.length;
  if (more > 0)
    listed.push({
      code: 'issues-left-out',
      path: '',
      message: `${more} more faults of this document are not listed.`,
      cure: 'Mend the listed ones first.',
    });
  throw new EtcdBundleError('invalid-spec', listed);
}
