import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../../../src/errors.js';
import { openArchive } from '../../../../src/node/programs/archive-file.js';
import { readReleaseArchives } from '../../../../src/node/programs/release-archives.js';
import {
  ARCHIVE,
  type MadeEntry,
  madeProgram,
  packEntries,
  releaseEntries,
  sha256,
  specWithArchive,
} from '../../../support/release-archive.js';
import { makeFolder } from '../../cli/fake-io.js';

const FOLDER = 'etcd-v3.6.16-linux-amd64';

async function issuesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues.map(({ code, path, message }) => `${code} ${path}: ${message}`);
  }
}

async function issuesOfEntries(
  entries: readonly MadeEntry[],
  etcd: Readonly<Record<string, unknown>> = {},
): Promise<readonly string[]> {
  const folder = makeFolder();
  return issuesOf(async () => {
    const programs = await readReleaseArchives(
      specWithArchive(folder, await packEntries(entries), etcd),
      folder,
    );
    programs?.close();
  });
}

const with3616 = (...more: readonly MadeEntry[]): readonly MadeEntry[] => [...releaseEntries(), ...more];
const without = (name: string): readonly MadeEntry[] =>
  releaseEntries().filter((entry) => entry.name !== `${FOLDER}/${name}`);

describe('an archive', () => {
  it('gives each program as often as it is asked for', async () => {
    const folder = makeFolder();
    const spec = specWithArchive(folder, await packEntries(releaseEntries()));
    const programs = await readReleaseArchives(spec, folder);
    for (const member of [...spec.members, ...spec.members])
      for (const program of programs?.of(member) ?? []) {
        const chunks: Uint8Array[] = [];
        for await (const chunk of program.open()) chunks.push(chunk);
        expect(Buffer.concat(chunks).equals(madeProgram('3.6.16'))).toBe(true);
        expect(program.sha256).toBe(sha256(madeProgram('3.6.16')));
      }
    expect(spec.members.flatMap((member) => programs?.of(member) ?? []).map(({ name }) => name)).toEqual([
      'etcd',
      'etcdctl',
      'etcdutl',
      'etcd',
      'etcdctl',
      'etcdutl',
    ]);
    programs?.close();
    programs?.close();
  });

  it.each([
    ['of 3.4 has no etcdutl', releaseEntries('3.4.45'), { version: '3.4' }],
    ['of the very patch', releaseEntries(), { version: '3.6.16' }],
    [
      'with links that nothing is read of',
      with3616({ name: `${FOLDER}/docs`, type: 'symlink', linkname: '/' }),
      {},
    ],
  ])('%s', async (_, entries, etcd) => {
    expect(await issuesOfEntries(entries, etcd)).toEqual([]);
  });

  it.each<[string, readonly MadeEntry[], Readonly<Record<string, unknown>>, RegExp]>([
    [
      'another release',
      releaseEntries('3.5.35'),
      {},
      /^archive-release .* is etcd 3\.5\.35, and etcd\.version is 3\.6/,
    ],
    [
      'another patch',
      releaseEntries(),
      { version: '3.6.15' },
      /^archive-release .* etcd 3\.6\.16, .* 3\.6\.15/,
    ],
    ['a candidate', releaseEntries('3.6.0-rc.1'), {}, /^archive-release .* etcd 3\.6\.0-rc\.1/],
    [
      'a name that lies',
      releaseEntries('3.6.16', madeProgram('3.6.15')),
      {},
      /^archive-release .* says that it is 3\.6\.15/,
    ],
    [
      'a program that says nothing',
      releaseEntries('3.6.16', madeProgram('none')),
      {},
      /^archive-release .* does not say/,
    ],
    [
      'another architecture',
      releaseEntries('3.6.16', madeProgram('3.6.16', { machine: 183 })),
      {},
      /^archive-architecture .* for arm64/,
    ],
    [
      'big-endian ppc64',
      releaseEntries('3.6.16', madeProgram('3.6.16', { machine: 21, isLittle: false })),
      {},
      /^archive-architecture .* machine 21/,
    ],
    [
      'a script',
      releaseEntries('3.6.16', new TextEncoder().encode('#!/bin/sh\n')),
      {},
      /^archive-program .* not a program for Linux/,
    ],
    ['no etcdctl', without('etcdctl'), {}, /^archive-program-missing .*etcdctl/],
    ['nothing of etcd', [{ name: 'other/a' }], {}, /^archive-program-missing/],
    [
      'a link for a program',
      [...without('etcd'), { name: `${FOLDER}/etcd`, type: 'symlink', linkname: '/bin/sh' }],
      {},
      /^archive-program .* symlink/,
    ],
    [
      'a hard link for a program',
      [...without('etcd'), { name: `${FOLDER}/etcd`, type: 'link', linkname: `${FOLDER}/etcdctl` }],
      {},
      /^archive-program .* link/,
    ],
    ['a name that climbs', with3616({ name: '../etcd' }), {}, /^archive-entry .*"\.\."/],
    ['a name from the root', with3616({ name: '/etc/passwd' }), {}, /^archive-entry .*starts with/],
    [
      'a program twice',
      with3616({ name: `${FOLDER}/etcd`, bytes: madeProgram('3.6.16') }),
      {},
      /^repeated-tarball-entry/,
    ],
    [
      'another digest',
      releaseEntries(),
      { archiveSha256: '0'.repeat(64) },
      /^archive-sum .* etcd\.archiveSha256 says 0{64}/,
    ],
    ['no digest', releaseEntries(), { archiveSha256: undefined }, /^archive-sum-missing .*Nothing says/],
  ])('with %s is refused', async (_, entries, etcd, expected) => {
    const issues = await issuesOfEntries(entries, etcd);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(expected);
  });

  it.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2), /^damaged-tarball/],
    ['plain', () => new Uint8Array(2048), /^not-a-tarball .*gzip/],
    ['empty', () => new Uint8Array(), /^not-a-tarball/],
    ['gzip of something else', () => execFileSync('gzip', { input: 'x'.repeat(4096) }), /^not-a-tarball/],
  ])('that is %s is refused', async (_, change, expected) => {
    const folder = makeFolder();
    const spec = specWithArchive(folder, change(await packEntries(releaseEntries())));
    const issues = await issuesOf(() => readReleaseArchives(spec, folder));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(expected);
  });

  it.each([
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path]), /^named-pipe .*is a named pipe/],
    ['a folder', (path: string) => mkdirSync(path), /^file-is-folder/],
    ['nowhere', () => undefined, /^no-such-file/],
  ])('that is %s is refused at once', async (_, make, expected) => {
    const folder = makeFolder();
    make(join(folder, 'a'));
    const spec = specWithArchive(folder, new Uint8Array(), { archive: 'a' });
    const issues = await issuesOf(() => readReleaseArchives(spec, folder));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(expected);
  });

  it('has the digest that SHA256SUMS beside it lists', async () => {
    const folder = makeFolder();
    const bytes = await packEntries(releaseEntries());
    const spec = specWithArchive(folder, bytes, { archiveSha256: undefined });
    const sums = join(folder, 'SHA256SUMS');
    writeFileSync(sums, `${'0'.repeat(64)}  other.tar.gz\n${sha256(bytes)} *./${ARCHIVE}\r\n`);
    (await readReleaseArchives(spec, folder))?.close();
    writeFileSync(sums, `${'0'.repeat(64)}  ${ARCHIVE}\n`);
    expect((await issuesOf(() => readReleaseArchives(spec, folder)))[0]).toMatch(/^archive-sum .*SHA256SUMS/);
    writeFileSync(sums, '');
    expect((await issuesOf(() => readReleaseArchives(spec, folder)))[0]).toMatch(/does not list it/);
  });

  it('that changes while it is read is refused', async () => {
    const folder = makeFolder();
    const spec = specWithArchive(folder, await packEntries(releaseEntries()));
    const { file = '', sha256: sums = {} } = spec.etcd.archive ?? {};
    const archive = await openArchive({ file, sha256: sums }, 'amd64', folder);
    const path = join(folder, ARCHIVE);
    const bytes = readFileSync(path);
    bytes[30] = (bytes[30] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const issues = await issuesOf(async () => {
      for await (const chunk of archive.chunks()) expect(chunk.length).toBeGreaterThan(0);
    });
    expect(issues[0]).toMatch(/^archive-changed/);
    await archive.close();
  });
});
