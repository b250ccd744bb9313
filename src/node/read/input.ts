import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { BundleFolder } from '../../host/bundle-folder.js';
import type { HostRoot } from '../../host/host-root.js';
import type { Finding } from '../../verify/finding.js';

/**
 * What was read of the paths that were named.
 *
 * @internal
 */
export interface VerifyInput {
  readonly roots: readonly HostRoot[];
  readonly manifest?: Manifest;
  /** SHA-256 of the bytes of its manifest. */
  readonly manifestDigest?: string;
  readonly tarballDigests?: ReadonlyMap<string, string>;
  readonly folder?: BundleFolder;
  /** What could not be read. */
  readonly findings: readonly Finding[];
}

/**
 * Bytes of one file of a host that is looked into; certificates and configuration have a few thousand.
 *
 * @internal
 */
export const MAX_FILE_BYTES: number = 2 ** 20;

/**
 * Files of one host.
 *
 * @internal
 */
export const MAX_FILES = 20_000;

/**
 * Whether a path, relative to `/`, is one where systemd or a kubelet reads whatever lies there, so that a large file is no accident.
 *
 * @internal
 */
export function isConfiguration(path: string): boolean {
  return CONFIGURATION.test(path);
}

const CONFIGURATION = /(?:^|\/)(?:systemd\/(?:system|user)|containers\/systemd|kubernetes\/manifests)\//;

/**
 * A finding about reading itself.
 *
 * @internal
 */
export function unreadable(member: string, path: string, message: string): Finding {
  return {
    rule: 'readable',
    level: 'error',
    member,
    path,
    message,
    cure: 'Get it again from where it was made.',
    etcdSays: '',
    source: 'tar(5); GNU tar manual, 10.2.2',
  };
}
