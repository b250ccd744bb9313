import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildCommand } from '../../support/built-program.js';
import { isLong, sample } from '../../support/long-tests.js';
import { CLUSTER, NOW, runCli } from '../../unit/cli/fake-io.js';
import { writeAuthorityFiles } from './authority-files.js';

let program = '';
let folder = '';
let work = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  program = await buildCommand(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  work = mkdtempSync(join(folder, 'work-'));
  writeFileSync(join(work, 'cluster.yaml'), CLUSTER);
});

interface Told {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** In a process of its own, which is killed where it waits. */
function runProgram(...args: readonly string[]): Told {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: work,
    encoding: 'utf8',
    timeout: 60_000,
    input: '',
    env: { PATH: process.env['PATH'] },
  });
  return { code: status, stdout, stderr };
}

async function runHere(...args: readonly string[]): Promise<Told> {
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: work });
  return { code: exitCode, stdout, stderr };
}

const NAMES = [
  'my cluster',
  'Größe',
  '%i%n',
  '$HOME',
  "it's",
  '"quoted"',
  '*',
  'a;b',
  '--help',
  '-rf',
  '\u202egnp',
  'line\nbreak',
  '\x1b[2J',
  'n'.repeat(200),
];
const HOSTILE_NAMES = NAMES.filter((_, index) => isLong || index % 3 === 1);

