import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeOutput } from '../../src/node/write/output.js';
import type { OutputFile } from '../../src/node/write/output-file.js';

/** A bundle whose every file says which run wrote it. */
export function bundleOf(run: string, tarballs = 3): readonly OutputFile[] {
  return [
    { path: 'ca/ca.key', mode: 0o600, bytes: Buffer.from(`${run} key`) },
    { path: 'ca/ca.crt', mode: 0o644, bytes: Buffer.from(`${run} certificate`) },
    ...Array.from({ length: tarballs }, (_, index) => ({
      path: `e${index}.tar.gz`,
      mode: 0o600,
      bytes: Buffer.from(`${run} ${'x'.repeat(4000)}`),
    })),
    { path: 'bundle.json', mode: 0o644, bytes: Buffer.from(JSON.stringify({ run })) },
  ];
}

/**
 * Whose bundle a folder holds: the name of the run, `absent`, `empty`, or a description of what is wrong with it.
 */
export function bundleIn(folder: string, tarballs = 3): string {
  if (!existsSync(folder)) return 'absent';
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isContent);
  if (names.length === 0) return 'empty';
  const run = runOf(join(folder, 'bundle.json'));
  const expected = bundleOf(run, tarballs);
  for (const { path, mode, bytes } of expected) {
    const file = join(folder, path);
    if (!existsSync(file)) return `${path} is missing`;
    if (!readFileSync(file).equals(bytes)) return `${path} is another run's`;
    if ((statSync(file).mode & 0o7777) !== mode) return `${path} has mode ${statSync(file).mode.toString(8)}`;
  }
  if ((statSync(join(folder, 'ca')).mode & 0o7777) !== 0o700) return 'ca is open';
  return names.length === expected.length + 1 ? run : `holds ${names.join(', ')}`;
}

/** Path, mode, owner, inode, size and time of everything below a folder: what touches nothing leaves them all. */
export function everythingIn(folder: string): readonly string[] {
  return ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()].map((path) => {
    const { mode, uid, ino, size, mtimeMs } = lstatSync(join(folder, path));
    return [path, mode.toString(8), uid, ino, size, mtimeMs].join(' ');
  });
}

function isContent(path: string): boolean {
  return path !== 'lost+found' && !path.startsWith('.etcd-bundle-');
}

/** Staging folders next to and inside a folder. */
export function stagingsAround(folder: string): readonly string[] {
  return [dirname(folder), folder]
    .filter((parent) => existsSync(parent))
    .flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)))
    .filter((path) => basename(path).startsWith('.etcd-bundle-'));
}

/** What a run leaves behind when it is killed: its staging folders name a process that is no more. */
export function buryRun(folder: string): void {
  for (const staging of stagingsAround(folder)) {
    const path = join(staging, 'run.json');
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'utf8');
    if (text !== '') writeFileSync(path, JSON.stringify({ ...JSON.parse(text), startTime: '1' }));
  }
}

/** What the next run does before it writes anything: this one has nothing to write. */
export async function recover(out: string): Promise<void> {
  const nothing = new Error('nothing to write');
  const files: AsyncIterable<OutputFile> = {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(nothing) }),
  };
  await writeOutput(out, files, { force: true }).catch((error: unknown) => {
    if (error !== nothing) throw error;
  });
}

/** How the output folder looks before the run under test. */
export const startingPoints: readonly {
  readonly name: string;
  readonly before: string;
  readonly force: boolean;
  readonly prepare: (out: string) => void;
}[] = [
  { name: 'no folder', before: 'absent', force: false, prepare: () => undefined },
  { name: 'an empty folder', before: 'empty', force: false, prepare: (out) => mkdirSync(out) },
  {
    name: 'an empty folder that cannot be renamed over',
    before: 'empty',
    force: false,
    prepare: (out) => mkdirSync(join(out, 'lost+found'), { recursive: true }),
  },
  { name: 'a former bundle', before: 'old', force: true, prepare: (out) => writeBundle(out, 'old') },
];

function writeBundle(folder: string, run: string): void {
  mkdirSync(join(folder, 'ca'), { recursive: true, mode: 0o700 });
  for (const { path, mode, bytes } of bundleOf(run)) writeFileSync(join(folder, path), bytes, { mode });
}

function runOf(path: string): string {
  const manifest: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8') || '{}') : {};
  return typeof manifest === 'object' && manifest !== null && 'run' in manifest
    ? String(manifest.run)
    : 'unfinished';
}
