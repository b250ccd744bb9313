import type { Architecture } from '../../architectures.js';

/**
 * What a program says of itself.
 *
 * @internal
 */
export interface ElfProgram {
  /** As the file's header has it: `amd64`, or `machine 3`. */
  readonly architecture: string;
  /** Every variable of the program that is a version, such as `3.6.16`. */
  readonly versions: readonly string[];
}

/**
 * Bytes of a file from a place on, fewer at its end.
 *
 * @internal
 */
export type ReadAt = (position: number, length: number) => Buffer;

interface Segment {
  readonly isData: boolean;
  readonly offset: number;
  readonly address: bigint;
  readonly size: number;
}

/** e_machine and byte order of each (System V ABI, ELF header; include/uapi/linux/elf-em.h). */
const MACHINES: Readonly<Record<Architecture, readonly [machine: number, order: number]>> = {
  amd64: [62, 1],
  arm64: [183, 1],
  ppc64le: [21, 1],
  riscv64: [243, 1],
  s390x: [22, 2],
};
const HEADER_BYTES = 64;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const PT_LOAD = 1;
const PF_W = 2;
/** A Go string is an address and a length. */
const STRING_BYTES = 16;
const MAX_SEGMENTS = 64;
const MAX_DATA_BYTES = 64 * 2 ** 20;
const VERSION = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const VERSION_LENGTHS = { min: 5, max: 32 } as const;

/**
 * Reads the header of an ELF file, and the versions among its variables: etcd's own is `version.Version` (api/version/version.go), a Go
 * string that its data segment points at. Symbols, which the release's programs do not have, and build information, which does not name
 * the release where etcd was built from its repository, are not needed.
 *
 * @returns undefined for what is not a 64-bit ELF file
 * @internal
 */
export function readElf(read: ReadAt): ElfProgram | undefined {
  const header = read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 4) !== '\u007fELF') return undefined;
  const order = header[5];
  const isLittle = order === LITTLE_ENDIAN;
  const machine = viewOf(header).getUint16(18, isLittle);
  const known = Object.entries(MACHINES).find(([, [code, wanted]]) => code === machine && wanted === order);
  if (header[4] !== CLASS_64) return { architecture: `machine ${machine} of 32 bits`, versions: [] };
  const versions = new Set<string>();
  const segments = readSegments(viewOf(header), read, isLittle);
  for (const segment of segments)
    if (segment.isData)
      for (const text of stringsIn(segment, segments, read, isLittle))
        if (VERSION.test(text)) versions.add(text);
  return { architecture: known?.[0] ?? `machine ${machine}`, versions: [...versions] };
}

function readSegments(header: DataView, read: ReadAt, isLittle: boolean): readonly Segment[] {
  const table = Number(header.getBigUint64(32, isLittle));
  const size = header.getUint16(54, isLittle);
  const count = Math.min(header.getUint16(56, isLittle), MAX_SEGMENTS);
  const segments: Segment[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = read(table + index * size, 56);
    if (bytes.length < 56) break;
    const view = viewOf(bytes);
    if (view.getUint32(0, isLittle) !== PT_LOAD) continue;
    segments.push({
      isData: (view.getUint32(4, isLittle) & PF_W) !== 0,
      offset: Number(view.getBigUint64(8, isLittle)),
      address: view.getBigUint64(16, isLittle),
      size: Number(view.getBigUint64(32, isLittle)),
    });
  }
  return segments;
}

function* stringsIn(
  { offset, size }: Segment,
  segments: readonly Segment[],
  read: ReadAt,
  isLittle: boolean,
): Generator<string, void, undefined> {
  const data = viewOf(read(offset, Math.min(size, MAX_DATA_BYTES)));
  for (let at = 0; at + STRING_BYTES <= data.byteLength; at += 8) {
    const length = data.getBigUint64(at + 8, isLittle);
    if (length < VERSION_LENGTHS.min || length > VERSION_LENGTHS.max) continue;
    const address = data.getBigUint64(at, isLittle);
    const target = segments.find(
      (segment) => address >= segment.address && address < segment.address + BigInt(segment.size),
    );
    if (target === undefined) continue;
    yield read(target.offset + Number(address - target.address), Number(length)).toString('latin1');
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
