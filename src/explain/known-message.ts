/**
 * How bad a message is: an `error` keeps a member from starting or somebody from being accepted; a `warning` works and is a risk; a
 * `notice` is harmless.
 *
 * @internal
 */
export type MessageLevel = 'error' | 'warning' | 'notice';

/**
 * Who says it about whom: the listener about the one that connected, or the one that connected about the listener.
 *
 * @internal
 */
export type MessageRole = 'incoming' | 'outgoing';

/**
 * The program that says it, where that is not etcd, etcdctl or etcdutl. `other` are Linux itself and programs around it.
 *
 * @internal
 */
export type MessageProgram = 'systemd' | 'kubeadm' | 'kube-apiserver' | 'cfssl' | 'openssl' | 'other';

/**
 * One wording of a message. A word in braces is a placeholder: `certificate is valid for {names}, not {wanted}`.
 *
 * @internal
 */
export interface Wording {
  readonly text: string;
  /** Another text that the same line holds; a line that lacks it is another message. */
  readonly also?: string;
  /** A line of the other role is another message. */
  readonly role?: 'incoming' | 'outgoing';
  /** Releases of etcd that put it so, such as `3.4`, `3.5 and later` or `before 3.4`; absent where all do. */
  readonly releases?: string;
  /** Absent where the message tells it, or where it is etcd. */
  readonly by?: MessageProgram;
}

/**
 * One message of the catalogue. Its texts may hold values in braces, and parts in double brackets that are left out where one of
 * their values is not known.
 *
 * @internal
 */
export interface KnownMessage {
  /** Stable, such as `certificate-expired`. */
  readonly id: string;
  readonly level: MessageLevel;
  readonly title: string;
  /** The first that fits counts. Empty where the form of a line tells it, as `form` says. */
  readonly wordings: readonly Wording[];
  /** Of what form a line is that no wording tells. */
  readonly form?: string;
  /** Who says it; absent where that is etcd. */
  readonly by?: MessageProgram;
  /** It follows from something else that mostly stands in the same journal. */
  readonly isConsequence?: true;
  readonly cause: string;
  readonly cure: string;
  /** Source file of etcd, Go or systemd, or the number of an issue. */
  readonly source: string;
}
