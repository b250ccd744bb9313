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
  for (const input of inputs) {
    const { manifest } = input;
    if (manifest === undefined) continue;
    const known = latest.get(manifest.cluster.token)?.manifest;
    if (known === undefined || known.generation < manifest.generation)
      latest.set(manifest.cluster.token, input);
  }
  return inputs.flatMap((input) => {
    const { manifest } = input;
    const last = latest.get(manifest?.cluster.token ?? '');
    if (manifest === undefined || last === undefined) return [input];
    if (last !== input)
      return last.manifest?.generation === manifest.generation
        ? [input]
        : [{ roots: [], findings: input.findings }];
    const former = inputs
      .filter(({ manifest: other }) => other !== undefined && other.cluster.token === manifest.cluster.token)
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
