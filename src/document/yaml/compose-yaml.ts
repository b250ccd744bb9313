import { Composer, type Document, type ErrorCode, LineCounter, type YAMLError } from 'yaml';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { tooLarge } from '../bounds.js';
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

/** A code of our own, and what to write instead. */
type Fault = Pick<Issue, 'code' | 'cure'>;

const SECOND_DOCUMENT: Fault = { code: 'yaml-documents', cure: 'Write one document per file.' };
const DIRECTIVE: Fault = { code: 'yaml-directive', cure: 'Remove the directive.' };
/** The well-known ones. */
const FAULTS: Readonly<Partial<Record<ErrorCode, Fault>>> = {
  BAD_DIRECTIVE: DIRECTIVE,
  BAD_DQ_ESCAPE: { code: 'yaml-escape', cure: 'Double the backslash, or use single quotes.' },
  BAD_INDENT: { code: 'yaml-indentation', cure: 'Indent the keys of a map, and the items of a list, alike.' },
  BAD_SCALAR_START: { code: 'yaml-plain-scalar', cure: 'Put the value in quotes.' },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'yaml-implicit-key',
    cure: 'Write one key per line, and quote values that contain ": ".',
  },
  MISSING_CHAR: { code: 'yaml-missing-character', cure: 'Add it.' },
  NON_STRING_KEY: { code: 'yaml-key', cure: 'Write the key as a string.' },
  TAB_AS_INDENT: { code: 'yaml-tab', cure: 'Indent with spaces.' },
  TAG_RESOLVE_FAILED: { code: 'yaml-tag', cure: 'Write the value without its tag.' },
};

/**
 * Composes YAML 1.2 or JSON, nested no deeper than any document needs.
 *
 * @throws EtcdBundleError `invalid-spec` with each fault's line and column if it is not one YAML document
 * @internal
 */
export function composeYaml(text: string): ComposedYaml {
  const lineCounter = new LineCounter();
  const issueAt = (offset: number, message: string, { code, cure }: Fault): Issue => {
    const { line, col } = lineCounter.linePos(offset);
    return { code, path: '', line, column: col, message, cure };
  };
  const read = parseTokens(text, MAX_LEVELS, lineCounter.addNewLine);
  if (read.type === 'too-deep') {
    const message = `This is nested more than ${MAX_LEVELS} levels deep.`;
    return refuse([issueAt(read.offset, message, { code: 'yaml-nesting', cure: 'Nest less deeply.' })]);
  }
  if (read.type === 'too-long') return refuse([tooLarge()]);
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
        DIRECTIVE,
      ),
    ]);
  const faults = [...document.errors, ...document.warnings].map((error) =>
    issueAt(error.pos[0], faultText(error), faultOf(error)),
  );
  if (faults.length > 0) refuse(faults);
  if (second !== undefined)
    refuse([issueAt(second.range[0], 'A second document begins here.', SECOND_DOCUMENT)]);
  return { document, lineCounter };
}

function faultText({ code, message }: YAMLError): string {
  if (code === 'NON_STRING_KEY') return 'This key is not a string.';
  const text = message.replace('tag:yaml.org,2002:', '!!').replace(/(["'])quote\b/, '$1 quote');
  return text.replace(/\.?$/, '.');
}

function faultOf({ code, message }: YAMLError): Fault {
  const [, bracket] = /end with a ([\]}])/.exec(message) ?? [];
  return bracket === undefined
    ? (FAULTS[code] ?? { code: 'yaml-syntax', cure: 'Write valid YAML.' })
    : { code: 'yaml-unclosed', cure: `Close it with ${bracket}, further right than its key.` };
}

function refuse(issues: readonly Issue[]): never {
  throw new EtcdBundleError('invalid-spec', issues);
}
