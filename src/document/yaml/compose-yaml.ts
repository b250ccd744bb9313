import { Composer, type Document, type ErrorCode, LineCounter, type YAMLError } from 'yaml';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { parseTokens } from './nesting.js';

/**
 * A document's nodes, and the lines that their offsets lie in.
 *
 * @internal
 */
export interface ComposedYaml {
  /** Undefined where the text holds none, not even an empty one. */
  readonly document: Document.Parsed | undefined;
  readonly lineCounter: LineCounter;
}

/** The schema itself is six levels deep. */
const MAX_LEVELS = 32;

/** What to write instead, where the fault is a well-known one. */
const CURES: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_DIRECTIVE: 'Remove the directive.',
  BAD_DQ_ESCAPE: 'Double the backslash, or use single quotes.',
  BAD_INDENT: 'Indent the keys of a map, and the items of a list, alike.',
  BAD_SCALAR_START: 'Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'Write one key per line, and quote values that contain ": ".',
  MISSING_CHAR: 'Add it.',
  NON_STRING_KEY: 'Write the key as a string.',
  TAB_AS_INDENT: 'Indent with spaces.',
  TAG_RESOLVE_FAILED: 'Write the value without its tag.',
};

/**
 * Composes YAML 1.2 or JSON, nested no deeper than any document needs.
 *
 * @throws EtcdBundleError `invalid-spec` with each fault's line and column if it is not one YAML document
 * @internal
 */
export function composeYaml(text: string): ComposedYaml {
  const lineCounter = new LineCounter();
  const issueAt = (offset: number, message: string, cure: string): Issue => {
    const { line, col } = lineCounter.linePos(offset);
    return { code: 'syntax', path: '', line, column: col, message, cure };
  };
  const read = parseTokens(text, MAX_LEVELS, lineCounter.addNewLine);
  if (read.type === 'too-deep') {
    const message = `This is nested more than ${MAX_LEVELS} levels deep.`;
    return refuse([issueAt(read.offset, message, 'Nest less deeply.')]);
  }
  // Composer's own check for duplicate keys takes quadratic time.
  const composer = new Composer({ stringKeys: true, uniqueKeys: false, resolveKnownTags: false });
  const [document, second] = composer.compose(read.tokens, true, text.length);
  if (document === undefined) return { document, lineCounter };
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== '1.2')
    refuse([
      issueAt(
        Math.max(0, text.indexOf('%YAML')),
        `The directive %YAML ${version} asks for another version; this is YAML 1.2.`,
        'Remove the directive.',
      ),
    ]);
  const faults = [...document.errors, ...document.warnings].map((error) =>
    issueAt(error.pos[0], faultText(error), faultCure(error)),
  );
  if (faults.length > 0) refuse(faults);
  if (second !== undefined)
    refuse([issueAt(second.range[0], 'A second document begins here.', 'Write one document per file.')]);
  return { document, lineCounter };
}

function faultText({ code, message }: YAMLError): string {
  if (code === 'NON_STRING_KEY') return 'This key is not a string.';
  const text = message.replace('tag:yaml.org,2002:', '!!').replace(/(["'])quote\b/, '$1 quote');
  return text.replace(/\.?$/, '.');
}

function faultCure({ code, message }: YAMLError): string {
  const [, bracket] = /end with a ([\]}])/.exec(message) ?? [];
  return bracket === undefined
    ? (CURES[code] ?? 'Write valid YAML.')
    : `Close it with ${bracket}, further right than its key.`;
}

function refuse(issues: readonly Issue[]): never {
  throw new EtcdBundleError('invalid-spec', issues);
}
