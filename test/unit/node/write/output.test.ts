import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutputFolder, writeOutput } from '../../../../src/node/write/output.js';
import type { OutputFile } from '../../../../src/node/write/output-file.js';
import { currentRun } from '../../../../src/node/write/run-identity.js';

/** Other files of this worker stand in it too. */
const CWD = process.cwd();
const FILES: readonly OutputFile[] = [
  { path: 'ca/ca.key', mode: 0o600, bytes: Buffer.from('CA key') },
  { path: 'ca/ca.crt', mode: 0o644, bytes: Buffer.from('CA') },
  { path: 'e1.tar.gz', mode: 0o600, bytes: Buffer.from('tarball') },
  { path: 'bundle.json', mode: 0o644, bytes: Buffer.from('{}') },
];

function tree(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    entries.map((path) => {
      const status = statSync(join(folder, path));
      const mode = (status.mode & 0o7777).toString(8);
      return [
        path,
        status.isDirectory() ? `${mode} folder` : `${mode} ${readFileSync(join(folder, path), 'utf8')}`,
      ];
    }),
  );
}

function writeInto(folder: string, name: string, text: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, name), text);
}

const WRITTEN = {
  'bundle.json': '644 {}',
  ca: '700 folder',
  'ca/ca.crt': '644 CA',
  'ca/ca.key': '600 CA key',
  'e1.tar.gz': '600 tarball',
};

