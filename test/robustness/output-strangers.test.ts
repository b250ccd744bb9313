import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../src/node/write/file-system.js';
import { openByPath } from '../../src/node/write/open-folder.js';
import { checkOutputFolder, writeOutput, writeOutputWith } from '../../src/node/write/output.js';
import { currentRun } from '../../src/node/write/run-identity.js';
import { isLong } from '../support/long-tests.js';
import { faultyFileSystem } from './faults.js';
import { bundleIn, bundleOf, everythingIn, stagingsAround, startingPoints } from './output-states.js';

const isRoot = process.geteuid?.() === 0;
const asRoot = isRoot ? '' : ' (not run: another account takes root)';
/** Folders are held by descriptors. */
const isHeld = process.platform === 'linux' && existsSync('/proc/self/fd');
const STRANGER = 65_534;

let folder = '';
let victim = '';
let home = '';
let out = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strangers-'));
  chmodSync(folder, 0o755);
  victim = join(folder, 'victim');
  for (const name of ['content', 'out', 'out.previous-1', 'ca'])
    mkdirSync(join(victim, name), { recursive: true });
  writeFileSync(join(victim, 'content/index.html'), 'precious');
  writeFileSync(join(victim, 'bundle.json'), '{}');
  home = join(folder, 'home');
  mkdirSync(join(home, 'work'), { recursive: true });
  out = join(home, 'work/out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a stranger's link in the place of a folder, as who owns the folder above may at any moment. */
function swap(path: string, target: string): void {
  if (!existsSync(path) || lstatSync(path).isSymbolicLink()) return;
  renameSync(path, `${path}.away`);
  symlinkSync(target, path);
  lchownSync(path, STRANGER, STRANGER);
}

const swaps: readonly (readonly [string, () => void])[] = [
  ['the staging folder', () => stagingsAround(out).forEach((path) => void swap(path, victim))],
  ['the folder above', () => swap(dirname(out), victim)],
  ['the output folder', () => swap(out, victim)],
  ['a folder further above', () => swap(home, victim)],
];

describe.runIf(isHeld && isRoot)(`a stranger who may write to the folders above${asRoot}`, () => {
  for (const [what, swapIt] of swaps)
    it.each(startingPoints)(
      `leads nothing elsewhere by a link for ${what}, where there is $name`,
      async (start) => {
        let total = 2;
        // The first time nothing is swapped, to see how many calls there are.
        for (let index = -1; index < total; index += isLong ? 1 : 12) {
          rmSync(home, { recursive: true });
          rmSync(`${home}.away`, { recursive: true, force: true });
          mkdirSync(dirname(out), { recursive: true });
          start.prepare(out);
          const before = everythingIn(victim);
          const { fs, calls } = faultyFileSystem((at) => {
            if (at === index) swapIt();
            return undefined;
          });
          await writeOutputWith(fs, out, bundleOf('new'), { force: start.force }).catch(() => undefined);
          expect(everythingIn(victim), `at call ${index}, ${calls[index]}`).toEqual(before);
          total = Math.max(total, calls.length);
        }
        expect(total).toBeGreaterThan(30);
      },
    );
});

describe('where folders cannot be held', () => {
  const fs: FileSystem = { ...nodeFileSystem, openFolder: openByPath };

  it.each([0o775, 0o777])('one that others may write to is refused: %o', async (mode) => {
    chmodSync(home, mode);
    const before = everythingIn(folder);
    await expect(writeOutputWith(fs, out, bundleOf('new'), {})).rejects.toMatchObject({
      code: 'output-refused',
      issues: [
        {
          path: home,
          message: expect.stringMatching(/^Others may write to it/),
          cure: expect.stringMatching(/chmod go-w/),
        },
      ],
    });
    expect(everythingIn(folder)).toEqual(before);
  });

  it.each([0o755, 0o1777])(
    'one that they may not, or where they cannot replace what is ours, is taken: %o',
    async (mode) => {
      chmodSync(home, mode);
      await writeOutputWith(fs, out, bundleOf('new'), {});
      expect(bundleIn(out)).toBe('new');
    },
  );

  it.runIf(isRoot)(`another user's is refused${asRoot}`, async () => {
    chownSync(home, STRANGER, STRANGER);
    await expect(writeOutputWith(fs, out, bundleOf('new'), {})).rejects.toMatchObject({
      code: 'output-refused',
      issues: [{ path: home, message: expect.stringMatching(/belongs to another user \(uid 65534\)/) }],
    });
  });
});

describe.runIf(isRoot)(`another account${asRoot}`, () => {
  it.each(['out', 'work', 'home'])('whose link stands for %s is not followed', async (name) => {
    rmSync(home, { recursive: true });
    const link = name === 'home' ? home : name === 'work' ? dirname(out) : out;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(victim, link);
    lchownSync(link, STRANGER, STRANGER);
    const before = everythingIn(victim);
    for (const attempt of [
      () => writeOutput(out, bundleOf('new'), { force: true }),
      () => checkOutputFolder(out, { force: true }),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: 'output-refused',
        issues: [{ path: link, message: expect.stringMatching(/a link of another user \(uid 65534\)/) }],
      });
    expect(everythingIn(victim)).toEqual(before);
  });

  it('that swaps folders while root writes below its home leads nothing elsewhere', async () => {
    execFileSync('chown', ['-R', String(STRANGER), home]);
    mkdirSync(out);
    chownSync(out, STRANGER, STRANGER);
    const script = `
      const fs = require('node:fs');
      for (;;) for (const folder of process.argv.slice(1, 3)) {
        try {
          for (const name of fs.readdirSync(folder)) if (name.startsWith('.etcd-bundle-')) {
            fs.renameSync(folder + '/' + name, folder + '/old-' + name);
            fs.symlinkSync(process.argv[3], folder + '/' + name);
          }
        } catch {}
      }`;
    const attacker = spawn(process.execPath, ['-e', script, out, dirname(out), victim], {
      uid: STRANGER,
      gid: STRANGER,
    });
    const before = everythingIn(victim);
    try {
      await sleep(200);
      for (let run = 0; run < 20; run += 1) {
        await writeOutput(out, bundleOf('new', 20)).catch(() => undefined);
        expect(everythingIn(victim)).toEqual(before);
        for (const name of readdirSync(out)) rmSync(join(out, name), { recursive: true, force: true });
      }
    } finally {
      attacker.kill('SIGKILL');
    }
    const swapped = readdirSync(out).length + readdirSync(dirname(out)).length;
    expect(swapped).toBeGreaterThan(0);
  });

  it('that may write to the output folder cannot be shut out by root: it is refused', async () => {
    mkdirSync(out);
    chmodSync(out, 0o777);
    chownSync(out, STRANGER, STRANGER);
    await expect(writeOutput(out, bundleOf('new'))).rejects.toMatchObject({
      code: 'output-refused',
      issues: [{ message: expect.stringMatching(/^Others may write to the folder/) }],
    });
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('a staging folder that lies there', () => {
  const OVER = JSON.stringify({ ...currentRun(), startTime: '1' });

  function plant(mode: number, uid: number, journal: object): string {
    const planted = join(dirname(out), '.etcd-bundle-1-000000000001');
    mkdirSync(join(planted, 'content'), { recursive: true });
    writeFileSync(join(planted, 'run.json'), OVER);
    writeFileSync(join(planted, 'journal.json'), JSON.stringify(journal));
    chmodSync(planted, mode);
    if (uid !== -1) chownSync(planted, uid, uid);
    return planted;
  }

  const strangers = [
    ['is open to others', 0o755, -1],
    ['may be written to by others', 0o770, -1],
    ...(isRoot ? [["is another user's", 0o700, STRANGER] as const] : []),
  ] as const;

  it.each(strangers)(`and %s tells nothing${asRoot}`, async (_, mode, uid) => {
    const precious = join(dirname(out), 'precious');
    mkdirSync(precious);
    const { ino } = statSync(precious);
    const planted = plant(mode, uid, { move: 'replace', target: 'moved', previous: 'precious', ino });
    const before = everythingIn(planted);
    expect((await writeOutput(out, bundleOf('new'))).leftovers).toEqual([]);
    expect(everythingIn(planted)).toEqual(before);
    expect(readdirSync(dirname(out)).sort()).toEqual([
      planted.slice(dirname(out).length + 1),
      'out',
      'precious',
    ]);
  });

  it('of our own moves what its journal saw, and nothing else of that name', async () => {
    const previous = `${out}.previous-1`;
    mkdirSync(previous);
    writeFileSync(join(previous, 'bundle.json'), '{}');
    const { ino } = statSync(previous);
    plant(0o700, -1, { move: 'replace', target: 'out', previous: 'out.previous-1', ino: ino + 1 });
    await writeOutput(out, bundleOf('new'));
    expect(bundleIn(out)).toBe('new');
    rmSync(out, { recursive: true });
    plant(0o700, -1, { move: 'replace', target: 'out', previous: 'out.previous-1', ino });
    await expect(writeOutput(out, bundleOf('new'))).rejects.toMatchObject({ code: 'output-refused' });
    expect(readdirSync(dirname(out))).toEqual(['out']);
  });

  it.each([false, true])(
    'is not touched by who only looks, and judged as it will be: force %s',
    async (force) => {
      mkdirSync(`${out}.previous-1`);
      writeFileSync(join(`${out}.previous-1`, 'bundle.json'), '{}');
      const { ino } = statSync(`${out}.previous-1`);
      plant(0o700, -1, { move: 'replace', target: 'out', previous: 'out.previous-1', ino });
      const before = everythingIn(home);
      const looking = checkOutputFolder(out, { force });
      if (force) await looking;
      else await expect(looking).rejects.toMatchObject({ code: 'output-refused' });
      expect(everythingIn(home)).toEqual(before);
    },
  );
});

describe('the mode of an output folder that is there', () => {
  it.each([
    [0o777, 0o755],
    [0o2775, 0o2755],
    [0o700, 0o700],
  ])('%o becomes %o', async (mode, wanted) => {
    for (const inside of [[], ['lost+found']]) {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out);
      for (const name of inside) mkdirSync(join(out, name));
      chmodSync(out, mode);
      await writeOutput(out, bundleOf('new'));
      expect((statSync(out).mode & 0o7777).toString(8)).toBe(wanted.toString(8));
    }
  });

  it('stays where nothing was written', async () => {
    mkdirSync(join(out, 'lost+found'), { recursive: true });
    chmodSync(out, 0o777);
    const { fs } = faultyFileSystem((_, call) =>
      call === 'rename'
        ? Object.assign(new Error('EIO: injected'), { code: 'EIO', syscall: call })
        : undefined,
    );
    await expect(writeOutputWith(fs, out, bundleOf('new'), {})).rejects.toMatchObject({ code: 'system' });
    expect((statSync(out).mode & 0o7777).toString(8)).toBe('777');
  });
});

it('a named pipe for a manifest is not waited for', async () => {
  mkdirSync(out);
  execFileSync('mkfifo', [join(out, 'bundle.json')]);
  await expect(writeOutput(out, bundleOf('new'), { force: true })).rejects.toMatchObject({
    code: 'output-refused',
  });
});
