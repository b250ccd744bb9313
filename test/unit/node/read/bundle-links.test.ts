import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError, planRenewal } from '../../../../src/index.js';
import {
  nodeCryptoProvider,
  readBundle,
  readBundleAuthorities,
  verifyPaths,
  writeUpdate,
} from '../../../../src/node/index.js';
import { asFormat1, WRITTEN_AT, writtenBundle } from '../../../support/written-bundle.js';

const ONE = 'members: [{name: e1, address: 10.0.0.1}]\n';

/** Puts in the place of something in a bundle a link to it, elsewhere. */
function moveOut(folder: string, name: string): void {
  const elsewhere = join(dirname(folder), 'elsewhere');
  mkdirSync(elsewhere, { recursive: true });
  const moved = join(elsewhere, name.replace('/', '-'));
  renameSync(join(folder, name), moved);
  symlinkSync(moved, join(folder, name));
}

function pipe(folder: string, name: string): void {
  rmSync(join(folder, name), { recursive: true });
  execFileSync('mkfifo', [join(folder, name)]);
}

/** Codes, files and words of what is wrong. */
async function faultsOf(work: Promise<unknown>, folder: string): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues.map(
      ({ code, path, message }) => `${code} ${path.replace(`${folder}/`, '')} ${message}`,
    );
  }
}

async function renewed(folder: string): Promise<void> {
  const state = await readBundle(folder);
  const update = planRenewal(state, { now: WRITTEN_AT, policy: { type: 'all' } });
  await writeUpdate(folder, state, update, { crypto: nodeCryptoProvider(), now: WRITTEN_AT });
}

