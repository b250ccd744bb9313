import { type CST, Lexer, Parser } from 'yaml';

/**
 * A text's tokens, or why there are none: it is nested too deeply, or has more lexemes than was allowed.
 *
 * @internal
 */
export type Tokens =
  | { readonly type: 'tokens'; readonly tokens: readonly CST.Token[] }
  | { readonly type: 'too-deep'; readonly offset: number }
  | { readonly type: 'too-long' };

/**
 * Scalars, signs, spaces and line ends; about eight a key, so enough for a thousand members with fifty keys each. The parser makes objects of
 * a hundred times the size of a lexeme such as `1,`.
 */
const MAX_LEXEMES = 400_000;

/**
 * Parses YAML into tokens that composing can recurse into.
 *
 * @param onNewLine - is told the offset of each line
 * @internal
 */
export function parseTokens(text: string, levels: number, onNewLine?: (offset: number) => void): Tokens {
  let line = 0;
  const parser = new Parser((offset) => {
    line = offset;
    onNewLine?.(offset);
  });
  try {
    const tokens: CST.Token[] = [];
    onNewLine?.(0);
    let lexemes = 0;
    for (const lexeme of new Lexer().lex(text)) {
      lexemes += 1;
      if (lexemes > MAX_LEXEMES) return { type: 'too-long' };
      for (const token of parser.next(lexeme)) tokens.push(token);
    }
    for (const token of parser.end()) tokens.push(token);
    const offset = findTooDeep(tokens, levels);
    return offset === undefined ? { type: 'tokens', tokens } : { type: 'too-deep', offset };
  } catch (error) {
    // Where a text ends, the parser closes each open map from within the next (yaml `parse/parser.ts`, pop), so the stack may end first.
    if (error instanceof RangeError) return { type: 'too-deep', offset: line };
    throw error;
  }
}

/**
 * Finds what is nested more deeply than any document needs. Composing recurses, and where the stack ends in the middle of it, V8
 * may end the whole process; so this looks first, without recursion.
 *
 * @returns offset of something too deep, or undefined
 */
function findTooDeep(tokens: readonly CST.Token[], levels: number): number | undefined {
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
