/**
 * What a file is for. `private-key`, `authority-key` and `token-key` are the secrets.
 *
 * @public
 */
export type FileKind =
  | 'certificate'
  | 'private-key'
  | 'authority-certificate'
  | 'authority-key'
  | 'token-key'
  | 'token-public-key'
  | 'systemd-unit'
  | 'systemd-drop-in'
  | 'sysusers'
  | 'tmpfiles'
  | 'environment'
  | 'etcd-config'
  | 'kubeadm-config'
  | 'kubelet-config'
  | 'static-pod'
  | 'binary';

/** For each kind whether it is a secret. */
const KINDS: Readonly<Record<FileKind, boolean>> = {
  certificate: false,
  'private-key': true,
  'authority-certificate': false,
  'authority-key': true,
  'token-key': true,
  'token-public-key': false,
  'systemd-unit': false,
  'systemd-drop-in': false,
  sysusers: false,
  tmpfiles: false,
  environment: false,
  'etcd-config': false,
  'kubeadm-config': false,
  'kubelet-config': false,
  'static-pod': false,
  binary: false,
};

/**
 * One file of a tarball.
 *
 * @public
 */
export interface FilePlan {
  /** Relative to `/`, without a leading slash, no `.` or `..` segment. */
  readonly path: string;
  /** Permission bits, as 0o644. */
  readonly mode: number;
  /** Who owns it on the host. The archive names them; where a name is not known yet, tar makes the file root's. */
  readonly owner: { readonly user: string; readonly group: string };
  /** What it is for. */
  readonly kind: FileKind;
  /** The whole contents. */
  readonly bytes: Uint8Array;
}

/**
 * Everything that one machine gets: the contents of one tarball.
 *
 * @public
 */
export interface HostBundle {
  /** `member` bundles are named after their member. */
  readonly kind: 'member' | 'control-plane' | 'admin' | 'client';
  /** The tarball is `<name>.tar.gz`. */
  readonly name: string;
  /** Sorted by path. */
  readonly files: readonly FilePlan[];
}

function isFileKind(kind: string): kind is FileKind {
  return Object.hasOwn(KINDS, kind);
}

/** @internal */
export function isSecret(kind: FileKind): boolean {
  return KINDS[kind];
}

/** @internal */
export const FILE_KINDS: readonly FileKind[] = Object.keys(KINDS).filter(isFileKind);

/** @internal */
export const HOST_KINDS: readonly HostBundle['kind'][] = ['member', 'control-plane', 'admin', 'client'];
