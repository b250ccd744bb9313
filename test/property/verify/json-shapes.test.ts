import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../src/index.js';
import { readTarball } from '../../../src/node/index.js';
import { clusterDocument } from '../../support/arbitrary-cluster.js';
import { FURTHER_FILE, makeFurtherAuthority } from '../../support/further-authority.js';
import { runs, sample } from '../../support/long-tests.js';
import { expectPublished } from '../../support/published-schema.js';
import { putAll } from '../../support/put-files.js';
import { makeFolder, NOW, runCli } from '../../unit/cli/fake-io.js';
import { mutate, mutations } from './mutation.js';

/** The same documents in every run; another number looks for others. */
const COMMANDS: readonly (readonly [schema: string, argv: readonly string[], takesMany: boolean])[] = [
  ['verify', ['verify', '--handshakes'], true],
  ['verify', ['verify', '--at', '2090-01-01', '--etcd-version', '3.4'], true],
  ['inspect', ['inspect'], false],
  ['expiry', ['expiry'], true],
  ['expiry', ['expiry', '--within', '9000h', '--at', '2025-01-01'], true],
];
const examples = join(import.meta.dirname, '../../../examples');
const presets = readdirSync(examples).filter((name) => !name.includes('.'));
const further = makeFurtherAuthority(NOW);
const isPublished = new Map(COMMANDS.map(([schema]) => [schema, expectPublished(schema)]));

/** Gives the paths to every command, and counts those that did their work. */
async function tryAll(cwd: string, paths: readonly string[]): Promise<number> {
  let done = 0;
  for (const [schema, argv, takesMany] of COMMANDS)
    for (const some of takesMany ? [paths] : paths.map((path) => [path])) {
      const { stdout, stderr, exitCode } = await runCli([...argv, ...some, '--json'], { cwd, now: NOW + 60 });
      expect([stderr, exitCode === 2 || exitCode === 3]).toEqual(['', false]);
      const value: object = JSON.parse(stdout);
      isPublished.get(schema)?.(value);
      if (Object.keys(value).length > 2) done += 1;
    }
  return done;
}

/** A bundle, and one of its hosts as it is after the tarball was extracted. */
async function make(document: string): Promise<{ readonly cwd: string; readonly host: string }> {
  const cwd = makeFolder({ 'cluster.yaml': document, [FURTHER_FILE]: (await further).certificate });
  await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
  const manifest = readManifest(readFileSync(join(cwd, 'out/bundle.json'), 'utf8'));
  const tarball = manifest?.hosts[0]?.tarball?.path ?? '';
  const host = join(cwd, 'host');
  putAll(host, await readTarball(readFileSync(join(cwd, 'out', tarball)), tarball));
  return { cwd, host };
}

describe('what --json prints is of the published shape', () => {
  it.each(sample(presets, 4))('of the example %s', async (preset) => {
    // RSA keys take seconds.
    const document = readFileSync(join(examples, preset, 'cluster.yaml'), 'utf8')
      .replace(/key: rsa-\d+/, '# as it is')
      .replace(/^certificates:\n/m, 'certificates:\n  key: ecdsa-p256\n');
    const { cwd } = await make(document);
    const tarballs = readdirSync(join(cwd, 'out')).filter((name) => name.endsWith('.tar.gz'));
    expect(await tryAll(cwd, ['out'])).toBe(COMMANDS.length);
    expect(await tryAll(cwd, ['host'])).toBe(COMMANDS.length);
    expect(
      await tryAll(
        cwd,
        tarballs.map((name) => join('out', name)),
      ),
    ).toBeGreaterThan(COMMANDS.length);
  });

  it('of drawn clusters, sound and damaged', async () => {
    await fc.assert(
      fc.asyncProperty(clusterDocument, mutations, fc.nat(), async (document, changes, which) => {
        const { cwd, host } = await make(JSON.stringify(document));
        await tryAll(cwd, ['out', 'host']);
        const files = readdirSync(host, { recursive: true, withFileTypes: true }).filter((entry) =>
          entry.isFile(),
        );
        const chosen = files[which % files.length];
        if (chosen === undefined) throw new Error('an empty host');
        const path = join(chosen.parentPath, chosen.name);
        writeFileSync(path, mutate(readFileSync(path), changes));
        await tryAll(cwd, ['host', path]);
        rmSync(cwd, { recursive: true });
        mkdirSync(cwd);
      }),
      { numRuns: runs(20, 2) },
    );
  });

  it('of nothing, and of what is something else', async () => {
    const cwd = makeFolder({
      'bundle.json': '{}',
      'a.tar.gz': '\x1f',
      'a.crt': 'words',
      'later/bundle.json': '{"format": 3}',
    });
    for (const path of ['gone', '.', 'a.tar.gz', 'a.crt', 'later']) await tryAll(cwd, [path]);
    expect(await tryAll(cwd, ['gone'])).toBe(0);
  });
});
