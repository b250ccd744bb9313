import type { HostRoot, RootFile } from '../../host/host-root.js';
import type { Finding } from '../../verify/finding.js';
import { sha256Of } from '../sha256.js';
import { MANIFEST_NAME } from './bundle.js';
import { unreadable, type VerifyInput } from './input.js';

/**
 * Lays the generations of a cluster over each other, as its hosts do: the latest one says what they have, and the secrets that are in none of its
 * tarballs come from those before it.
 *
 * @returns the inputs without the former generations
 * @internal
 */
export function layGenerations(inputs: readonly VerifyInput[]): readonly VerifyInput[] {
  const latest = new Map<string, VerifyInput>();
  const clusters = clustersOf(inputs);
  for (const input of inputs) {
    const { manifest } = input;
    const cluster = clusters.get(input);
    if (manifest === undefined || cluster === undefined) continue;
    const known = latest.get(cluster)?.manifest;
    if (known === undefined || known.generation < manifest.generation) latest.set(cluster, input);
  }
  return inputs.flatMap((input) => {
    const { manifest } = input;
    const cluster = clusters.get(input);
    const last = latest.get(cluster ?? '');
    if (manifest === undefined || last === undefined) return [input];
    if (last !== input)
      return last.manifest?.generation === manifest.generation
        ? [input]
        : [{ roots: [], findings: input.findings }];
    const former = inputs
      .filter((other) => clusters.get(other) === cluster)
      .filter(({ manifest: other }) => (other?.generation ?? 0) < manifest.generation)
      .sort((a, b) => (b.manifest?.generation ?? 0) - (a.manifest?.generation ?? 0));
    return [
      {
        ...input,
        roots: input.roots.map((root) => withSecrets(root, input, former)),
        findings: [...input.findings, ...breaks([input, ...former])],
      },
    ];
  });
}

/** By the token of the oldest generation that each follows from: a restored cluster has another one than before. */
function clustersOf(inputs: readonly VerifyInput[]): ReadonlyMap<VerifyInput, string> {
  const clusters = new Map<VerifyInput, string>();
  const byDigest = new Map<string, string>();
  const inOrder = [...inputs].sort((a, b) => (a.manifest?.generation ?? 0) - (b.manifest?.generation ?? 0));
  for (const input of inOrder) {
    const { manifest, manifestDigest } = input;
    if (manifest === undefined) continue;
    const cluster = byDigest.get(manifest.former ?? '') ?? manifest.cluster.token;
    clusters.set(input, cluster);
    if (manifestDigest !== undefined) byDigest.set(manifestDigest, cluster);
  }
  return clusters;
}

function withSecrets(root: HostRoot, { manifest }: VerifyInput, former: readonly VerifyInput[]): HostRoot {
  const digests = new Map(
    manifest?.hosts.find(({ name }) => name === root.name)?.files.map(({ path, sha256 }) => [path, sha256]),
  );
  const found = (file: RootFile): RootFile => {
    if (file.withheld === undefined) return file;
    for (const { roots } of former) {
      const held = roots
        .find(({ name }) => name === root.name)
        ?.files.find(({ path, withheld }) => path === file.path && withheld === undefined);
      if (held !== undefined && sha256Of(held.bytes) === digests.get(`/${file.path}`)) return held;
    }
    return file;
  };
  return { ...root, files: root.files.map(found) };
}

/** Neighbours of which the later one does not follow from the earlier one. */
function breaks(generations: readonly VerifyInput[]): readonly Finding[] {
  return generations.flatMap(({ manifest }, index) => {
    const before = generations[index + 1];
    const isNext = before?.manifest?.generation === (manifest?.generation ?? 0) - 1;
    if (!isNext || manifest?.former === before?.manifestDigest) return [];
    const message = `Generation ${manifest?.generation} was not made from this generation ${before?.manifest?.generation}.`;
    return [unreadable('', MANIFEST_NAME, message)];
  });
}
