import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { parsePath } from '../../../src/document/path.js';
import type { Issue } from '../../../src/errors.js';
import { type IssueKind, issueKind } from '../../../src/issue-codes.js';
import { sample } from '../../support/long-tests.js';
import { NOW, runCli } from '../../unit/cli/fake-io.js';
import { writeAuthorityFiles } from './authority-files.js';
import { type CorpusCase, readCorpus, withExpectedIssues } from './corpus.js';

/** Every kind there is, and whether a document can bring it about. A new one does not compile until it is told. */
const OF_DOCUMENTS: Readonly<Record<IssueKind, boolean>> = {
  syntax: true,
  missing: true,
  'unknown-key': true,
  'wrong-type': true,
  'invalid-value': true,
  duplicate: true,
  conflict: true,
  'unsupported-by-release': true,
  'outlives-authority': true,
  'unusable-authority': true,
  // A certificate that breaks a rule of RFC 5280 is refused as a document first.
  lint: false,
  system: false,
  notice: false,
  usage: false,
};

const corpus = readCorpus();
/** Cases that are told twice: as to programs, and to people. */
const toldTwice = new Set(sample(corpus, 4));
const issuesOfCase = new Map<string, readonly Issue[]>();
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  await writeAuthorityFiles(folder, NOW);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function generate({ text }: CorpusCase, ...options: readonly string[]) {
  const outcome = await runCli(['generate', '-', '--out', 'out', ...options], { cwd: folder, stdin: text });
  // A document that is right after all fails its own tests, and no other's.
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  return outcome;
}

async function issuesOf(corpusCase: CorpusCase): Promise<readonly Issue[]> {
  const known = issuesOfCase.get(corpusCase.name);
  if (known !== undefined) return known;
  const { stdout } = await generate(corpusCase, '--json');
  const { issues = [] }: { issues?: readonly Issue[] } = JSON.parse(stdout);
  issuesOfCase.set(corpusCase.name, issues);
  return issues;
}

describe.each(corpus)('$name', (corpusCase) => {
  it('is refused with the issues that its file expects', async () => {
    const before = readdirSync(folder);
    const issues = await issuesOf(corpusCase);
    await expect(withExpectedIssues(corpusCase.text, issues)).toMatchFileSnapshot(corpusCase.file);
    expect(issues.length).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(before);
  });

  it.runIf(toldTwice.has(corpusCase))('is told to people as to programs, with exit status 1', async () => {
    const issues = await issuesOf(corpusCase);
    const { exitCode, stdout, stderr } = await generate(corpusCase);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const told = stderr.split('\n').filter((line) => /^-(?::\d+:\d+)?: /.test(line));
    expect(told).toHaveLength(issues.length);
    expect(stderr).not.toMatch(/\n {4}at |\bundefined\b(?!")|\[object |NaN(?! is)/);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
  });

  it('says what, where and what to write instead', async () => {
    const lines = corpusCase.text.split('\n');
    for (const { code, path, line = 0, column = 0, message, cure } of await issuesOf(corpusCase)) {
      expect(column).toBeGreaterThan(0);
      expect(lines[line - 1]?.length).toBeGreaterThanOrEqual(column - 1);
      expect(message).toMatch(/^[^\n]{3,}\.$/);
      expect(cure).toMatch(/^[A-Z][^\n]{3,}[.?]$/);
      expect(`${message} ${cure}`).not.toMatch(/hunter2|aHVudGVyMg|hdW50ZXIy/);
      if (issueKind(code) !== 'syntax') expect(isPlace(readDocument(corpusCase), path), path).toBe(true);
    }
  });
});

describe('the corpus', () => {
  it('has a case for every kind that a document can bring about', async () => {
    const found = new Set(
      (await Promise.all(corpus.map(issuesOf))).flat().map(({ code }) => issueKind(code)),
    );
    const expected = Object.entries(OF_DOCUMENTS).flatMap(([kind, isOfDocuments]) =>
      isOfDocuments ? [kind] : [],
    );
    expect([...found].sort()).toEqual(expected.sort());
  });

  it('has a case for every key of the schema', async () => {
    const paths = (await Promise.all(corpus.map(issuesOf)))
      .flat()
      .map(({ path }) => path.replaceAll(/\[\d+\]/g, ''));
    const schema: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../schema/cluster.schema.json'), 'utf8'),
    );
    const missing = schemaPaths(schema).filter((key) => !paths.some((path) => path === key));
    expect(missing).toEqual([]);
  });

  it('says no problem twice', async () => {
    for (const corpusCase of corpus) {
      const told = (await issuesOf(corpusCase)).map(({ path, message }) => `${path} ${message}`);
      expect(new Set(told).size, corpusCase.name).toBe(told.length);
    }
  });
});

function readDocument({ text }: CorpusCase): unknown {
  return parseDocument(text, { uniqueKeys: false, logLevel: 'silent' }).toJS();
}

/** Whether a path leads to a value of the document, or to a key that can be added below the top of it. */
function isPlace(document: unknown, path: string): boolean {
  let value = document;
  for (const [index, key] of parsePath(path).entries()) {
    if (typeof value !== 'object' || value === null) return false;
    if (!Object.hasOwn(value, key)) return index > 0 || key === 'members';
    value = Reflect.get(value, key);
  }
  return true;
}

/** `members.name`, `etcd.settings`: every key that the schema names, list indexes left out. */
function schemaPaths(schema: unknown, prefix = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties = 'properties' in schema ? Object.entries(schema.properties ?? {}) : [];
  const below = properties.flatMap(([key, child]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...schemaPaths(child, path)];
  });
  return 'items' in schema ? [...below, ...schemaPaths(schema.items, prefix)] : below;
}
