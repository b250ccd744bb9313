import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeOutputWith } from '../../src/node/write/output.js';
import { describeWithPrograms } from '../programs/describe.js';
import { isLong, sample } from '../support/long-tests.js';
import { faultyFileSystem } from './faults.js';
import { bundleIn, bundleOf, recover, stagingsAround, startingPoints } from './output-states.js';
import { buildProgram, makeWorkFolder, mayMount, nobody, startProgram } from './processes.js';

/** A run is killed at every fourth call, in the short sample at every sixteenth. */
const STEP = isLong ? 4 : 16;

let work = '';
let program = '';
let folder = '';
let out = '';
let count = 0;

beforeAll(async () => {
  work = makeWorkFolder();
  program = await buildProgram(work);
});
afterAll(() => {
  // A strict umask leaves folders that their own maker cannot enter.
  execFileSync('chmod', ['-R', 'u+rwx', work]);
  rmSync(work, { recursive: true });
});
beforeEach(() => {
  count += 1;
  folder = join(work, String(count));
  mkdirSync(folder);
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, 0);
  out = join(folder, 'out');
});

describe.each(sample(startingPoints, 2))(
  'a run that is killed where there is $name',
  ({ prepare, before, force }) => {
    it('leaves the old state or the new one, and the next run cleans up', async () => {
      const { fs, calls } = faultyFileSystem(() => undefined);
      prepare(out);
      await writeOutputWith(fs, out, bundleOf('new'), { force });
      let killed = 0;
      for (let index = Math.floor(Math.random() * STEP); index < calls.length; index += STEP) {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        prepare(out);
        await startProgram(program, [out, 'new', '3', String(force), String(index)]).done;
        if (stagingsAround(out).length > 0) killed += 1;
        await recover(out);
        expect([before, 'new'], `killed at call ${index}, ${calls[index]}`).toContain(bundleIn(out));
        for (const staging of stagingsAround(out)) expect(readdirSync(staging)).not.toContain('content');
      }
      expect(killed).toBeGreaterThan(isLong ? 5 : 1);
    });
  },
);

describe('runs at the same time', () => {
  it.each(startingPoints)('end with one winner where there is $name', async ({ prepare, before }) => {
    prepare(out);
    const names = ['a', 'b', 'c', 'd'];
    const results = await Promise.all(names.map((name) => startProgram(program, [out, name, '40']).done));
    const winners = names.filter((_, index) => results[index]?.code === 0);
    if (before === 'old') {
      expect(winners).toEqual([]);
      expect(bundleIn(out)).toBe('old');
    } else {
      expect(winners).toHaveLength(1);
      expect(bundleIn(out, 40)).toBe(winners[0]);
    }
    for (const { code, output } of results.filter((result) => result.code !== 0)) {
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^output-refused\n/) });
    }
    expect(stagingsAround(out)).toEqual([]);
  });
});

describe('modes', () => {
  it.each(['000', '027', '077', '777'])('do not depend on the umask %s', async (umask) => {
    const nested = join(folder, 'a/b/out');
    expect(await startProgram(program, [nested, 'new'], { umask, ...nobody }).done).toMatchObject({
      code: 0,
    });
    expect(bundleIn(nested)).toBe('new');
    for (const path of [nested, join(folder, 'a'), join(folder, 'a/b')]) {
      expect((statSync(path).mode & 0o777).toString(8)).toBe('755');
    }
  });
});

describe('a folder that may not be written', () => {
  it('is told as a system error and stays as it was', async () => {
    chmodSync(folder, 0o555);
    const { code, output } = await startProgram(program, [out, 'new'], nobody).done;
    expect(code).toBe(3);
    expect(output).toMatch(/^system\n.*EACCES.*Run as a user who may use it/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not matter where the output folder itself is there and writable', async () => {
    mkdirSync(out);
    if (nobody.uid !== undefined) chownSync(out, nobody.uid, 0);
    chmodSync(folder, 0o555);
    expect(await startProgram(program, [out, 'new'], nobody).done).toEqual({ code: 0, output: 'written\n' });
    expect(bundleIn(out)).toBe('new');
  });
});

describe.runIf(mayMount)(mayMount ? 'root' : 'root (not run: it needs CAP_SYS_ADMIN)', () => {
  describeWithPrograms(['mount'], 'file systems', () => {
    const mounted = async (options: readonly string[], place: string, use: () => Promise<void>) => {
      execFileSync('mount', [...options, place]);
      try {
        await use();
      } finally {
        execFileSync('umount', [place]);
      }
    };

    it.each([64, 300, 900])('that are full after %i KiB leave nothing behind', async (size) => {
      await mounted(['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs'], folder, async () => {
        const { code, output } = await startProgram(program, [out, 'new', '300']).done;
        expect(code).toBe(3);
        expect(output).toMatch(/^system\n.*ENOSPC.*Free some space/);
        expect(readdirSync(folder)).toEqual([]);
      });
    });

    it('that are full keep the former bundle', async () => {
      await mounted(['-t', 'tmpfs', '-o', 'size=900k', 'tmpfs'], folder, async () => {
        expect(await startProgram(program, [out, 'old', '30']).done).toMatchObject({ code: 0 });
        const { output } = await startProgram(program, [out, 'new', '300', 'true']).done;
        expect(output).toMatch(/^system\n.*ENOSPC/);
        expect(bundleIn(out, 30)).toBe('old');
        expect(readdirSync(folder)).toEqual(['out']);
      });
    });

    it('that are out of inodes leave nothing behind', async () => {
      await mounted(['-t', 'tmpfs', '-o', 'nr_inodes=20', 'tmpfs'], folder, async () => {
        const { output } = await startProgram(program, [out, 'new', '300']).done;
        expect(output).toMatch(/^system\n.*ENOSPC/);
        expect(readdirSync(folder)).toEqual([]);
      });
    });

    it('that are read-only are told as such', async () => {
      await mounted(['-t', 'tmpfs', '-o', 'ro', 'tmpfs'], folder, async () => {
        const { code, output } = await startProgram(program, [out, 'new']).done;
        expect(code).toBe(3);
        expect(output).toMatch(/^system\n.*EROFS.*mounted for writing/);
      });
    });

    it('that are mounted on the output folder are filled', async () => {
      mkdirSync(out);
      await mounted(['-t', 'tmpfs', 'tmpfs'], out, async () => {
        expect(await startProgram(program, [out, 'new']).done).toMatchObject({ code: 0 });
        expect(bundleIn(out)).toBe('new');
        expect(stagingsAround(out)).toEqual([]);
        const { code, output } = await startProgram(program, [out, 'newer', '3', 'true']).done;
        expect({ code, output }).toEqual({
          code: 1,
          output: expect.stringMatching(/mount point.*\noutput-not-movable$/m),
        });
        expect(bundleIn(out)).toBe('new');
      });
    });

    it('that are the same one mounted a second time are filled', async () => {
      const other = join(folder, 'other');
      mkdirSync(out);
      mkdirSync(other);
      await mounted(['--bind', other], out, async () => {
        expect(await startProgram(program, [out, 'new']).done).toMatchObject({ code: 0 });
        expect(bundleIn(out)).toBe('new');
        expect(stagingsAround(out)).toEqual([]);
        const forced = await startProgram(program, [out, 'newer', '3', 'true']).done;
        expect(forced).toEqual({
          code: 3,
          output: expect.stringMatching(/^system\n.*EBUSY.*not a mount point/),
        });
        expect(bundleIn(out)).toBe('new');
      });
    });
  });
});
