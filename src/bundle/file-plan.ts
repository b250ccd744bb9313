/**
 * What a file is for. `private-key`, `authority-key` and `token-key` are the secrets.
 *
 * @public
 */
export type FileKind =
  | 'certificate'
  | 'private-key'
  | 'authority-certificate'
  | 'revocation-list'
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

interface KindRow {
  readonly isSecret: boolean;
  /** The widest mode that is written for it. */
  readonly widest: number;
}

const SECRET: KindRow = { isSecret: true, widest: 0o640 };
const PUBLIC: KindRow = { isSecret: false, widest: 0o644 };

const KINDS: Readonly<Record<FileKind, KindRow>> = {
  certificate: PUBLIC,
  'private-key': SECRET,
  'authority-certificate': PUBLIC,
  'revocation-list': PUBLIC,
  'authority-key': SECRET,
  'token-key': SECRET,
  'token-public-key': PUBLIC,
  'systemd-unit': PUBLIC,
  'systemd-drop-in': PUBLIC,
  sysusers: PUBLIC,
  tmpfiles: PUBLIC,
  environment: PUBLIC,
  'etcd-config': PUBLIC,
  'kubeadm-config': PUBLIC,
  'kubelet-config': PUBLIC,
  'static-pod': PUBLIC,
  binary: { isSecret: false, widest: 0o755 },
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
  return KINDS[kind].isSecret;
}

/**
 * The bits of a mode that no file of a kind is given: those that let others change it, or read what is a secret.
 *
 * @internal
 */
export function excessOf(kind: FileKind, mode: number): number {
  return mode & ~KINDS[kind].widest;
}

/** @internal */
export const FILE_KINDS: readonly FileKind[] = Object.keys(KINDS).filter(isFileKind);

/** @internal */
export const HOST_KINDS: readonly HostBundle['kind'][] = ['member', 'control-plane', 'admin', 'client'];
