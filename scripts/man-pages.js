import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes the manual page of the program, and one of each command, into dist/man, from the table of commands as tsc left it in dist/cli.
 */
export async function writeManPages(dist) {
  const load = (path) => import(pathToFileURL(join(dist, path)).href);
  const { commands } = await load('cli/commands.js');
  const { manPages } = await load('cli/man-pages.js');
  const { version } = await load('node/version.js');
  mkdirSync(join(dist, 'man'));
  for (const [name, text] of manPages(commands, version)) writeFileSync(join(dist, 'man', name), text);
}
