import { isMap, LineCounter, parseDocument } from 'yaml';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { ClusterSpec } from '../spec/cluster-spec.js';
import { inDocumentOrder } from './document-order.js';
import { createIssueList } from './issue-list.js';
import { privateKeyInData, privateKeyInText } from './private-keys.js';
import { resolveDocument } from './resolve/resolve.js';
import { salvageShape } from './salvage.js';
import { parseShape } from './shape.js';

/**
 * Reads a document's text: YAML 1.2 or JSON.
 *
 * @param text - the contents of `cluster.yaml`
 * @throws EtcdBundleError `invalid-spec` with everything that is wrong
 * @public
 */
export function parseClusterDocument(text: string): ClusterSpec {
  const privateKey = privateKeyInText(text);
  if (privateKey !== undefined) throw new EtcdBundleError('invalid-spec', [privateKey]);
  return parseClusterSpec(readYaml(text));
}

/**
 * Reads a document that is data already: checks it, lays it over its preset, fills in every default.
 *
 * @param document - what `cluster.yaml` holds, as `unknown` from any parser or as an object literal
 * @throws EtcdBundleError `invalid-spec` with everything that is wrong
 * @public
 */
export function parseClusterSpec(document: unknown): ClusterSpec {
  const privateKey = privateKeyInData(document);
  if (privateKey !== undefined) throw new EtcdBundleError('invalid-spec', [privateKey]);
  const shape = parseShape(document);
  const issues = createIssueList();
  if (shape.type === 'issues') {
    issues.addAll(shape.issues);
    const rest = salvageShape(document);
    if (rest.type === 'document') resolveDocument(rest.document, issues);
    throw new EtcdBundleError('invalid-spec', inDocumentOrder(issues.issues, document));
  }
  const spec = resolveDocument(shape.document, issues);
  if (issues.issues.length > 0) {
    throw new EtcdBundleError('invalid-spec', inDocumentOrder(issues.issues, document));
  }
  return spec;
}

function readYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    stringKeys: true,
    prettyErrors: false,
    resolveKnownTags: false,
  });
  const issues = [...document.errors, ...document.warnings].map((error): Issue => {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const isDuplicate = error.code === 'DUPLICATE_KEY';
    return {
      code: isDuplicate ? 'duplicate' : 'syntax',
      path: '',
      message: `Line ${line}, column ${col}: ${error.message.replace(/\.?$/, '.')}`,
      cure: isDuplicate ? 'Write every key once.' : 'Write valid YAML.',
    };
  });
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
  if (!isMap(document.contents)) return document.contents === null ? null : document.toJS();
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new EtcdBundleError('invalid-spec', [
      {
        code: 'syntax',
        path: '',
        message: `${message}.`,
        cure: 'Write the values out instead of repeating aliases.',
      },
    ]);
  }
}
