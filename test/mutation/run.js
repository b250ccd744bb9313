#!/usr/bin/env node
// Mutation testing: changes the source in one place at a time and names the changes that no test of the same folder notices.
//
//   node test/mutation/run.js                 every folder of folders.js
//   node test/mutation/run.js x509 pki        these
//   node test/mutation/run.js sample          a part that is done in minutes
//   node test/mutation/run.js --again x509    what changed, in the source or in the tests that reach it, since the last run; what runs
//                                             as a file is loaded, and what a helper of the tests decides, is not tried again
//
// Stryker 10 needs Node 22, and the project has to work on Node 20: both lie in the cache, apart from the project's packages.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FOLDERS } from './folders.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'etcd-bundle');
const INSTALLED_FROM = ['package.json', 'package-lock.json', '.npmrc'];

const again = process.argv.includes('--again');
const asked = process.argv.slice(2).filter((argument) => argument !== '--again');
const unknown = asked.filter((name) => name !== 'sample' && !Object.hasOwn(FOLDERS, name));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: not one of ${Object.keys(FOLDERS).join(', ')}, sample`);
  process.exit(2);
}
// Stryker is told to stop, and what it leaves is removed here.
let running;
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    isStopped = true;
    running?.kill(signal);
  });

const stryker = await install();
const node = await findNode();
const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(FOLDERS)) {
  if (isStopped || (await mutate(name)) !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`below its lowest score, or not finished: ${failed.join(', ')}`);
  process.exit(1);
}

/** Whole or not at all: it is made beside its final place and renamed. */
async function install() {
  const mark = createHash('sha256');
  for (const file of INSTALLED_FROM) mark.update(readFileSync(join(HERE, file)));
  const folder = join(CACHE, `stryker-${mark.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const work = mkdtempSync(join(CACHE, '.stryker-'));
    try {
      for (const file of INSTALLED_FROM) cpSync(join(HERE, file), join(work, file));
      if ((await run('npm', ['ci', '--no-progress'], { cwd: work })) !== 0) throw new Error('npm ci failed');
      renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  // The runner imports vitest from where it stands itself before it takes the project's.
  const vitest = join(folder, 'node_modules/vitest');
  rmSync(vitest, { force: true });
  symlinkSync(join(ROOT, 'node_modules/vitest'), vitest);
  return folder;
}

/** Node 22 of test/programs/table.txt. */
async function findNode() {
  const [, version] =
    /^node-22 +(\S+)/m.exec(readFileSync(join(HERE, '../programs/table.txt'), 'utf8')) ?? [];
  const path = join(CACHE, `node-${version}`, 'bin/node');
  const install = join(HERE, '../programs/install');
  if (!existsSync(path) && (await run(install, ['node-22'], {})) !== 0) throw new Error('Node 22 is missing');
  return path;
}

async function mutate(name) {
  const sandbox = mkdtempSync(join(tmpdir(), 'etcd-bundle-mutation-'));
  const command = join(stryker, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const results = join(CACHE, 'mutation');
  mkdirSync(results, { recursive: true });
  // Stryker would carry the results of files over that are mutated no more.
  if (!again) rmSync(join(results, `${name}.incremental.json`), { force: true });
  try {
    console.log(`\n== ${name}`);
    return await run(node, [command, 'run', 'test/mutation/stryker.config.js'], {
      cwd: ROOT,
      env: {
        ...process.env,
        ETCD_BUNDLE_MUTATE: name,
        ETCD_BUNDLE_STRYKER: stryker,
        ETCD_BUNDLE_SANDBOX: sandbox,
        ETCD_BUNDLE_RESULTS: results,
      },
    });
  } finally {
    rmSync(sandbox, { recursive: true, force: true });
  }
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    running = spawn(command, args, { ...options, stdio: 'inherit' })
      .on('error', reject)
      .on('close', (code) => resolve(code ?? 1));
  });
}
