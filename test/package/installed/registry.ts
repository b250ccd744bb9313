import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { type PackageManifest, projectFolder, readManifest, runtimeDependencies } from './dependencies.js';

interface Published {
  readonly manifest: PackageManifest;
  readonly tarball: () => Promise<Buffer>;
}

export interface Registry {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * An npm registry on loopback that knows the given tarball and the project's runtime dependencies, at the versions that are
 * installed here, and nothing else: what the package needs and does not name cannot be had, and no network is needed.
 *
 * @param tarball bytes of etcd-bundle-<version>.tgz
 */
export async function startRegistry(tarball: Buffer): Promise<Registry> {
  const published: readonly Published[] = [
    { manifest: readManifest(projectFolder), tarball: async () => tarball },
    ...runtimeDependencies().map(({ folder, manifest }) => ({ manifest, tarball: () => packFolder(folder) })),
  ];
  const server: Server = createServer((request, response) => {
    answer(decodeURIComponent(request.url ?? ''), published, `http://${request.headers.host}`).then(
      (body) => response.writeHead(body === undefined ? 404 : 200).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `/<name>` is all that is known of a package, `/<name>/-/<version>.tgz` its bytes. */
async function answer(
  path: string,
  published: readonly Published[],
  base: string,
): Promise<string | Buffer | undefined> {
  const [, name, version] = /^\/(.+?)(?:\/-\/(.+)\.tgz)?$/.exec(path) ?? [];
  const known = published.filter(({ manifest }) => manifest.name === name);
  if (version !== undefined) return known.find(({ manifest }) => manifest.version === version)?.tarball();
  const [first] = known;
  if (first === undefined) return undefined;
  const versions: Record<string, unknown> = {};
  for (const { manifest, tarball } of known) {
    versions[manifest.version] = {
      ...manifest,
      dist: {
        tarball: `${base}/${name}/-/${manifest.version}.tgz`,
        integrity: `sha512-${createHash('sha512')
          .update(await tarball())
          .digest('base64')}`,
      },
    };
  }
  return JSON.stringify({ name, 'dist-tags': { latest: first.manifest.version }, versions });
}

async function packFolder(folder: string): Promise<Buffer> {
  const archive = pack();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).split('/').includes('node_modules'));
  for (const path of files.toSorted()) {
    archive.entry(
      { name: `package/${relative(folder, path)}`, mtime: new Date(0), mode: 0o644 },
      readFileSync(path),
    );
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  return gzipSync(Buffer.concat(chunks), { level: 1 });
}
