import { expect, it } from 'vitest';
import { fromFormat1, type ManifestFormat1 } from '../../../../src/bundle/manifest/format-1.js';
import { generateBundle, type Manifest, parseClusterDocument, readManifest } from '../../../../src/index.js';
import { archiveBundle, nodeCryptoProvider } from '../../../../src/node/index.js';
import type { Ending } from '../../../../src/verify/expiry/ending.js';
import { expiryOfManifest } from '../../../../src/verify/expiry/manifest.js';

const NOW = 1_800_000_000;
const options = { crypto: nodeCryptoProvider(), at: NOW };
const DOCUMENT = `
members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]
clients: [{name: backup}]
kubernetes: {version: "1.33"}
`;

async function manifestOf(document: string): Promise<Manifest> {
  const made = generateBundle(parseClusterDocument(document), {
    crypto: nodeCryptoProvider(),
    now: NOW,
    document,
    generator: 'test',
    archive: archiveBundle,
  });
  for await (const { path, bytes } of made) {
    const manifest = path === 'bundle.json' ? readManifest(new TextDecoder().decode(bytes)) : undefined;
    if (manifest !== undefined) return manifest;
  }
  throw new Error('no manifest');
}

/** As the first releases wrote it. */
function inFormat1({ hosts, certificates, authorities, ...rest }: Manifest): ManifestFormat1 {
  const tarballOf = (name: string): string => `${name}.tar.gz`;
  const holding = (path: string): readonly string[] =>
    hosts.filter(({ files }) => files.some((file) => file.path === path)).map(({ name }) => tarballOf(name));
  return {
    generator: rest.generator,
    cluster: rest.cluster,
    document: rest.document,
    tarballs: hosts.map(({ name, kind, tarball, files }) => ({
      path: tarballOf(name),
      kind,
      sha256: tarball?.sha256 ?? '',
      files: files.map(({ text: _text, generation: _generation, inTarball: _in, ...file }) => file),
    })),
    certificates: [
      ...authorities.flatMap(({ id, path, certificates: [contents] }) =>
        contents === undefined ? [] : [{ ...contents, id, role: id, path, tarballs: holding(path) }],
      ),
      ...certificates.map(({ holder, ...certificate }) => ({
        ...certificate,
        tarballs:
          holder.type === 'members'
            ? holder.names.map(tarballOf)
            : [tarballOf(holder.type === 'client' ? `client-${holder.name}` : holder.type)],
      })),
    ],
  };
}

const told = (endings: readonly Ending[]): readonly string[] =>
  endings.map((ending) => {
    const what = ending.type === 'leaf' ? ending.roles.join() : ending.type;
    return `${what} ${ending.holders.map(({ host, path }) => `${host}:${path}`).join(' ')}`;
  });

it('lists what every host has, under the role of its plan', async () => {
  const manifest = await manifestOf(DOCUMENT);
  const { endings } = await expiryOfManifest(manifest, options);
  expect(endings).toHaveLength(manifest.certificates.length + manifest.authorities.length);
  for (const { fingerprint, role, path, notAfter, serialNumber } of manifest.certificates)
    expect(endings.find((ending) => ending.fingerprint === fingerprint)).toMatchObject({
      roles: [role],
      notAfter,
      serialNumber,
      daysLeft: 365,
      holders: [{ path }],
    });
  expect(told(endings).slice(-2)).toEqual([
    'authority e1:/etc/etcd/pki/ca.crt e2:/etc/etcd/pki/ca.crt control-plane:/etc/kubernetes/pki/etcd/ca.crt admin:/etc/etcd/admin/ca.crt client-backup:/etc/etcd/clients/backup/ca.crt',
    'authority e1:/etc/etcd/pki/peer-ca.crt e2:/etc/etcd/pki/peer-ca.crt',
  ]);
});

it('lists of format 1 what its certificates say', async () => {
  const manifest = await manifestOf(DOCUMENT);
  const { endings } = await expiryOfManifest(manifest, options);
  const { endings: old } = await expiryOfManifest(fromFormat1(inFormat1(manifest)), options);
  expect(old.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(
    endings.map(({ fingerprint }) => fingerprint).toSorted(),
  );
  // Where others than members keep the CA, format 1 does not say.
  expect(told(old).toSorted()).toEqual(
    told(endings)
      .map((line) => line.replace(/(^authority .*?e2:\S+).*/, '$1'))
      .toSorted(),
  );
});

it('lists of a new key what hosts trust, and not what no host has any more', async () => {
  const [before, after] = [await manifestOf(DOCUMENT), await manifestOf(DOCUMENT)];
  const [ca, peerCa] = before.authorities;
  if (ca === undefined || peerCa === undefined) throw new Error('no authorities');
  const both = { ...ca, certificates: [...ca.certificates, ...(after.authorities[0]?.certificates ?? [])] };
  const { endings } = await expiryOfManifest({ ...before, authorities: [both, peerCa] }, options);
  expect(endings.filter(({ type }) => type === 'authority')).toHaveLength(2);
});

it('lists nothing of a cluster without TLS', async () => {
  const manifest = await manifestOf(`preset: plain-http${DOCUMENT.replace(/kubernetes.*|clients.*/g, '')}`);
  expect((await expiryOfManifest(manifest, options)).endings).toEqual([]);
});
