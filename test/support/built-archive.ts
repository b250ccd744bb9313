import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { ETCD_PATCHES, type EtcdRelease } from '../../src/etcd-releases.js';

/** The newest patch of a release: `3.7.3`. */
export function whole(release: EtcdRelease): string {
  return `${release}.${ETCD_PATCHES[release].newest}`;
}

/**
 * A release as etcd publishes it, of the programs that were built here.
 *
 * @param program - path of its etcd, beside which the others are
 * @returns the path of the archive
 */
export function makeArchive(release: Exclude<EtcdRelease, '3.4'>, program: string, folder: string): string {
  const name = `etcd-v${whole(release)}-linux-amd64`;
  const file = join(folder, `${name}.tar.gz`);
  const transform = `s,^,${name}/,`;
  const options = ['-I', 'gzip -1', '-cf', file, '-C', dirname(program), '--transform', transform];
  execFileSync('tar', [...options, 'etcd', 'etcdctl', 'etcdutl']);
  return file;
}

/** What the document writes of an archive besides the release. */
export function archiveKeys(file: string): string {
  const sum = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);
  return `, archive: ${file}, archiveSha256: ${sum}`;
}
