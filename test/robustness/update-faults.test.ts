import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError, planRenewal } from '../../src/index.js';
import { nodeCryptoProvider, readBundle, writeUpdate } from '../../src/node/index.js';
import { writeUpdateWith } from '../../src/node/update.js';
import { isLong, sample } from '../support/long-tests.js';
import { WRITTEN_AT, writtenBundle } from '../support/written-bundle.js';
import { type Fault, faultyFileSystem, systemFault } from './faults.js';
import { buryRun, recover, stagingsAround } from './output-states.js';

const ONE = 'members: [{name: e1, address: 10.0.0.1}]\n';
const crypto = nodeCryptoProvider();

/** One attempt at a renewal of everything, on a copy of a bundle. */
async function attempt(
  original: string,
  fault: Fault,
  use: (
    folder: string,
    outcome: { readonly error: unknown; readonly calls: readonly string[] },
  ) => Promise<void>,
): Promise<number> {
  const parent = mkdtempSync(join(tmpdir(), 'update-'));
  try {
    const folder = join(parent, 'bundle');
    cpSync(original, folder, { recursive: true });
    const state = await readBundle(folder);
    const update = planRenewal(state, { now: WRITTEN_AT, policy: { type: 'all' } });
    const { fs, calls } = faultyFileSystem(fault);
    let error: unknown;
    try {
      await writeUpdateWith(fs, folder, state, update, { crypto, now: WRITTEN_AT });
    } catch (caught) {
      error = caught;
    }
    await use(folder, { error, calls: [...calls] });
    return calls.length;
  } finally {
    rmSync(parent, { recursive: true });
  }
}

/** The generation of a bundle that is whole: its sums hold, and its authorities are there. */
async function generationIn(folder: string): Promise<number | string> {
  if (!existsSync(folder)) return 'absent';
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  const names = sums.map((line) => line.slice(line.indexOf('  ') + 2));
  const expected = [
    ...names,
    'SHA256SUMS',
    'ca',
    'ca/ca.crt',
    'ca/ca.key',
    'ca/peer-ca.crt',
    'ca/peer-ca.key',
  ];
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  if (found.toSorted().join() !== expected.toSorted().join()) return `holds ${found.join(', ')}`;
  return (await readBundle(folder)).manifest.generation;
}

describe('a generation that is written in the place of the former one', () => {
  it.each(sample(['ENOSPC', 'EIO'], 2))(
    'is there or is not, when any one call fails with %s',
    async (code) => {
      const original = await writtenBundle(ONE);
      const total = await attempt(
        original,
        () => undefined,
        async () => undefined,
      );
      expect(total).toBeGreaterThan(30);
      const seen = new Set<number | string>();
      for (let index = 0; index < total; index += isLong ? 1 : 6) {
        const fault: Fault = (at, call) => (at === index ? systemFault(code, call) : undefined);
        await attempt(original, fault, async (folder, { error, calls }) => {
          const at = `${code} at call ${index}, ${calls[index]}`;
          const generation = await generationIn(folder);
          expect([1, 2], at).toContain(generation);
          if (error === undefined) expect(generation, at).toBe(2);
          else expect({ at, isOurs: isEtcdBundleError(error) }).toEqual({ at, isOurs: true });
          if (generation === 2) expect(await generationIn(`${folder}.previous-1`).catch(() => 1), at).toBe(1);
          seen.add(generation);
        });
      }
      expect([...seen].sort()).toEqual([1, 2]);
    },
  );

  it('is there or is not, after a crash at any call', async () => {
    const original = await writtenBundle(ONE);
    const total = await attempt(
      original,
      () => undefined,
      async () => undefined,
    );
    for (let index = 0; index < total; index += isLong ? 1 : 8) {
      const crash: Fault = (at, call) => (at >= index ? systemFault('EIO', call) : undefined);
      await attempt(original, crash, async (folder, { calls }) => {
        buryRun(folder);
        await recover(folder);
        expect([1, 2], `crash at call ${index}, ${calls[index]}`).toContain(await generationIn(folder));
        for (const staging of stagingsAround(folder)) expect(readdirSync(staging)).not.toContain('content');
      });
    }
  });

  it('is one of two that were made at once: the slower run says so, and replaces nothing', async () => {
    const folder = await writtenBundle(ONE);
    const state = await readBundle(folder);
    const update = planRenewal(state, { now: WRITTEN_AT, policy: { type: 'all' } });
    await writeUpdate(folder, state, update, { crypto, now: WRITTEN_AT });
    const slower = writeUpdate(folder, state, update, { crypto, now: WRITTEN_AT });
    await expect(slower).rejects.toMatchObject({ issues: [{ code: 'output-raced' }] });
    const together = await readBundle(folder);
    const next = planRenewal(together, { now: WRITTEN_AT, policy: { type: 'all' } });
    const runs = [1, 2].map(() => writeUpdate(folder, together, next, { crypto, now: WRITTEN_AT }));
    const outcomes = await Promise.allSettled(runs);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await readBundle(folder)).manifest.generation).toBe(3);
  });
});
