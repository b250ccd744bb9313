import type { ReleaseSpan } from '../release-span.js';

/**
 * One flag of etcd as data: which releases know it, what it takes, and where it stands in a configuration file.
 *
 * @internal
 */
export interface SettingDefinition extends ReleaseSpan {
  /** Flag name without dashes. */
  readonly name: string;
  readonly kind: SettingKind;
  /** Places in the configuration file, the first that the version has counts. Absent: a top-level key of the flag's own name. */
  readonly yaml?: readonly YamlPlace[];
  /** The flag that has taken its place, wherever the version knows that one. */
  readonly renamedTo?: string;
  /** From when on it is accepted with a warning, or without effect, as long as it is accepted. */
  readonly deprecated?: ReleaseSpan;
  /** The part of the document that this setting is written from. */
  readonly writtenFrom?: string;
  /** What to write where the version does not know it, and it has no other name. */
  readonly instead?: string;
}

/**
 * A key of etcd's configuration file, at the top or in one of its sections (etcd `embed/config.go`, configJSON, securityConfig).
 *
 * @internal
 */
export interface YamlPlace extends ReleaseSpan {
  readonly section?: 'client-transport-security' | 'peer-transport-security' | 'socket-options';
  readonly key: string;
  /** A list that this version's file takes as one string. */
  readonly single?: true;
}

/**
 * What a flag takes, and with it how the value is written in a configuration file: booleans and integers as such, durations as
 * nanoseconds, the rest as strings or lists of them.
 *
 * @internal
 */
export type SettingKind =
  | { readonly type: 'boolean' }
  | { readonly type: 'integer'; readonly min: bigint; readonly max: bigint }
  /** An integer of bytes, for which a person writes `6GiB`. */
  | { readonly type: 'bytes'; readonly min: bigint; readonly max: bigint }
  /** An integer of milliseconds, for which a person may write `250ms`. */
  | { readonly type: 'milliseconds'; readonly min: bigint; readonly max: bigint }
  | { readonly type: 'duration'; readonly min: string }
  /** auto-compaction-retention: hours or revisions as an integer, or a duration. */
  | { readonly type: 'retention' }
  /** The values with the releases that take them. */
  | { readonly type: 'enum'; readonly values: Readonly<Record<string, ReleaseSpan>> }
  | { readonly type: 'text'; readonly form: TextForm }
  | ListKind;

/**
 * Values separated by commas.
 *
 * @internal
 */
export interface ListKind {
  readonly type: 'list';
  readonly item: ItemForm;
  /** In a configuration file: one string with commas, or a list. */
  readonly yaml: 'string' | 'list';
  /** Versions that take more than one. */
  readonly many: ReleaseSpan;
}

/** @internal */
export type TextForm = 'any' | 'path' | 'auth-token' | 'log-rotation' | 'proxy-mode' | 'feature-gates';

/** @internal */
export type ItemForm = 'any' | 'listen-url' | 'origin' | 'host' | 'cipher-suite' | 'log-output';
