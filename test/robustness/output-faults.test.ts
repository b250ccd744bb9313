import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../src/errors.js';
import { type FileSystem, nodeFileSystem } from '../../src/node/write/file-system.js';
import { checkOutputFolder, writeOutputWith } from '../../src/node/write/output.js';
import { isLong, itLong } from '../support/long-tests.js';
import { type Fault, faultyFileSystem, systemFault } from './faults.js';
import {
  bundleIn,
  bundleOf,
  buryRun,
  everythingIn,
  recover,
  stagingsAround,
  startingPoints,
} from './output-states.js';

/** Calls from one that fails to the next. */
const STEP = isLong ? 1 : 12;
const ERRORS = ['ENOSPC', 'EACCES', 'EIO', 'EBUSY'] as const;

async function attempt(
  start: (typeof startingPoints)[number],
  fault: Fault,
  use: (out: string, outcome: Outcome) => Promise<void>,
  lost?: Fault,
) {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    const out = join(folder, 'out');
    start.prepare(out);
    const { fs, calls } = faultyFileSystem(fault, lost);
    let error: unknown;
    try {
      await writeOutputWith(fs, out, bundleOf('new'), { force: start.force });
    } catch (caught) {
      error = caught;
    }
    await use(out, { error, calls: [...calls] });
    return calls.length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Outcome {
  readonly error: unknown;
  readonly calls: readonly string[];
}

describe.each(startingPoints)('writing where there is $name', (start) => {
  const untouched = async (use: (out: string, outcome: Outcome) => Promise<void>) =>
    attempt(start, () => undefined, use);

  it('makes the new bundle when nothing fails', async () => {
    const calls = await untouched(async (out, { error }) => {
      expect(error).toBeUndefined();
      expect(bundleIn(out)).toBe('new');
      expect(stagingsAround(out)).toEqual([]);
    });
    expect(calls).toBeGreaterThan(30);
  });

  for (const code of ERRORS) anyOneCallFailsWith(code);

  function anyOneCallFailsWith(code: (typeof ERRORS)[number]): void {
    const test = code === ERRORS[0] ? it : itLong;
    test(`has the old state or the new one when any one call fails with ${code}`, async () => {
      const total = await untouched(async () => undefined);
      const outcomes = new Set<string>();
      for (let index = 0; index < total; index += STEP) {
        const fault: Fault = (at, call) => (at === index ? systemFault(code, call) : undefined);
        await attempt(start, fault, async (out, { error, calls }) => {
          const state = bundleIn(out);
          const at = `${code} at call ${index}, ${calls[index]}`;
          expect([start.before, 'new'], at).toContain(state);
          if (error === undefined) expect(state, at).toBe('new');
          else expect({ at, isOurs: isEtcdBundleError(error), error }).toMatchObject({ at, isOurs: true });
          // A staging folder may stay where it was its own removal that failed.
          if (!['rm', 'rmdir', 'unlink'].includes(calls[index] ?? ''))
            expect(stagingsAround(out), at).toEqual([]);
          if (start.before === 'old' && state === 'new')
            expect(bundleIn(`${out}.previous-1`), at).toBe('old');
          outcomes.add(error === undefined ? 'written' : 'failed');
        });
      }
      expect(outcomes).toContain('failed');
    });
  }

  it.each(['ENOENT', 'EIO', 'EEXIST'])(
    'has the old state or the new one when any one call is done and reported as failed with %s',
    async (code) => {
      const total = await untouched(async () => undefined);
      for (let index = 0; index < total; index += STEP) {
        // Of what then is there nobody can tell whether another run made it.
        const isTheirs = (call: string): boolean => code === 'EEXIST' && call !== 'rename';
        const lost: Fault = (at, call) =>
          at === index && !isTheirs(call) ? systemFault(code, call) : undefined;
        await attempt(
          start,
          () => undefined,
          async (out, { error, calls }) => {
            const at = `${code} at call ${index}, ${calls[index]}`;
            const state = bundleIn(out);
            expect([start.before, 'new'], at).toContain(state);
            if (error === undefined) expect(state, at).toBe('new');
            if (calls[index] === 'rename') expect({ at, error }).toEqual({ at, error: undefined });
            if (start.before === 'old' && state === 'new')
              expect(bundleIn(`${out}.previous-1`), at).toBe('old');
          },
          lost,
        );
      }
    },
  );

  it('comes back to the old state or the new one after a crash at any call', async () => {
    const total = await untouched(async () => undefined);
    for (let index = 0; index < total; index += STEP) {
      const crash: Fault = (at, call) => (at >= index ? systemFault('EIO', call) : undefined);
      await attempt(start, crash, async (out, { calls }) => {
        buryRun(out);
        const before = everythingIn(dirname(out));
        await checkOutputFolder(out, { force: true });
        expect(everythingIn(dirname(out)), `looked at after call ${index}`).toEqual(before);
        await recover(out);
        const state = bundleIn(out);
        expect([start.before, 'new'], `crash at call ${index}, ${calls[index]}`).toContain(state);
        if (start.before === 'old' && state === 'new') expect(bundleIn(`${out}.previous-1`)).toBe('old');
        for (const staging of stagingsAround(out)) expect(readdirSync(staging)).not.toContain('content');
      });
    }
  });
});

describe('a folder that cannot be synced', () => {
  it.each([
    ['EPERM', 'fsync'],
    ['EISDIR', 'open'],
    ['EINVAL', 'fsync'],
  ])('is passed over: %s at its %s, as on Windows and on some file systems', async (code, call) => {
    for (const start of startingPoints) {
      const folder = mkdtempSync(join(tmpdir(), 'faults-'));
      const out = join(folder, 'out');
      start.prepare(out);
      let refused = 0;
      const refuse = (): never => {
        refused += 1;
        throw systemFault(code, call);
      };
      const fs: FileSystem = {
        ...nodeFileSystem,
        open: async (path, flags, mode) => {
          if (flags === 'wx') return nodeFileSystem.open(path, flags, mode);
          if (call === 'open') refuse();
          return { ...(await nodeFileSystem.open(path, flags)), sync: async () => refuse() };
        },
      };
      await writeOutputWith(fs, out, bundleOf('new'), { force: start.force });
      expect(bundleIn(out)).toBe('new');
      expect(refused).toBeGreaterThan(1);
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a failed call', () => {
  it.each([
    ['ENOSPC', 'no-space', 'Free some space, or choose a folder on another disk.'],
    ['EDQUOT', 'quota-exceeded', 'Free some of your quota, or choose a folder on another disk.'],
    ['EROFS', 'read-only-file-system', 'Choose a folder on a file system that is mounted for writing.'],
    ['EACCES', 'permission-denied', 'Run as a user who may use it, or choose another folder.'],
    ['ENAMETOOLONG', 'name-too-long', 'Choose shorter names.'],
  ])('is told as a system error with its code and cure: %s', async (code, told, cure) => {
    const [absent] = startingPoints;
    if (absent === undefined) throw new TypeError('no starting point');
    const fault: Fault = (_, call) => (call === 'write' ? systemFault(code, call) : undefined);
    await attempt(absent, fault, async (out, { error }) => {
      expect(error).toMatchObject({
        code: 'system',
        issues: [{ code: told, message: `Cannot write the output folder: ${code}: injected.`, cure }],
      });
      expect(bundleIn(out)).toBe('absent');
    });
  });
});
