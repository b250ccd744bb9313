import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseClusterDocument } from '../../src/index.js';
import { generateBundle, nodeCryptoProvider, writeOutput } from '../../src/node/index.js';

/** 2026-01-01T00:00:00Z */
export const WRITTEN_AT = 1_767_225_600;

/** A bundle on disk, in a folder of this test's own, where nothing else is. */
export async function writtenBundle(document: string, now: number = WRITTEN_AT): Promise<string> {
  const parent = mkdtempSync(join(tmpdir(), 'bundle-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return writtenBundleIn(join(parent, 'bundle'), document, now);
}

/** The same in a folder that is given, and that whoever gives it removes. */
export async function writtenBundleIn(
  folder: string,
  document: string,
  now: number = WRITTEN_AT,
): Promise<string> {
  const spec = parseClusterDocument(document);
  await writeOutput(folder, generateBundle(spec, { crypto: nodeCryptoProvider(), now, document }));
  return folder;
}

/** Makes the manifest of a bundle what the first releases wrote. */
export function asFormat1(folder: string): void {
  const path = join(folder, 'bundle.json');
  const { generator, cluster, authorities, certificates, hosts, document } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  const contents = ({ id, role, path: place, ...rest }: Record<string, unknown>, tarballs: string[]) => {
    const { origin, authority, holder, keyPath, publicKey, generation, ...kept } = rest;
    return { id, role, ...kept, tarballs, path: place };
  };
  const namesOf = (holder: { type: string; names?: string[]; name?: string }): string[] =>
    holder.names ?? [holder.type === 'client' ? `client-${holder.name}` : holder.type];
  const tarballOf = (name: string): string => `${name}.tar.gz`;
  const old = {
    format: 1,
    generator,
    cluster,
    tarballs: hosts.map((host: { kind: string; tarball: object; files: { path: string }[] }) => ({
      ...host.tarball,
      kind: host.kind,
      files: host.files.map(({ path: file, ...rest }) => {
        const { generation, inTarball, text, ...kept } = {
          generation: 1,
          inTarball: true,
          text: '',
          ...rest,
        };
        return { path: file.slice(1), ...kept };
      }),
    })),
    certificates: [
      ...authorities.map((one: { id: string; path: string; certificates: object[] }) =>
        contents({ ...one.certificates[0], id: one.id, role: one.id, path: one.path }, ['e1.tar.gz']),
      ),
      ...certificates.map((one: { holder: { type: string } }) =>
        contents({ ...one }, namesOf(one.holder).map(tarballOf)),
      ),
    ],
    document,
  };
  writeFileSync(path, JSON.stringify(old));
  rmSync(join(folder, 'SHA256SUMS'));
}
