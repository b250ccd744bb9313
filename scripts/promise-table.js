// @ts-check
// Writes the last column of the table in test/README.md: what the checks of each promise came to in a run of the tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const tests = resolve(import.meta.dirname, '../test');
const page = resolve(tests, 'README.md');
const [report] = process.argv.slice(2);
if (report === undefined) throw new Error('usage: node scripts/promise-table.js <report.json of vitest>');

/** @type {{testResults: readonly {name: string, startTime: number, assertionResults: readonly {status: string}[]}[]}} */
const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
const day = new Date(Math.max(...testResults.map(({ startTime }) => startTime))).toISOString().slice(0, 10);

/** @param {string} path - of a file or folder below test/ */
function statusesBelow(path) {
  return testResults
    .filter(({ name }) => `${relative(tests, name)}/`.startsWith(`${path}/`))
    .flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
}

/** @param {string} line */
function withResult(line) {
  const cells = line.split('|');
  if (cells.length !== 5) return line;
  const paths = [...(cells[2] ?? '').matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) =>
    path.replace(/\/$/, ''),
  );
  const statuses = paths.filter((path) => !path.startsWith('..')).flatMap(statusesBelow);
  if (statuses.length === 0) return line;
  const count = /** @param {string} wanted */ (wanted) =>
    statuses.filter((status) => status === wanted).length;
  if (count('passed') + count('failed') < statuses.length)
    throw new Error(
      `${paths.join(', ')}: some were skipped; run with ETCD_BUNDLE_REQUIRE_PROGRAMS=1 ETCD_BUNDLE_LONG_TESTS=1`,
    );
  const failed = count('failed') === 0 ? '' : `, ${count('failed')} failed`;
  cells[3] = ` ${count('passed')} passed${failed}, ${day} `;
  return cells.join('|');
}

const lines = readFileSync(page, 'utf8').split('\n');
writeFileSync(page, lines.map((line) => (line.startsWith('|') ? withResult(line) : line)).join('\n'));
