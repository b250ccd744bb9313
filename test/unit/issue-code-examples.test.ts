import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../src/errors.js';
import { SETTING_RULES } from '../../src/etcd/combinations/combinations.js';
import { ISSUE_CODES } from '../../src/issue-codes.js';
import { LINT_RULES } from '../../src/x509/lint/lint-certificate.js';
import { readCorpus } from '../robustness/documents/corpus.js';
import {
  type IssueCodeExample,
  issueCodeExamples,
  NEEDS_MORE,
  tryDocument,
} from '../support/issue-code-examples.js';
import { itLong } from '../support/long-tests.js';
import { makeFolder, runCli } from './cli/fake-io.js';

const examples = Object.entries(issueCodeExamples).map(([code, example]) => ({ code, example }));
/** Their bounds take many seconds to reach. */
const isHeavy = ({ code }: (typeof examples)[number]): boolean =>
  code === 'too-many-certificates' || code === 'too-many-files';

async function codesOf(example: IssueCodeExample): Promise<readonly string[]> {
  if ('argv' in example) {
    const cwd = makeFolder();
    await example.prepare?.(cwd);
    const { stderr } = await runCli(example.argv, { cwd });
    return [...stderr.matchAll(/ \[([a-z0-9.-]+)\]$/gm)].map(([, code = '']) => code);
  }
  try {
    if ('document' in example) return tryDocument(example.document).map(({ code }) => code);
    await example.run();
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues.map(({ code }) => code);
  }
}

const ROOT = join(import.meta.dirname, '../..');

describe('every code', () => {
  const isTold = async ({ code, example }: (typeof examples)[number]): Promise<void> =>
    expect(await codesOf(example)).toContain(code);

  it.each(examples.filter((row) => !isHeavy(row)))('$code is told of its example', isTold);
  itLong.each(examples.filter(isHeavy))('$code is told of its example', isTold);

  it('has an example here, in the corpus of documents, or among the rules', () => {
    // What stands there, test/robustness/documents and the tests of the rules hold against what is told.
    const inCorpus = readCorpus().flatMap(({ text }) =>
      [...text.matchAll(/^# (\S+) /gm)].map(([, code = '']) => code),
    );
    const rules = [...SETTING_RULES.map(({ id }) => id), ...LINT_RULES.map(({ name }) => name)];
    const made = new Set<string>([
      ...Object.keys(issueCodeExamples),
      ...Object.keys(NEEDS_MORE),
      ...inCorpus,
      ...rules,
    ]);
    const all = Object.values(ISSUE_CODES).flatMap((codes) => Object.keys(codes));
    expect(all.filter((code) => !made.has(code))).toEqual([]);
  });

  it.each(Object.entries(NEEDS_MORE))('%s is made elsewhere: %s', (code, where = '') => {
    expect(readFileSync(join(ROOT, where.replace(/^.*: /, '')), 'utf8')).toContain(code);
  });
});
