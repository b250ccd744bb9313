import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BundleFile,
  type BundleState,
  generateBundle,
  parseClusterDocument,
  planRotation,
  planUpdate,
  type RotationDirection,
  renderUpdate,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider, readTarball } from '../../../src/node/index.js';
import { clusterDocument } from '../../support/arbitrary-cluster.js';
import { authoritiesIn, collect, orIssues, stateOf } from '../../support/bundle-in-memory.js';
import { makeFurtherAuthority } from '../../support/further-authority.js';
import { runs } from '../../support/long-tests.js';

const NOW = 1_800_000_000;
const LATER = NOW + 60;
const BEGIN = '-----BEGIN CERTIFICATE-----';
const common = { crypto: nodeCryptoProvider(), generator: 'test', archive: archiveBundle };
const further = makeFurtherAuthority(NOW);
/** Each is possible after those before it, and the first one again after the last. */
const WAYS: readonly RotationDirection[] = [
  'forward',
  'back',
  'forward',
  'forward',
  'back',
  'forward',
  'forward',
  'at-once',
];

type Files = ReadonlyMap<string, Uint8Array>;

/** With the CA that is to sign under the names of the one that does. */
function asSigning(files: Files, { manifest }: BundleState): Files {
  const suffixes = { settled: '', trust: '.next', reissue: '.former' };
  return new Map(
    manifest.authorities.flatMap(({ id, phase }) =>
      ['key', 'crt'].flatMap((ending) => {
        const bytes = files.get(`ca/${id}${suffixes[phase]}.${ending}`);
        return bytes === undefined ? [] : [[`ca/${id}.${ending}`, bytes] as const];
      }),
    ),
  );
}

function blocks(text: string): readonly X509Certificate[] {
  return text
    .split(BEGIN)
    .slice(1)
    .map((block) => new X509Certificate(`${BEGIN}${block}`));
}

/** What each host has once all tarballs so far are extracted, oldest first. */
async function layered(
  generations: readonly Files[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const hosts = new Map<string, Map<string, string>>();
  for (const files of generations)
    for (const [path, bytes] of files) {
      if (!path.endsWith('.tar.gz')) continue;
      const name = path.slice(0, -'.tar.gz'.length);
      const host = hosts.get(name) ?? new Map<string, string>();
      hosts.set(name, host);
      for (const entry of await readTarball(bytes, name))
        host.set(`/${entry.path}`, Buffer.from(entry.bytes).toString());
    }
  return hosts;
}

describe('a rotation', () => {
  it('leaves every host with the CAs and pairs of the phase, changes nothing else, and comes to rest', async () => {
    let rotated = 0;
    await fc.assert(
      fc.asyncProperty(clusterDocument, async (data) => {
        const document = JSON.stringify(data);
        const spec = orIssues(() => parseClusterDocument(document));
        if (spec === undefined || spec.certificates.authorities.length === 0) return;
        const { trust } = await further;
        let files = await collect(generateBundle(spec, { ...common, now: NOW, document, trust }));
        const generations = [files];
        let state = stateOf(files, spec);
        if (state.manifest.authorities.length === 0) return;
        const others = JSON.stringify(otherFiles(state));
        for (const direction of WAYS) {
          const update = orIssues(() => planRotation(state, { now: LATER, direction }));
          // Pairs that last as long as their CA cannot follow it, and are refused before anything has begun.
          if (update === undefined && generations.length === 1) return;
          if (update === undefined)
            throw new Error(`${direction} is refused behind ${generations.length} generations`);
          const needed = update.certificates.length > 0 ? asSigning(files, state) : files;
          const authorityFiles: readonly BundleFile[] = [...files].flatMap(([path, bytes]) =>
            path.startsWith('ca/') ? [{ path, mode: 0o600, bytes }] : [],
          );
          files = await collect(
            renderUpdate(state, update, {
              ...common,
              now: LATER,
              authorities: await authoritiesIn(needed, LATER),
              authorityFiles,
            }),
          );
          generations.push(files);
          state = stateOf(files, spec);
          expect(JSON.stringify(otherFiles(state))).toBe(others);
          expect(planUpdate(state, { spec, document }, { now: LATER }).changes).toEqual([]);
          await expectPhase(state, await layered(generations));
        }
        rotated += 1;
      }),
      { numRuns: runs(100) },
    );
    expect(rotated).toBeGreaterThan(0);
  });
});

function otherFiles({ manifest }: BundleState): readonly unknown[] {
  const changing = new Set([
    'authority-certificate',
    'authority-key',
    'certificate',
    'private-key',
    'revocation-list',
  ]);
  return manifest.hosts.map(({ files }) =>
    files.filter(({ kind }) => !changing.has(kind)).map(({ path, sha256 }) => [path, sha256]),
  );
}

/** Every pair on a host is signed by the CA that signs, and everybody trusts that one, and the other one where there are two. */
async function expectPhase(
  { manifest }: BundleState,
  hosts: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<void> {
  const count = manifest.authorities[0]?.phase === 'settled' ? 1 : 2;
  const current = manifest.authorities.map(({ certificates }) =>
    certificates.slice(0, count).map(({ serialNumber }) => serialNumber),
  );
  for (const [name, files] of hosts) {
    const host = manifest.hosts.find((one) => one.name === name);
    for (const { path, kind } of host?.files ?? []) {
      if (kind === 'authority-certificate') {
        const serials = new Set(blocks(files.get(path) ?? '').map((one) => one.serialNumber.toLowerCase()));
        const own = current.find((pair) => pair.every((serial) => serials.has(serial)));
        expect(own, `${name} ${path}`).toBeDefined();
        const former = manifest.authorities.flatMap(({ certificates }) => certificates.slice(count));
        for (const { serialNumber } of former) expect(serials).not.toContain(serialNumber);
      }
      if (kind !== 'certificate') continue;
      const [leaf] = blocks(files.get(path) ?? '');
      const described = manifest.certificates.find(
        (one) => one.path === path && one.serialNumber === leaf?.serialNumber.toLowerCase(),
      );
      expect(described, `${name} ${path}`).toBeDefined();
      const id = described?.authority;
      const authority = manifest.authorities.find((one) => one.id === id);
      const all = [...files.values()].flatMap((text) => (text.startsWith(BEGIN) ? blocks(text) : []));
      const [signer] = authority?.certificates ?? [];
      const root = all.find((one) => one.serialNumber.toLowerCase() === signer?.serialNumber);
      // A client that dials members has the CA of the servers alone, which is its own.
      if (root !== undefined && leaf !== undefined) expect(leaf.verify(root.publicKey)).toBe(true);
    }
  }
}
