import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommand } from '../support/built-program.js';
import { itLong, sample } from '../support/long-tests.js';
import { manyCertificates } from '../support/many-certificates.js';
import { measuredRun } from '../support/measured-run.js';
import { put } from '../support/put-files.js';

/** Twice as much may take twice as many steps, and what a run takes at least. */
const LINEAR = 2.2;
const MEBIBYTE = 2 ** 20;

let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'large-'));
  program = await buildCommand(join(folder, 'program'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Text without a pattern, the same in every run. */
function noise(size: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

const JOURNALS: readonly (readonly [string, size: number, (size: number) => string | Uint8Array])[] = [
  ['one line', 25_000_000, (size) => 'x'.repeat(size)],
  ['one message', 25_000_000, (size) => `{"level":"error","msg":"${'a'.repeat(size)}"}`],
  ['short lines', 50_000, (size) => Array.from({ length: size }, (_, line) => `line ${line}\n`).join('')],
  ['brackets', 10_000_000, (size) => '['.repeat(size)],
  [
    'objects in each other',
    300,
    (size) => `{"msg":"x","a":${'['.repeat(8_000)}${']'.repeat(8_000)}}\n`.repeat(size),
  ],
  ['objects that do not end', 100_000, (size) => '{"level":"error",\n'.repeat(size)],
  [
    'panics',
    1_500,
    (size) => `panic: x\n\ngoroutine 1 [running]:\n${'main.main()\n\t/a/b.go:1\n'.repeat(10)}`.repeat(size),
  ],
  ['noise', 2_000_000, noise],
];

const FILES: readonly (readonly [string, size: number, (size: number) => string | Uint8Array])[] = [
  ['one line', 25_000_000, (size) => 'x'.repeat(size)],
  ['beginnings of PEM', 500_000, (size) => '-----BEGIN CERTIFICATE-----\n'.repeat(size)],
  [
    'blocks of PEM that hold nothing',
    200_000,
    (size) => '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n'.repeat(size),
  ],
  ['beginnings of keys', 500_000, (size) => 'PRIVATE KEY-----'.repeat(size)],
  ['the same certificate', 25_000, (size) => manyCertificates(1).repeat(size)],
  ['certificates', 2_000, manyCertificates],
  ['a tarball of zeros', 32 * MEBIBYTE, (size) => gzipSync(new Uint8Array(size))],
];

describe('explain', () => {
  it.each(sample(JOURNALS, 8))(
    'takes the steps of its length for %s, and no more memory',
    (_, size, journal) => {
      const [half, whole] = [size, 2 * size].map((length) =>
        measuredRun(program, ['explain'], journal(length)),
      );
      expect([0, 1]).toContain(whole?.exitCode);
      expect(whole?.stderr).toMatch(/^usage \d+ \d+\n$/);
      expect(whole?.steps).toBeLessThan(LINEAR * (half?.steps ?? 0));
      expect(whole?.peak).toBeLessThan(200);
    },
  );
});

describe('inspect and verify', () => {
  const cases = FILES.flatMap(([name, size, content]) =>
    ['inspect', 'verify'].map((command) => ({ command, name, size, content })),
  );
  it.each(sample(cases, 14))(
    '$command takes the steps of its length for $name',
    ({ command, size, content }) => {
      const [half, whole] = [size, 2 * size].map((length, index) => {
        const path = put(join(folder, `file${index}`), content(length));
        return measuredRun(program, [command, path]);
      });
      expect([0, 1]).toContain(whole?.exitCode);
      expect(whole?.steps).toBeLessThan(LINEAR * (half?.steps ?? 0));
      expect(whole?.peak).toBeLessThan(400);
    },
  );
});

/** Units of a host that would keep their reader for minutes. */
const UNITS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  [
    '20,000 commands',
    { 'etc/systemd/system/etcd.service': `[Service]\n${'ExecStart=/bin/etcd\n'.repeat(20_000)}` },
  ],
  [
    'a script that starts itself',
    {
      'etc/systemd/system/etcd.service': '[Service]\nExecStart=/opt/s\n',
      'opt/s': `#!/bin/sh\n${'/opt/s\n'.repeat(50)}`,
    },
  ],
  [
    'a script that sources itself',
    {
      'etc/systemd/system/etcd.service': '[Service]\nExecStart=/opt/s\n',
      'opt/s': `#!/bin/sh\n${'. /opt/s\n'.repeat(50)}`,
    },
  ],
  [
    'environment files that come again',
    {
      'etc/systemd/system/etcd.service': `[Service]\n${'EnvironmentFile=/etc/e\n'.repeat(9_000)}ExecStart=/bin/etcd\n`,
      'etc/e': Array.from({ length: 9_000 }, (_, index) => `ETCD_A${index}=${index}\n`).join(''),
    },
  ],
  [
    'drop-ins',
    {
      'etc/systemd/system/etcd.service': '[Service]\nExecStart=/bin/etcd\n',
      ...Object.fromEntries(
        Array.from({ length: 3_000 }, (_, index) => [
          `etc/systemd/system/etcd.service.d/${index}.conf`,
          `[Service]\nEnvironment=A${index}=1\n`,
        ]),
      ),
    },
  ],
];

describe('verify', () => {
  it.each(sample(UNITS, 5))('reads a host with %s in bounded steps and memory', (name, files) => {
    for (const [path, text] of Object.entries(files)) put(join(folder, name, path), text);
    const { exitCode, stdout, steps, peak } = measuredRun(program, ['verify', join(folder, name)]);
    expect([0, 1]).toContain(exitCode);
    expect(stdout).toContain('Not everything was gone into');
    expect(steps).toBeLessThan(300_000_000);
    expect(peak).toBeLessThan(300);
  });

  itLong('keeps of 20,000 small files what they hold', () => {
    for (let index = 0; index < 20_000; index += 1) put(join(folder, `small/etc/etcd/${index}`), 'x');
    expect(measuredRun(program, ['verify', join(folder, 'small')]).peak).toBeLessThan(200);
  });
});

/** A cluster of as many members. */
function generate(members: number): { readonly made: ReturnType<typeof measuredRun>; readonly out: string } {
  const lines = Array.from(
    { length: members },
    (_, index) => `  - {name: e${index}, address: 10.1.${index >> 8}.${index & 255}}\n`,
  );
  const document = put(join(folder, `cluster-${members}.yaml`), `members:\n${lines.join('')}`);
  const out = join(folder, `bundle-${members}`);
  return { made: measuredRun(program, ['generate', document, '--out', out]), out };
}

describe('a large cluster', () => {
  itLong('takes the steps of its members, to make and to verify', () => {
    const [half, whole] = [121, 241].map((members) => {
      const { made, out } = generate(members);
      return { made, verified: measuredRun(program, ['verify', out]) };
    });
    expect([whole?.made.exitCode, whole?.verified.exitCode]).toEqual([0, 0]);
    expect(whole?.made.steps).toBeLessThan(LINEAR * (half?.made.steps ?? 0));
    expect(whole?.verified.steps).toBeLessThan(LINEAR * (half?.verified.steps ?? 0));
  });

  itLong('of 900 members takes 400 MB to make and 700 MB to verify', () => {
    const { made, out } = generate(900);
    const verified = measuredRun(program, ['verify', out]);
    expect([made.exitCode, verified.exitCode]).toEqual([0, 0]);
    expect(made.peak).toBeLessThan(400);
    expect(verified.peak).toBeLessThan(700);
  });
});
