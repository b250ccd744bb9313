/**
 * How bad a message is: an `error` keeps a member from starting or somebody from being accepted; a `warning` works and is a risk; a
 * `notice` is harmless.
 *
 * @public
 */
export type MessageLevel = 'error' | 'warning' | 'notice';

/**
 * Who says it about whom: the listener about the one that connected, or the one that connected about the listener.
 *
 * @internal
 */
export type MessageRole = 'incoming' | 'outgoing';

/**
 * One wording of a message. A word in braces is a placeholder: `certificate is valid for {names}, not {wanted}`.
 *
 * @public
 */
export interface Wording {
  readonly text: string;
  /** Another text that the same line holds; a line that lacks it is another message. */
  readonly also?: string;
  /** A line of the other role is another message. */
  readonly role?: 'incoming' | 'outgoing';
  /** Releases of etcd that put it so, such as `3.4` or `3.5 and later`; absent where all do. */
  readonly releases?: string;
}

/**
 * One message of the catalogue. Its texts may hold values in braces, and parts in double brackets that are left out where one of
 * their values is not known.
 *
 * @public
 */
export interface KnownMessage {
  /** Stable, such as `certificate-expired`. */
  readonly id: string;
  readonly level: MessageLevel;
  readonly title: string;
  /** The first that fits counts. */
  readonly wordings: readonly Wording[];
  readonly cause: string;
  readonly cure: string;
  /** Source file of etcd, Go or systemd, or the number of an issue. */
  readonly source: string;
}
