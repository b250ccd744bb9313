import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SystemdSection } from '../../../src/cluster-spec.js';
import { parseEnvironmentFile, renderEnvironmentFile } from '../../../src/systemd/environment-file.js';
import { renderEtcdUnit } from '../../../src/systemd/etcd-unit.js';
import { type ExecWord, quotePath } from '../../../src/systemd/quote.js';
import { mergeDirectives, renderUnit } from '../../../src/systemd/unit.js';
import { parseUnit, splitExecStart } from '../../../src/systemd/unit-reader.js';
import { splitQuotedWords } from '../../../src/systemd/words.js';
import { runs } from '../../support/long-tests.js';
import { environmentFileTexts, environmentValues, execLines, execWords, paths } from './hostile.js';

const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const variables = fc.uniqueArray(fc.record({ name: names, value: environmentValues }), {
  selector: ({ name }) => name,
  maxLength: 8,
});
const binaries = paths.filter((path) => !/["'\\]/.test(path));
const directiveNames = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,5}$/);
const values = execWords.map((text) =>
  text.replaceAll(/[\0\r\n]|\p{Noncharacter_Code_Point}/gu, '').replaceAll(/^[ \t]+|[ \t\\]+$/g, ''),
);
const sections: fc.Arbitrary<readonly SystemdSection[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('Unit', 'Service', 'Install', 'X-A', 'a.b'),
    directives: fc.uniqueArray(
      fc.record({
        name: directiveNames.filter((name) => name !== 'ExecStart'),
        values: fc.array(values, { minLength: 1, maxLength: 3 }),
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 4 },
    ),
  }),
  { selector: ({ name }) => name },
);

describe('what we write, we read back', () => {
  it('commands, whatever the binary, the words and the values of their variables', () => {
    const word = fc.oneof<fc.Arbitrary<ExecWord>[]>(
      execWords,
      fc.array(
        fc.oneof(
          execWords,
          fc.constantFrom('A', 'B').map((variable) => ({ variable })),
        ),
        { maxLength: 4 },
      ),
    );
    fc.assert(
      fc.property(binaries, fc.array(word, { maxLength: 8 }), environmentValues, (binary, words, value) => {
        const unit = renderEtcdUnit({ directives: [], exec: { binary, words }, user: 'root' });
        const environment = new Map([['A', value]]);
        const line = parseUnit(unit)[0]?.directives[0]?.values[0] ?? '';
        const meant = words.map((given) =>
          typeof given === 'string'
            ? given
            : given
                .map((part) => (typeof part === 'string' ? part : (environment.get(part.variable) ?? '')))
                .join(''),
        );
        expect(splitExecStart(line, environment)).toEqual([binary, ...meant]);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('units', () => {
    fc.assert(
      fc.property(sections, (given) => {
        expect(parseUnit(renderUnit(given))).toEqual(given);
      }),
      { numRuns: runs(500) },
    );
  });

  it('environment files', () => {
    fc.assert(
      fc.property(variables, fc.option(execWords, { nil: undefined }), (given, header) => {
        const text = renderEnvironmentFile(given, header?.replaceAll(/[\r\n]/g, ' '));
        expect(parseEnvironmentFile(text)).toEqual({ variables: given, ignored: [] });
      }),
      { numRuns: runs(2000) },
    );
  });

  it('items of path lists, each as one word', () => {
    fc.assert(
      fc.property(paths, paths, (one, other) => {
        const line = `${quotePath(one)} ${quotePath(other)}`;
        const read = splitQuotedWords(line)?.map((word) => word.value.replaceAll('%%', '%'));
        expect(read).toEqual([one, other]);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('what others wrote', () => {
  it('is read without a failure, and the raw words of a line make the line', () => {
    fc.assert(
      fc.property(execLines, environmentFileTexts, (line, text) => {
        parseEnvironmentFile(text);
        const words = splitQuotedWords(line);
        if (words === undefined) return;
        expect(splitQuotedWords(words.map(({ raw }) => raw).join('\t'))).toEqual(words);
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('mergeDirectives', () => {
  it('over nothing, nothing over it, and twice is as once', () => {
    fc.assert(
      fc.property(sections, sections, (base, over) => {
        expect(mergeDirectives(base, [])).toEqual(base);
        const once = mergeDirectives(base, over);
        expect(mergeDirectives(once, over)).toEqual(once);
      }),
    );
  });
});
