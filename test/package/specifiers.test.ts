import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder, readManifest } from './installed/dependencies.js';

/** A folder below the user's cache folder, which docs/decisions.md speaks of. */
const folders: ReadonlySet<string> = new Set(['etcd-bundle/code']);

/** In quotes as code has them, or in backquotes as prose does. */
const specifier = /(['"`])(etcd-bundle(?:\/[\w.-]+)*)\1/g;

function documents(): readonly string[] {
  const below = ['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  );
  const top = readdirSync(projectFolder);
  return [...top, ...below].filter((name) => name.endsWith('.md'));
}

it('every entry that a document names is one of the package', () => {
  const exported = new Set(
    Object.keys(Object(readManifest(projectFolder)['exports'])).map((key) =>
      join('etcd-bundle', key).replace(/\/$/, ''),
    ),
  );
  expect(exported).toContain('etcd-bundle/verify');
  const named = documents().flatMap((name) =>
    [...readFileSync(join(projectFolder, name), 'utf8').matchAll(specifier)].map(([, , path = '']) => ({
      name,
      path,
    })),
  );
  expect(named.map(({ path }) => path)).toContain('etcd-bundle/node');
  expect(named.filter(({ path }) => !exported.has(path) && !folders.has(path))).toEqual([]);
});
