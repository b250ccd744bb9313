// @ts-check
// Prints what a run of the tests came to: by folder from vitest's JSON report, and how much of src/ it went through.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const [report, coverage] = process.argv.slice(2);
if (report === undefined)
  throw new Error('usage: node scripts/test-summary.js <report.json> [coverage-summary.json]');

/** @typedef {{ files: number, passed: number, failed: number, skipped: number, seconds: number }} Row */

/** @param {string} path */
function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** `test/unit`, and `test/conformance/etcd` where conformance has folders of its own. @param {string} file */
function folderOf(file) {
  const names = relative(root, file).split('/').slice(0, -1);
  return names.slice(0, names[1] === 'conformance' ? 3 : 2).join('/');
}

/** @type {Map<string, Row>} */
const rows = new Map();
for (const { name, startTime, endTime, assertionResults } of read(report).testResults) {
  const folder = folderOf(name);
  const row = rows.get(folder) ?? { files: 0, passed: 0, failed: 0, skipped: 0, seconds: 0 };
  row.files += 1;
  row.seconds += (endTime - startTime) / 1000;
  for (const { status } of assertionResults) {
    if (status === 'passed') row.passed += 1;
    else if (status === 'failed') row.failed += 1;
    else row.skipped += 1;
  }
  rows.set(folder, row);
}
const columns = ['files', 'passed', 'failed', 'skipped', 'seconds'];
console.log(`${'tests'.padEnd(28)}${columns.map((name) => name.padStart(9)).join('')}`);
for (const [folder, row] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const values = [row.files, row.passed, row.failed, row.skipped, Math.round(row.seconds)];
  console.log(`${folder.padEnd(28)}${values.map((value) => String(value).padStart(9)).join('')}`);
}

if (coverage !== undefined) {
  const { total } = read(coverage);
  const parts = ['lines', 'branches', 'functions'].map(
    (name) => `${total[name].pct} % of ${total[name].total} ${name}`,
  );
  console.log(`\ncoverage of src/: ${parts.join(', ')}`);
}
