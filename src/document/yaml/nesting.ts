import type { CST } from 'yaml';

/**
 * Finds what is nested more deeply than any document needs. Composing recurses, and where the stack ends in the middle of it, V8
 * may end the whole process; so this looks first, without recursion.
 *
 * @returns offset of something too deep, or undefined
 * @internal
 */
export function findTooDeep(tokens: readonly CST.Token[], levels: number): number | undefined {
  const open = tokens.map((token) => ({ token, level: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, level } = next;
    if (level > levels) return token.offset;
    for (const child of childrenOf(token)) open.push({ token: child, level: level + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}
