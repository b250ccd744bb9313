import type { FileKind, HostBundle } from '../bundle/file-plan.js';
import type {
  ManifestAuthority,
  ManifestBootstrap,
  ManifestFile,
  ManifestRevokedCertificate,
} from '../bundle/manifest/manifest.js';
import type { ProgramName } from '../bundle/programs.js';
import type { ClusterSpec } from '../cluster-spec.js';
import type { AuthorityPlan, CertificatePlan } from '../pki/certificate-plan.js';
import type { Effect } from './effect.js';
import type { RotationDirection } from './rotation.js';
import type { Step } from './step.js';

/**
 * What the next generation of a bundle will be: what changes, for whom, and in which steps it comes into effect. Plain data without a key or
 * a certificate; nothing is issued for it.
 *
 * @public
 */
export interface Update {
  /** The command. */
  readonly action: 'renew' | 'replace' | 'restore' | 'revoke' | 'rotate-ca' | 'update';
  /** What the cluster is afterwards. */
  readonly spec: ClusterSpec;
  /** Its text, which the manifest keeps. */
  readonly document: string;
  /** initial-cluster-token from now on; absent where it stays. */
  readonly token?: string;
  /** What changes, in an operator's words; empty where there is nothing to do. */
  readonly changes: readonly Change[];
  /** What stays as it is although one may expect otherwise, a sentence each. */
  readonly notices: readonly string[];
  /** Every certificate that the cluster has afterwards, as it is planned, whether it is issued now or stays. */
  readonly plans: readonly CertificatePlan[];
  /** Ids of the leaves that are issued. */
  readonly certificates: readonly string[];
  /** CAs that change, each to another phase; absent where none does. */
  readonly rotation?: AuthorityRotation;
  /** Ids of CAs that get a later end, with their own keys; absent where none does. */
  readonly extended?: readonly AuthorityPlan['id'][];
  /** Revocation lists that are signed; absent where none is. */
  readonly revocationLists?: readonly RevocationListUpdate[];
  /** Every host, with all that it has afterwards. */
  readonly hosts: readonly HostUpdate[];
  /** Run by the operator before the first step: each ends with 0 where the cluster is as it has to be. */
  readonly gate: readonly string[];
  /** In this order. */
  readonly steps: readonly Step[];
}

/**
 * What a generation makes of CAs that change to a new key.
 *
 * @public
 */
export interface AuthorityRotation {
  /** All of them were in one phase. */
  readonly ids: readonly AuthorityPlan['id'][];
  /** Which way they go. */
  readonly direction: RotationDirection;
  /** What the manifest has afterwards. */
  readonly phase: ManifestAuthority['phase'];
}

/**
 * The next revocation list of a CA, before it is signed.
 *
 * @public
 */
export interface RevocationListUpdate {
  /** Of the CA. */
  readonly authority: AuthorityPlan['id'];
  /** cRLNumber */
  readonly number: number;
  /** What it lists, in its order. */
  readonly revoked: readonly ManifestRevokedCertificate[];
}

/**
 * One thing that changes.
 *
 * @public
 */
export interface Change {
  /** Whom it is about: names of hosts as in the manifest. */
  readonly hosts: readonly string[];
  /** `server certificate`. */
  readonly what: string;
  /** `renewed, was to end 2027-01-01T00:00:00Z`. */
  readonly detail: string;
  /** What it takes to come into effect. */
  readonly effect: Effect;
}

/**
 * What one host has once the update is in place.
 *
 * @public
 */
export interface HostUpdate {
  /** As in the manifest. */
  readonly name: string;
  /** As in the manifest. */
  readonly kind: HostBundle['kind'];
  /** Sorted by path. */
  readonly files: readonly UpdatedFile[];
  /** As in the manifest. */
  readonly bootstrap?: ManifestBootstrap;
}

/**
 * A file of a host: as it is, half of a pair that is issued, a text that is new or other than before, one that has half of a CA's pair in it, the revocation list of a CA, or a program
 * of etcd's release archive.
 *
 * @public
 */
export type UpdatedFile =
  | { readonly type: 'kept'; readonly file: ManifestFile }
  | {
      readonly type: 'issued';
      /** Absolute, on the host. */
      readonly path: string;
      /** Four octal digits. */
      readonly mode: string;
      /** `user:group` */
      readonly owner: string;
      /** Which half. */
      readonly kind: Extract<FileKind, 'certificate' | 'private-key'>;
      /** Id of the leaf. */
      readonly certificate: string;
    }
  | {
      readonly type: 'written';
      /** Absolute, on the host. */
      readonly path: string;
      /** Four octal digits. */
      readonly mode: string;
      /** `user:group` */
      readonly owner: string;
      /** What it is for. */
      readonly kind: FileKind;
      /** The whole file. */
      readonly text: string;
    }
  | {
      readonly type: 'authority';
      /** Absolute, on the host. */
      readonly path: string;
      /** Four octal digits. */
      readonly mode: string;
      /** `user:group` */
      readonly owner: string;
      /** Which half: the certificate is a CA's that is made for this generation, the key that of the CA that signs from now on. */
      readonly kind: Extract<FileKind, 'authority-certificate' | 'authority-key'>;
      /** Of the CA. */
      readonly authority: AuthorityPlan['id'];
      /** What stands in the file before that half, and behind it. */
      readonly around: readonly [before: string, after: string];
    }
  | {
      readonly type: 'revocation-list';
      /** Absolute, on the host. */
      readonly path: string;
      /** Four octal digits. */
      readonly mode: string;
      /** `user:group` */
      readonly owner: string;
      /** As others of its kind. */
      readonly kind: Extract<FileKind, 'revocation-list'>;
      /** Of the CA. */
      readonly authority: AuthorityPlan['id'];
    }
  | {
      readonly type: 'program';
      /** Absolute, on the host. */
      readonly path: string;
      /** Four octal digits. */
      readonly mode: string;
      /** `user:group` */
      readonly owner: string;
      /** As others of its kind. */
      readonly kind: Extract<FileKind, 'binary'>;
      /** As the archive names it. */
      readonly program: ProgramName;
      /** Bytes. */
      readonly size: number;
      /** Hexadecimal, lower case. */
      readonly sha256: string;
    };

/** @internal */
export const ACTIONS: readonly Update['action'][] = [
  'renew',
  'replace',
  'restore',
  'revoke',
  'rotate-ca',
  'update',
];

/**
 * Where a file of a host lies, absolute.
 *
 * @internal
 */
export function pathOf(file: UpdatedFile): string {
  return file.type === 'kept' ? file.file.path : file.path;
}

/**
 * Whether a host's tarball has anything in it.
 *
 * @internal
 */
export function hasTarball({ files }: HostUpdate): boolean {
  return files.some(({ type }) => type !== 'kept');
}
