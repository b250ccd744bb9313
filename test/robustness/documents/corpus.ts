import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Issue } from '../../../src/errors.js';

/** An invalid document, named after its fault. */
export interface CorpusCase {
  readonly name: string;
  readonly file: string;
  /** The file as it is, expected issues and all: they stand in comments at its top. */
  readonly text: string;
}

const CORPUS = join(import.meta.dirname, 'corpus');

/** Every case of the folder: adding one is adding one file. */
export function readCorpus(): readonly CorpusCase[] {
  return readdirSync(CORPUS)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const file = join(CORPUS, name);
      return { name: basename(name, '.yaml'), file, text: readFileSync(file, 'utf8') };
    });
}

/**
 * The file as it has to be for these issues: each as code, path and place, message, cure, in comments that end at the first empty line. To accept
 * what a new or changed case says, run vitest with `-u` and read what it wrote.
 */
export function withExpectedIssues(text: string, issues: readonly Issue[]): string {
  const end = text.startsWith('#') ? text.indexOf('\n\n') + 2 : 0;
  const header = issues.map(
    ({ code, path, line, column, message, cure }) =>
      `# ${[code, path, `${line}:${column}`].filter((part) => part !== '').join(' ')}\n#   ${message}\n#   ${cure}\n`,
  );
  return `${header.join('')}\n${text.slice(end)}`;
}
