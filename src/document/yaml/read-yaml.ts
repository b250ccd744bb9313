import { EtcdBundleError, type Issue } from '../../errors.js';
import { buildValue } from './build-value.js';
import { composeYaml } from './compose-yaml.js';

/**
 * Reads YAML 1.2 or JSON as plain data.
 *
 * @returns the data, and what is wrong with the text although it can be read: duplicate keys, of which the last counts
 * @throws EtcdBundleError `invalid-spec` if it cannot be read
 * @internal
 */
export function readYaml(text: string): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const { document, lineCounter } = composeYaml(text);
  if (document === undefined) return { value: null, issues: [] };
  const { value, issues, broken } = buildValue(document.contents, (node) => {
    const { line, col } = lineCounter.linePos(node.range?.[0] ?? 0);
    return { line, column: col };
  });
  if (broken) throw new EtcdBundleError('invalid-spec', issues);
  return { value, issues };
}
