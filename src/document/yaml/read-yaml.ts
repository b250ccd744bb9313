import { Composer, type ErrorCode, LineCounter, Parser, type YAMLError } from 'yaml';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { buildValue } from './build-value.js';
import { findTooDeep } from './nesting.js';

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
 * Reads YAML 1.2 or JSON as plain data.
 *
 * @returns the data, and what is wrong with the text although it can be read: duplicate keys, of which the last counts
 * @throws EtcdBundleError `invalid-spec` if it cannot be read
 * @internal
 */
export function readYaml(text: string): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const lineCounter = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `Line ${line}, column ${col}`;
  };
  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)];
  const tooDeep = findTooDeep(tokens, MAX_LEVELS);
  if (tooDeep !== undefined) {
    refuse(`${place(tooDeep)}: This is nested more than ${MAX_LEVELS} levels deep.`, 'Nest less deeply.');
  }
  // Composer's own check for duplicate keys takes quadratic time.
  const composer = new Composer({ stringKeys: true, uniqueKeys: false, resolveKnownTags: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) return { value: null, issues: [] };
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== '1.2')
    refuse(
      `The directive %YAML ${version} asks for another version; this is YAML 1.2.`,
      'Remove the directive.',
    );
  const faults = [...document.errors, ...document.warnings].map((error): Issue => {
    const message = `${place(error.pos[0])}: ${faultText(error)}`;
    return { code: 'syntax', path: '', message, cure: faultCure(error) };
  });
  if (faults.length > 0) throw new EtcdBundleError('invalid-spec', faults);
  if (second !== undefined)
    refuse(`${place(second.range[0])}: A second document begins here.`, 'Write one document per file.');
  const { value, issues, broken } = buildValue(document.contents, (node) => place(node.range?.[0] ?? 0));
  if (broken) throw new EtcdBundleError('invalid-spec', issues);
  return { value, issues };
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

function refuse(message: string, cure: string): never {
  throw new EtcdBundleError('invalid-spec', [{ code: 'syntax', path: '', message, cure }]);
}