describe('a document with a name like', () => {
  it.each(HOSTILE_NAMES)('%j is read', async (name) => {
    writeFileSync(join(work, name), CLUSTER);
    expect(await runHere('generate', `./${name}`, '--dry-run')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(HOSTILE_NAMES)('%j is named on one line where it is wrong', async (name) => {
    writeFileSync(join(work, name), 'members: []\n');
    const { code, stderr } = await runHere('generate', `./${name}`, '--dry-run');
    expect(code).toBe(1);
    const [line = '', ...frame] = stderr.trimEnd().split('\n');
    expect(line).toMatch(/:1:10: members: /);
    expect(frame).toEqual(['  1 | members: []', '    |          ^']);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it.each(['--help', '-rf'])('%s is read after "--"', (name) => {
    writeFileSync(join(work, name), CLUSTER);
    expect(runProgram('generate', '--out', 'out', '--', name)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('in place of the document', () => {
  const nothing = (): void => undefined;
  it.each(
    sample<[string, string, (path: string) => void, number, string]>(
      [
        ['nothing', 'gone.yaml', nothing, 1, 'The document does not exist.'],
        ['a folder', 'folder', (path) => mkdirSync(path), 1, 'The document is a folder.'],
        ['a file as a folder', 'cluster.yaml/x', nothing, 1, 'The document does not exist.'],
        [
          'a link that leads nowhere',
          'link',
          (path) => symlinkSync('gone', path),
          1,
          'The document does not exist.',
        ],
        ['a link to itself', 'link', (path) => symlinkSync('link', path), 3, 'ELOOP'],
        ['a name that is too long', 'n'.repeat(300), nothing, 3, 'ENAMETOOLONG'],
        [
          'a named pipe',
          'pipe',
          (path) => void execFileSync('mkfifo', [path]),
          1,
          'The document is a named pipe.',
        ],
        ['an endless device', '/dev/zero', nothing, 1, 'The document is too large.'],
        ['an empty device', '/dev/null', nothing, 1, 'The document is empty, not a map.'],
        [
          'a file of 100 MiB',
          'large',
          (path) => void execFileSync('truncate', ['-s', '100M', path]),
          1,
          'The document is too large.',
        ],
      ],
      3,
    ),
  )('%s is told', (_, name, prepare, code, message) => {
    if (!name.startsWith('/')) prepare(join(work, name));
    const told = runProgram('generate', name, '--out', 'out');
    expect(told).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
    expect(
      told.stderr
        .trimEnd()
        .split('\n')
        .filter((line) => !/^ {2} *\d* \|/.test(line)),
    ).toHaveLength(1);
    expect(existsSync(join(work, 'out'))).toBe(false);
  });

  it('a link to a document is followed, and what it names lies beside that', async () => {
    mkdirSync(join(work, 'deep'));
    writeFileSync(join(work, 'deep/cluster.yaml'), CLUSTER);
    symlinkSync('deep/cluster.yaml', join(work, 'link'));
    expect(await runHere('generate', 'link', '--dry-run')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('an output folder with a name like', () => {
  it.each(HOSTILE_NAMES)('%j is written and told on lines of its own', async (name) => {
    const { code, stdout, stderr } = await runHere('generate', 'cluster.yaml', `--out=${name}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(join(work, name))).toContain('e1.tar.gz');
    expect(stdout.trimEnd().split('\n')).toHaveLength(7);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(readdirSync(work).sort()).toEqual(['cluster.yaml', name].sort());
  });
});

describe('in place of the output folder', () => {
  const nothing = (): void => undefined;
  it.each(
    sample<[string, string, (path: string) => void, number, string]>(
      [
        ['a file', 'out', (path) => writeFileSync(path, 'mine'), 1, 'It is not a folder.'],
        ['a file above it', 'cluster.yaml/out', nothing, 1, 'A folder above it is a file.'],
        [
          'a folder with something in it',
          'out',
          (path) => mkdirSync(join(path, 'mine'), { recursive: true }),
          1,
          'The folder is not empty.',
        ],
        [
          'a link that leads nowhere',
          'out',
          (path) => symlinkSync('gone', path),
          1,
          'It is a link that leads nowhere.',
        ],
        [
          'a link to itself',
          'out',
          (path) => symlinkSync('out', path),
          1,
          'It is a link that leads to itself.',
        ],
        ['a link to a file', 'out', (path) => symlinkSync('cluster.yaml', path), 1, 'It is not a folder.'],
        ['a device', '/dev/null', nothing, 1, 'It is not a folder.'],
        ['a named pipe', 'out', (path) => void execFileSync('mkfifo', [path]), 1, 'It is not a folder.'],
        ['a name that is too long', 'n'.repeat(300), nothing, 3, 'ENAMETOOLONG'],
        ['a file system that takes no files', '/proc/out', nothing, 3, 'Cannot '],
      ],
      3,
    ),
  )('%s is told, and stays', (_, name, prepare, code, message) => {
    if (!name.startsWith('/')) prepare(join(work, name));
    const before = readdirSync(work, { recursive: true });
    const told = runProgram('generate', 'cluster.yaml', '--out', name);
    expect(told).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
    expect(readdirSync(work, { recursive: true })).toEqual(before);
  });

  it('a folder that is no bundle stays, also where force is asked for', () => {
    mkdirSync(join(work, 'out'));
    writeFileSync(join(work, 'out/mine'), 'mine');
    expect(runProgram('generate', 'cluster.yaml', '--out', 'out', '--force').code).toBe(1);
    expect(readFileSync(join(work, 'out/mine'), 'utf8')).toBe('mine');
  });

  it('a link to an empty folder is followed', () => {
    mkdirSync(join(work, 'real'));
    symlinkSync('real', join(work, 'out'));
    expect(runProgram('generate', 'cluster.yaml', '--out', 'out').code).toBe(0);
    expect(readdirSync(join(work, 'real'))).toContain('e1.tar.gz');
  });
});

describe('in place of the key of a CA', () => {
  const nothing = (): void => undefined;
  it.each(
    sample<[string, string, (path: string) => void, string]>(
      [
        ['nothing', 'gone.key', nothing, '"gone.key" does not exist.'],
        ['a folder', 'folder', (path) => mkdirSync(path), '"folder" is a folder.'],
        ['a link that leads nowhere', 'link', (path) => symlinkSync('gone', path), '"link" does not exist.'],
        [
          'a link to itself',
          'link',
          (path) => symlinkSync('link', path),
          '"link" is a link that leads to itself.',
        ],
        ['a named pipe', 'pipe', (path) => void execFileSync('mkfifo', [path]), '"pipe" is a named pipe.'],
        ['an endless device', '/dev/zero', nothing, '"/dev/zero" is too large.'],
        [
          'a file of 100 MiB',
          'large',
          (path) => void execFileSync('truncate', ['-s', '100M', path]),
          '"large" is too large.',
        ],
        ['a name that is too long', 'n'.repeat(300), nothing, 'is too long for a path.'],
        [
          'bytes',
          'bytes',
          (path) =>
            writeFileSync(
              path,
              Uint8Array.from({ length: 999 }, (_, index) => index),
            ),
          'The file contains no private key that can be read.',
        ],
      ],
      3,
    ),
  )('%s is told', async (_, name, prepare, message) => {
    await writeAuthorityFiles(work, NOW);
    if (!name.startsWith('/')) prepare(join(work, name));
    writeFileSync(
      join(work, 'cluster.yaml'),
      `${CLUSTER}certificates: {ca: {certificate: ca.crt, key: ${name}}}\n`,
    );
    const told = runProgram('generate', 'cluster.yaml', '--out', 'out');
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toMatch(/^cluster\.yaml:5:47: certificates\.ca\.key: /);
    expect(told.stderr).toContain(message);
    expect(existsSync(join(work, 'out'))).toBe(false);
  });

  it('a pipe that the command was given is read', async () => {
    await writeAuthorityFiles(work, NOW);
    writeFileSync(
      join(work, 'cluster.yaml'),
      `${CLUSTER}certificates: {ca: {certificate: ca.crt, key: /dev/fd/3}}\n`,
    );
    const script = 'cat ca.key | "$0" generate cluster.yaml --out out 3<&0 </dev/null';
    const { status, stderr } = spawnSync('sh', ['-c', script, program], {
      cwd: work,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.runIf(process.getuid?.() === 0)(
    'one that may not be read is the failure of the system that it is',
    async () => {
      await writeAuthorityFiles(work, NOW);
      writeFileSync(
        join(work, 'cluster.yaml'),
        `${CLUSTER}certificates: {ca: {certificate: ca.crt, key: ca.key}}\n`,
      );
      execFileSync('chmod', ['-R', 'a+rX', folder]);
      execFileSync('chmod', ['0777', work]);
      execFileSync('chmod', ['0600', join(work, 'ca.key')]);
      const { status, stderr } = spawnSync(
        process.execPath,
        [program, 'generate', 'cluster.yaml', '--out', 'out'],
        { cwd: work, encoding: 'utf8', uid: 65_534, gid: 65_534, env: {} },
      );
      expect({ status, stderr }).toEqual({
        status: 3,
        stderr: expect.stringContaining('EACCES: permission denied'),
      });
      expect(existsSync(join(work, 'out'))).toBe(false);
    },
  );
});
