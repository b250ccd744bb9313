// Makes dist/: the library as tsc leaves it, the program as one script that starts fast, and its manual pages. Arguments go to tsc.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { writeManPages } from './man-pages.js';
import { buildProgram } from './program.js';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await buildProgram(join(dist, 'bin'));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
if (status === 0) await writeManPages(dist);
// The program is bundled above, and nobody can import it.
rmSync(join(dist, 'cli'), { recursive: true, force: true });
