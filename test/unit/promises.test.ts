import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/verify/rules.js';

const TESTS = join(import.meta.dirname, '..');
/** Folders whose every suite has to stand behind a promise. */
const EVIDENCE = ['conformance', 'golden', 'hosts', 'package', 'property', 'robustness'];
/** The harness of the hosts looks at itself. */
const HARNESS = ['hosts/hosts.test.ts'];

const rows = readFileSync(join(TESTS, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && line.includes(']('));
const checks = rows.flatMap((row) =>
  [...row.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, shown, path = '']) => ({ shown, path })),
);

describe('the rules of verify', () => {
  it('each have a table of faults in the test that lies where the rule does', () => {
    const folder = 'verify/rules';
    const sources = readdirSync(join(TESTS, '../src', folder));
    const names = sources.flatMap((source) => {
      const text = readFileSync(join(TESTS, '../src', folder, source), 'utf8');
      return [...text.matchAll(/: Rule = (?:\{|\w+\(\n {2}\{)\n +name: '([a-z-]+)'/g)].map(
        ([, name = '']) => ({
          source,
          name,
        }),
      );
    });
    expect(names.map(({ name }) => name).sort()).toEqual(RULES.map(({ name }) => name).sort());
    for (const { source, name } of names) {
      const suite = join(TESTS, 'unit', folder, source.replace(/\.ts$/, '.test.ts'));
      expect(existsSync(suite), suite).toBe(true);
      expect(readFileSync(suite, 'utf8'), suite).toMatch(new RegExp(`describeRule\\(\\s*'${name}'`));
    }
  });
});

describe('the table of promises', () => {
  it('names checks that exist', () => {
    expect(checks.length).toBeGreaterThan(40);
    for (const { shown, path } of checks) {
      expect(shown).toBe(path);
      expect(existsSync(join(TESTS, path)), path).toBe(true);
    }
  });

  it('has a result for every promise', () => {
    for (const row of rows) expect(row).toMatch(/ \d+ passed, \d{4}-\d\d-\d\d \|$/);
  });

  it('leaves no suite without a promise', () => {
    const suites = EVIDENCE.flatMap((folder) =>
      readdirSync(join(TESTS, folder), { recursive: true, withFileTypes: true })
        .filter(({ name }) => name.endsWith('.test.ts'))
        .map(({ name, parentPath }) => relative(TESTS, join(parentPath, name))),
    );
    const alone = suites.filter(
      (suite) => !HARNESS.includes(suite) && !checks.some(({ path }) => `${suite}/`.startsWith(`${path}/`)),
    );
    expect(alone).toEqual([]);
  });
});
