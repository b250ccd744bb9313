import type { FileKind } from '../bundle/file-plan.js';

/**
 * What it takes until a change counts: `copy`, its files are read again as they are needed; `restart`, etcd reads them at its start; `join`, the
 * member is added, started and promoted; `rejoin`, it is removed, added again and started; `leave`, it is removed; `reread`, programs
 * other than etcd read it at their start, and are started again; `together`, all members are started again at once; `unread`, a member that has data does not read
 * it; `restore`, all members are stopped, get the data of a snapshot, and are started together; `none`, nobody reads it any more.
 *
 * @public
 */
export type Effect =
  | 'copy'
  | 'restart'
  | 'join'
  | 'rejoin'
  | 'leave'
  | 'reread'
  | 'together'
  | 'unread'
  | 'restore'
  | 'none';

/** @internal */
export const EFFECTS: readonly Effect[] = [
  'copy',
  'restart',
  'join',
  'rejoin',
  'leave',
  'reread',
  'together',
  'unread',
  'restore',
  'none',
];

/**
 * What etcd does about a file of a member that changes while it runs, as seen on real hosts: pairs and revocation lists are read at each handshake
 * (`client/pkg/transport/listener.go`, GetCertificate; `listener_tls.go`, checkCRL), trusted CAs once (`tlsutil.NewCertPool`), and so is all that systemd starts it with; keys of
 * tokens when authentication is set up (`server/auth/jwt.go`). kubeadm's documents are read by kubeadm alone.
 */
const OF_KINDS: Readonly<Record<FileKind, Effect>> = {
  certificate: 'copy',
  'private-key': 'copy',
  'authority-certificate': 'restart',
  'revocation-list': 'copy',
  'authority-key': 'copy',
  'token-key': 'restart',
  'token-public-key': 'restart',
  'systemd-unit': 'restart',
  'systemd-drop-in': 'restart',
  sysusers: 'restart',
  tmpfiles: 'restart',
  environment: 'restart',
  'etcd-config': 'restart',
  'kubeadm-config': 'copy',
  'kubelet-config': 'copy',
  'static-pod': 'restart',
  binary: 'restart',
};

/** @internal */
export function effectOf(kind: FileKind): Effect {
  return OF_KINDS[kind];
}
