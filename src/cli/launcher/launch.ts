import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';
import { codeCacheFolder, readCodeCache, writeCodeCache } from './code-cache.js';

// The program proper is one script beside this one. Compiling it takes longer than what it does for a small cluster, so V8's
// compiled form is kept. A script that is compiled by hand can be given it on every Node; module.enableCompileCache(), from
// Node 22.8 on, brings half as much (docs/decisions.md).

/** Set by scripts/program.js, which makes the script one function, and leaves nothing but ASCII in it: changes with the script. */
declare const BUILD_ID: string;

const file = join(__dirname, 'main.cjs');
const [, , command = ''] = process.argv;
const folder = /^[a-z]{1,16}$/.test(command) ? codeCacheFolder(process.env) : undefined;
const name = `${BUILD_ID}-${process.version}-${process.arch}-${command}`;
const cachedData = folder === undefined ? undefined : readCodeCache(folder, name);
const script = new Script(readFileSync(file, 'latin1'), {
  filename: file,
  ...(cachedData === undefined ? {} : { cachedData }),
});
if (folder !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
  process.once('exit', (exitCode) => {
    // What ran is what is worth keeping; a command that does not exist ran nothing.
    if (exitCode < 2) writeCodeCache(folder, name, script.createCachedData());
  });
}
const main = { exports: {} };
script.runInThisContext()(main.exports, createRequire(file), main, file, __dirname);
