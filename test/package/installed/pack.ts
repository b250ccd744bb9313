import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { object, parse, string, tuple } from 'valibot';
import { isLong } from '../../support/long-tests.js';
import { programDependencies, projectFolder } from './dependencies.js';
import { npm } from './npm.js';

const notCopied: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', 'coverage', 'out']);
const packed = tuple([object({ filename: string() })]);

/**
 * `npm pack` of a copy of the project, which is built there: what is published is what the sources say now, whatever lies in dist/.
 *
 * @param folder an existing, empty one: the copy goes to `project` in it
 * @returns absolute path of the tarball
 */
export async function packProject(folder: string): Promise<string> {
  const copy = join(folder, 'project');
  mkdirSync(copy);
  for (const name of readdirSync(projectFolder)) {
    if (!notCopied.has(name)) cpSync(join(projectFolder, name), join(copy, name), { recursive: true });
  }
  linkModules(copy);
  const pack = ['pack', '--json', `--pack-destination=${folder}`];
  if (!isLong) {
    // The same files in half the time; `npm run typecheck` has the types.
    await promisify(execFile)(process.execPath, ['scripts/build.js', '--noCheck'], { cwd: copy });
    pack.push('--ignore-scripts');
  }
  const said = await npm(pack, { cwd: copy, cache: join(folder, 'home') });
  // Before it npm prints what the build says.
  const [{ filename }] = parse(packed, JSON.parse(said.slice(said.search(/^\[$/m))));
  return join(folder, filename);
}

/** What is bundled has to lie in the copy, because its paths end up in the bundle; what only builds may lie elsewhere. */
function linkModules(copy: string): void {
  const modules = join(projectFolder, 'node_modules');
  const bundled = new Set(
    programDependencies().map(({ folder }) => relative(modules, folder).split('/node_modules/')[0] ?? ''),
  );
  for (const name of readdirSync(modules)) {
    if (name.startsWith('.')) continue;
    const packages = name.startsWith('@')
      ? readdirSync(join(modules, name)).map((it) => `${name}/${it}`)
      : [name];
    for (const path of packages) {
      const target = join(copy, 'node_modules', path);
      mkdirSync(dirname(target), { recursive: true });
      if (bundled.has(path)) cpSync(join(modules, path), target, { recursive: true });
      else symlinkSync(join(modules, path), target);
    }
  }
}
