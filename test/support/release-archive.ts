import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import type { ClusterSpec } from '../../src/cluster-spec.js';
import { parseClusterSpec } from '../../src/document/parse.js';

/** An entry of an archive that is made up. */
export interface MadeEntry {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly type?: 'symlink' | 'link' | 'directory';
  readonly linkname?: string;
}

export const ARCHIVE = 'etcd.tar.gz';
const BASE = 0x400000;
const DATA = 120;

/**
 * What the reader looks at of a program: a 64-bit ELF file with one writable segment, in which a Go string is a version. The suite in
 * test/conformance/etcd reads real ones.
 */
export function madeProgram(version: string, { machine = 62, isLittle = true } = {}): Uint8Array {
  const bytes = new Uint8Array(DATA + 16 + version.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, isLittle ? 1 : 2, 1]);
  view.setUint16(16, 2, isLittle);
  view.setUint16(18, machine, isLittle);
  view.setBigUint64(32, 64n, isLittle);
  view.setUint16(54, 56, isLittle);
  view.setUint16(56, 1, isLittle);
  view.setUint32(64, 1, isLittle);
  view.setUint32(68, 6, isLittle);
  view.setBigUint64(80, BigInt(BASE), isLittle);
  view.setBigUint64(96, BigInt(bytes.length), isLittle);
  view.setBigUint64(DATA, BigInt(BASE + DATA + 16), isLittle);
  view.setBigUint64(DATA + 8, BigInt(version.length), isLittle);
  bytes.set(new TextEncoder().encode(version), DATA + 16);
  return bytes;
}

/** The entries of a release, as etcd's release script lays them out. */
export function releaseEntries(version = '3.6.16', program = madeProgram(version)): readonly MadeEntry[] {
  const folder = `etcd-v${version}-linux-amd64`;
  const programs = version.startsWith('3.4.') ? ['etcd', 'etcdctl'] : ['etcd', 'etcdctl', 'etcdutl'];
  return [
    { name: `${folder}/`, type: 'directory' },
    { name: `${folder}/README.md`, bytes: new TextEncoder().encode('# etcd') },
    ...programs.map((name) => ({ name: `${folder}/${name}`, bytes: program })),
  ];
}

export async function packEntries(entries: readonly MadeEntry[]): Promise<Uint8Array> {
  const tar = await packTar(
    entries.map(({ name, bytes = new Uint8Array(), type, linkname }) => ({
      header: {
        name,
        size: bytes.length,
        mode: 0o755,
        ...(type === undefined ? {} : { type }),
        ...(linkname === undefined ? {} : { linkname }),
      },
      body: bytes,
    })),
  );
  return gzipSync(tar);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A document whose archive lies in the folder, with the digest that it has, or another. */
export function specWithArchive(
  folder: string,
  bytes: Uint8Array,
  etcd: Readonly<Record<string, unknown>> = {},
): ClusterSpec {
  writeFileSync(join(folder, ARCHIVE), bytes);
  return parseClusterSpec({
    members: [
      { name: 'e1', address: '10.0.0.1' },
      { name: 'e2', address: '10.0.0.2' },
    ],
    etcd: { version: '3.6', archive: ARCHIVE, archiveSha256: sha256(bytes), ...etcd },
  });
}