describe('a link in a bundle', () => {
  it.each([
    ['bundle.json', ['not-a-manifest bundle.json It is a link.']],
    ['e1.tar.gz', [expect.stringContaining('bundle-changed e1.tar.gz')]],
  ])('in the place of %s is not followed', async (name, expected) => {
    const folder = await writtenBundle(ONE);
    moveOut(folder, name);
    expect(await faultsOf(readBundle(folder), folder)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['ca', ['ca/ca.crt', 'ca/ca.key', 'ca/peer-ca.crt', 'ca/peer-ca.key']],
    ['ca/ca.key', ['ca/ca.key']],
    ['ca/peer-ca.crt', ['ca/peer-ca.crt']],
  ])(
    'in the place of %s is not followed to a key, and every file behind it is named',
    async (name, files) => {
      const folder = await writtenBundle(ONE);
      moveOut(folder, name);
      const why = name === 'ca' ? 'The folder that it lies in is a link' : 'It is a link';
      const expected = files.map((file) => `authority-missing ${file} ${why}, and no file of the bundle.`);
      const state = await readBundle(folder);
      expect(await faultsOf(readBundleAuthorities(folder, state, WRITTEN_AT), folder)).toEqual(expected);
      expect(await faultsOf(renewed(folder), folder)).toEqual(expected);
      expect(existsSync(`${folder}.previous-1`)).toBe(false);
    },
  );

  it('in the place of a tarball that a manifest of format 1 needs is told', async () => {
    const folder = await writtenBundle(ONE);
    asFormat1(folder);
    const text = readFileSync(join(folder, 'bundle.json'), 'utf8');
    // What a link leads to cannot be held against a sum: without the tarball, its texts are missing.
    moveOut(folder, 'e1.tar.gz');
    writeFileSync(join(folder, 'bundle.json'), text);
    expect(await faultsOf(readBundle(folder), folder)).toEqual([
      expect.stringContaining('bundle-changed e1.tar.gz'),
    ]);
  });

  it('to the bundle as a whole is followed: it is what was named', async () => {
    const folder = await writtenBundle(ONE);
    const link = join(dirname(folder), 'link');
    symlinkSync(folder, link);
    const state = await readBundle(link);
    expect(Object.keys(await readBundleAuthorities(link, state, WRITTEN_AT))).toEqual(['ca', 'peer-ca']);
  });

  it('is not followed by verify: neither to a file nor to the modes of a folder elsewhere', async () => {
    const folder = await writtenBundle(ONE);
    for (const name of ['e1.tar.gz', 'SHA256SUMS', 'ca']) moveOut(folder, name);
    const { findings } = await verifyPaths([folder], { at: WRITTEN_AT });
    expect(
      findings.filter(({ rule }) => rule === 'readable').map(({ path, message }) => `${path} ${message}`),
    ).toEqual(['e1.tar.gz It is a link.', 'SHA256SUMS It is a link.']);
    expect(findings.filter(({ rule }) => rule === 'bundle-modes')).toEqual([]);
  });
});

describe('a named pipe in a bundle', () => {
  it.each(['bundle.json', 'e1.tar.gz', 'SHA256SUMS', 'ca/ca.key', 'ca'])(
    'in the place of %s is not waited for',
    async (name) => {
      const folder = await writtenBundle(ONE);
      pipe(folder, name);
      const expected = name === 'SHA256SUMS' ? [] : [expect.stringMatching(/^(not|bundle|authority)-/)];
      const faults = await faultsOf(renewed(folder), folder);
      expect(faults.slice(0, 1)).toEqual(expected);
      await verifyPaths([folder], { at: WRITTEN_AT });
    },
  );
});

describe('the folder of the next generation', () => {
  async function written(
    out: (folder: string) => string,
  ): Promise<{ readonly folder: string; readonly faults: readonly string[] }> {
    const folder = await writtenBundle(ONE);
    const state = await readBundle(folder);
    const update = planRenewal(state, { now: WRITTEN_AT, policy: { type: 'all' } });
    const options = { crypto: nodeCryptoProvider(), now: WRITTEN_AT, out: out(folder) };
    return { folder, faults: await faultsOf(writeUpdate(folder, state, update, options), dirname(folder)) };
  }

  it.each<[string, (folder: string) => string, string]>([
    ['in the bundle', (folder) => join(folder, 'next'), 'output-in-bundle bundle/next It lies in the bundle'],
    [
      'deep in the bundle',
      (folder) => join(folder, 'a/b/next'),
      'output-in-bundle bundle/a/b/next It lies in',
    ],
    ['among its keys', (folder) => join(folder, 'ca'), 'output-in-bundle bundle/ca It lies in the bundle'],
    ['above the bundle', (folder) => dirname(folder), 'It holds the bundle'],
    ['at the root', () => '/', 'It holds the bundle'],
    [
      'where the former one will be kept',
      (folder) => `${folder}.previous-1`,
      'output-name-reserved bundle.previous-1 The name is one under which former generations of bundle are kept.',
    ],
    [
      'behind a link to the bundle',
      (folder) => {
        const link = join(dirname(folder), 'link');
        symlinkSync(folder, link);
        return link;
      },
      'output-in-bundle link It is the bundle itself.',
    ],
    [
      'behind a link into the bundle',
      (folder) => {
        const link = join(dirname(folder), 'link');
        symlinkSync(folder, link);
        return join(link, 'next');
      },
      'output-in-bundle bundle/next It lies in the bundle',
    ],
  ])('is not %s', async (_, out, message) => {
    const { folder, faults } = await written(out);
    expect(faults).toEqual([expect.stringContaining(message)]);
    expect((await readBundle(folder)).manifest.generation).toBe(1);
    expect(existsSync(join(folder, 'next'))).toBe(false);
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  it('is the bundle, where that is named again', async () => {
    const { folder, faults } = await written((place) => join(place, '.'));
    expect(faults).toEqual([]);
    expect((await readBundle(folder)).manifest.generation).toBe(2);
  });
});

describe('a run that another was faster than', () => {
  it('says which bundle is there now, and where its own is', async () => {
    const folder = await writtenBundle(ONE);
    const state = await readBundle(folder);
    const update = planRenewal(state, { now: WRITTEN_AT, policy: { type: 'all' } });
    const options = { crypto: nodeCryptoProvider(), now: WRITTEN_AT };
    const slower = async (): Promise<readonly string[]> =>
      faultsOf(writeUpdate(folder, state, update, options), folder);
    const other = await writtenBundle(ONE);
    // As generate --force does.
    renameSync(folder, `${folder}.previous-1`);
    cpSync(other, folder, { recursive: true });
    expect(await slower()).toEqual([
      `output-raced ${folder} Another run has put something else in the place of the bundle meanwhile, and set the bundle aside.`,
    ]);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}.previous-1`, folder);
    await renewed(folder);
    expect(await slower()).toEqual([
      `output-raced ${folder} Another run has written the next generation meanwhile.`,
    ]);
  });
});
