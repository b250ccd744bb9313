import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
const DECLARATION =
  /\/\*\*(?:(?!\*\/)[\s\S])*?@public\s*\*\/\nexport (?:async )?(?:abstract )?(?:function\*?|interface|type|const|class) (\w+)/g;

it('only what an entry exports is @public', () => {
  const reports = readdirSync(join(PROJECT, 'etc'))
    .filter((name) => name.endsWith('.api.md'))
    .map((name) => readFileSync(join(PROJECT, 'etc', name), 'utf8'))
    .join('\n');
  const isReported = (name: string): boolean =>
    new RegExp(`\\b(?:function|interface|type|const|class) ${name}\\b`).test(reports);
  const tagged = readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      [...readFileSync(join(PROJECT, 'src', path), 'utf8').matchAll(DECLARATION)].map(([, name = '']) => ({
        path,
        name,
      })),
    );
  expect(tagged.length).toBeGreaterThan(100);
  expect(tagged.filter(({ name }) => !isReported(name))).toEqual([]);
});
