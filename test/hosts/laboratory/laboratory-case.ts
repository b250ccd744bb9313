import type { EtcdRelease } from '../../../src/etcd-releases.js';

/**
 * A host, and whether etcd runs on it: what systemd and etcd did when the case was written, and have to do again.
 */
export interface LaboratoryCase {
  readonly name: string;
  /** Whether the unit becomes active and etcd answers. */
  readonly runs: boolean;
  /** Lines of [Service] and [Unit]. */
  readonly service?: string;
  readonly head?: string;
  /** Settings over those of a plain member with TLS; undefined leaves one out. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  /** Stands for `/usr/local/bin/etcd` with the flags. */
  readonly command?: (flags: string) => string;
  /** Bash, run on the host before anything is judged. */
  readonly setup?: string;
  /** What happens at boot, between the judgement and the start. */
  readonly boot?: string;
  readonly release?: EtcdRelease;
  /** What is started, without `.service`; `etcd` where absent. */
  readonly unit?: string;
  /** Where etcd answers; the client URL with TLS where absent. */
  readonly endpoint?: string;
}

/** Cases of one kind. */
export interface CaseKind {
  readonly kind: string;
  readonly cases: readonly LaboratoryCase[];
}

export const ADDRESS = '10.9.0.1';
export const PKI = '/etc/etcd/pki';

/** An account of its own with its data, and keys that are its own. */
export const ACCOUNT = `useradd -r -M etcd; chown -R etcd: ${PKI}; install -d -m 0700 -o etcd -g etcd /var/lib/etcd`;

/** Every combination of two lists of fragments. */
export function pairsOf<A, B>(first: readonly A[], second: readonly B[]): readonly (readonly [A, B])[] {
  return first.flatMap((a) => second.map((b) => [a, b] as const));
}
