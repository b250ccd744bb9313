// What an error says is wording, and tests hold it by the words that matter. That every sentence would be missed if it were empty
// is nothing to know, and hundreds of such mutants would hide the others. Template literals stay: they carry values.

const WORDING_PROPERTIES = new Set(['message', 'cure', 'source']);
const SENTENCE = /^[A-Z].* .*\.$/s;

/** @param {import('@stryker-mutator/api/ignore').NodePath} path */
function shouldIgnore(path) {
  if (!path.isStringLiteral()) return undefined;
  const isWording =
    SENTENCE.test(path.node.value) ||
    (path.parent.type === 'ObjectProperty' && WORDING_PROPERTIES.has(path.parent.key.name)) ||
    path.findParent((parent) => parent.isNewExpression())?.node.callee.name?.endsWith('Error');
  return isWording ? 'wording' : undefined;
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'wording', value: { shouldIgnore } }];