describe('writeOutput', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'output-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a new folder', () => undefined],
    ['an empty folder', (out: string) => mkdirSync(out)],
    [
      'a folder that holds lost+found',
      (out: string) => mkdirSync(join(out, 'lost+found'), { recursive: true }),
    ],
  ])('writes into %s', async (_, prepare) => {
    const out = join(folder, 'out');
    prepare(out);
    const kept = existsSync(join(out, 'lost+found')) ? { 'lost+found': '755 folder' } : {};
    expect(await writeOutput(out, FILES)).toEqual({
      directory: out,
      files: FILES.map(({ path }) => path),
      leftovers: [],
    });
    expect(tree(out)).toEqual({ ...WRITTEN, ...kept });
    expect((statSync(out).mode & 0o777).toString(8)).toBe('755');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('makes the folders above, and takes an async iterable', async () => {
    await writeOutput(
      join(folder, 'a/b/out'),
      (async function* () {
        yield* FILES;
      })(),
    );
    expect(tree(join(folder, 'a/b/out'))).toEqual(WRITTEN);
  });

  it('keeps the mode of an empty folder that is there', async () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    chmodSync(out, 0o2710);
    await writeOutput(out, FILES);
    expect((statSync(out).mode & 0o7777).toString(8)).toBe('2710');
  });

  it('fills the current folder without replacing it, so that a shell in it sees the files', async () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    const { ino } = statSync(out);
    process.chdir(out);
    try {
      await writeOutput('.', FILES);
    } finally {
      process.chdir(CWD);
    }
    expect(statSync(out).ino).toBe(ino);
    expect(tree(out)).toEqual(WRITTEN);
  });

  it('follows a link to a folder and keeps the link', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'out'));
    expect(await writeOutput(join(folder, 'out'), FILES)).toMatchObject({ directory: join(folder, 'real') });
    expect(readlinkSync(join(folder, 'out'))).toBe('real');
    expect(tree(join(folder, 'real'))).toEqual(WRITTEN);
  });

  it.each([
    ['a file', (out: string) => writeFileSync(out, ''), /is not a folder/],
    ['a link that leads nowhere', (out: string) => symlinkSync('gone', out), /leads nowhere/],
    ['a link that leads to itself', (out: string) => symlinkSync('out', out), /leads to itself/],
    [
      'a folder with a file of somebody',
      (out: string) => writeInto(out, 'x', ''),
      /--force replaces a folder that holds a bundle, and nothing else/,
    ],
    [
      'a folder whose bundle.json is none',
      (out: string) => writeInto(out, 'bundle.json', '[]'),
      /and nothing else/,
    ],
    [
      'a folder with a bundle',
      (out: string) => writeInto(out, 'bundle.json', '{}'),
      /only generate --force replaces a bundle, and keeps it as out\.previous-<n>/,
    ],
  ])('refuses %s', async (_, prepare, text) => {
    const out = join(folder, 'out');
    prepare(out);
    const before = readdirSync(folder, { recursive: true });
    for (const attempt of [() => writeOutput(out, FILES), () => checkOutputFolder(out)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'output-refused',
        message: expect.stringMatching(text),
      });
    }
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it('refuses a folder below a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(checkOutputFolder(join(folder, 'file/out'))).rejects.toMatchObject({
      code: 'output-refused',
    });
  });

  it('sets a former bundle aside under force, each under a number of its own', async () => {
    const out = join(folder, 'out');
    const version = (text: string) => [
      ...FILES.slice(0, 3),
      { path: 'bundle.json', mode: 0o644, bytes: Buffer.from(text) },
    ];
    await writeOutput(out, version('{"n":1}'));
    expect(await writeOutput(out, version('{"n":2}'), { force: true })).toMatchObject({
      previous: `${out}.previous-1`,
    });
    expect(await writeOutput(out, version('{"n":3}'), { force: true })).toMatchObject({
      previous: `${out}.previous-2`,
    });
    expect(readdirSync(folder).sort()).toEqual(['out', 'out.previous-1', 'out.previous-2']);
    expect(
      ['out.previous-1', 'out.previous-2', 'out'].map((name) => tree(join(folder, name))['bundle.json']),
    ).toEqual(['644 {"n":1}', '644 {"n":2}', '644 {"n":3}']);
  });

  it('does not set aside what is no bundle, nor the folder it is run in', async () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'notes.txt'), '');
    await expect(writeOutput(out, FILES, { force: true })).rejects.toMatchObject({ code: 'output-refused' });
    writeFileSync(join(out, 'bundle.json'), '{}');
    process.chdir(out);
    try {
      await expect(writeOutput('.', FILES, { force: true })).rejects.toMatchObject({
        code: 'output-refused',
      });
    } finally {
      process.chdir(CWD);
    }
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it.each(['/etc/x', '../x', 'a/b/c', 'ca//x', ''])(
    'refuses the file name %j and leaves nothing',
    async (path) => {
      const files = [...FILES, { path, mode: 0o644, bytes: Buffer.alloc(0) }];
      await expect(writeOutput(join(folder, 'out'), files)).rejects.toMatchObject({ code: 'invalid-bundle' });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('leaves nothing when the source of the files throws, folders above included', async () => {
    const failing = (async function* () {
      yield* FILES.slice(0, 3);
      throw new RangeError('source');
    })();
    await expect(writeOutput(join(folder, 'a/b/out'), failing)).rejects.toThrow(new RangeError('source'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends at once when aborted, even while the source is at work, and leaves nothing', async () => {
    const abort = new AbortController();
    const endless = (async function* () {
      yield* FILES.slice(0, 3);
      abort.abort(new Error('stop'));
      await new Promise(() => undefined);
    })();
    await expect(writeOutput(join(folder, 'out'), endless, { signal: abort.signal })).rejects.toThrow('stop');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(existsSync('/proc/self'))('gives up where a folder can never be made', async () => {
    await expect(writeOutput('/proc/nowhere/a/out', FILES)).rejects.toMatchObject({ code: 'system' });
  });

  it('leaves what somebody else wrote there during the run', async () => {
    const out = join(folder, 'out');
    const overtaken = (async function* () {
      yield* FILES;
      writeInto(out, 'notes', 'theirs');
    })();
    await expect(writeOutput(out, overtaken)).rejects.toMatchObject({
      code: 'output-refused',
      issues: [{ code: 'output-raced', path: out }],
    });
    expect(tree(folder)).toEqual({ out: '755 folder', 'out/notes': '644 theirs' });
  });

  it('lets one of two runs on one folder win, and mixes nothing', async () => {
    const out = join(folder, 'out');
    const run = (text: string) =>
      writeOutput(
        out,
        FILES.map((file) => ({
          ...file,
          bytes: Buffer.from(file.path === 'bundle.json' ? `{"run":"${text}"}` : text),
        })),
      );
    const results = await Promise.allSettled([run('one'), run('two')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'output-refused' },
    });
    const winner = results[0]?.status === 'fulfilled' ? 'one' : 'two';
    expect(tree(out)).toEqual({
      'bundle.json': `644 {"run":"${winner}"}`,
      ca: '700 folder',
      'ca/ca.crt': `644 ${winner}`,
      'ca/ca.key': `600 ${winner}`,
      'e1.tar.gz': `600 ${winner}`,
    });
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('keeps every bundle of two runs with force', async () => {
    const out = join(folder, 'out');
    await writeOutput(out, FILES);
    await Promise.allSettled([
      writeOutput(out, FILES, { force: true }),
      writeOutput(out, FILES, { force: true }),
    ]);
    const results = readdirSync(folder).sort();
    expect(results).toContain('out');
    expect(results).toContain('out.previous-1');
    for (const name of results) expect(tree(join(folder, name))).toEqual(WRITTEN);
  });
});

describe('leftovers', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'leftovers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function leave(name: string, run: object | undefined): string {
    const path = join(folder, name);
    mkdirSync(path, { mode: 0o700 });
    mkdirSync(join(path, 'content'));
    if (run !== undefined) writeFileSync(join(path, 'run.json'), JSON.stringify(run));
    return path;
  }

  it('of a run that is over are removed; of one at work, or of which nothing can be said, they stay', async () => {
    leave('.etcd-bundle-1-000000000001', { ...currentRun(), startTime: '1' });
    const running = leave('.etcd-bundle-1-000000000002', currentRun());
    const elsewhere = leave('.etcd-bundle-1-000000000003', { ...currentRun(), host: 'elsewhere' });
    const unmarked = leave('.etcd-bundle-1-000000000004', undefined);
    const other = leave('.etcd-bundle-other', { ...currentRun(), startTime: '1' });
    const { leftovers } = await writeOutput(join(folder, 'out'), FILES);
    expect(leftovers.toSorted()).toEqual([elsewhere, unmarked]);
    expect(readdirSync(folder).sort()).toEqual(
      [running, elsewhere, unmarked, other].map((path) => basename(path)).concat('out'),
    );
  });

  it('that are empty are removed, unless a process of that number may be about to fill them', async () => {
    const gone = '.etcd-bundle-4194999-000000000001';
    const starting = `.etcd-bundle-${process.pid}-000000000002`;
    for (const name of [gone, starting]) mkdirSync(join(folder, name), { mode: 0o700 });
    expect((await writeOutput(join(folder, 'out'), FILES)).leftovers).toEqual([join(folder, starting)]);
    expect(readdirSync(folder).sort()).toEqual([starting, 'out']);
  });

  it.runIf(process.geteuid?.() === 0)('of another user tell us nothing', async () => {
    const planted = leave('.etcd-bundle-1-000000000001', { ...currentRun(), startTime: '1' });
    const journal = { move: 'replace', target: 'victim', previous: 'out' };
    writeFileSync(join(planted, 'journal.json'), JSON.stringify(journal));
    chownSync(planted, 65534, 65534);
    mkdirSync(join(folder, 'out'));
    expect((await writeOutput(join(folder, 'out'), FILES)).leftovers).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([basename(planted), 'out']);
  });

  it.each([
    { move: 'replace', target: '../victim', previous: 'x' },
    { move: 'replace', target: 'victim', previous: '/etc' },
    { move: 'entries', entries: [{ name: '../../x', ino: 1 }] },
    { move: 'entries', entries: 7 },
    { move: 'nothing' },
  ])('whose journal is no journal are removed without a move: %j', async (journal) => {
    const left = leave('.etcd-bundle-1-000000000001', { ...currentRun(), startTime: '1' });
    writeFileSync(join(left, 'journal.json'), JSON.stringify(journal));
    mkdirSync(join(folder, 'x'));
    await writeOutput(join(folder, 'out'), FILES);
    expect(readdirSync(folder).sort()).toEqual(['out', 'x']);
  });
});

describe('checkOutputFolder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('accepts what writeOutput accepts, and makes nothing', async () => {
    mkdirSync(join(folder, 'empty'));
    await checkOutputFolder(join(folder, 'empty'));
    await checkOutputFolder(join(folder, 'a/b/c'));
    mkdirSync(join(folder, 'bundle'));
    writeFileSync(join(folder, 'bundle/bundle.json'), '{}');
    await checkOutputFolder(join(folder, 'bundle'), { force: true });
    expect(readdirSync(folder).sort()).toEqual(['bundle', 'empty']);
  });
});
