import type { EtcdSetting, SystemdSection } from '../../cluster-spec.js';
import type { ProcessVariable } from '../settings/environment.js';

/**
 * How etcd is run on a host: by systemd, by the kubelet, or unknown: only the certificate folder or a kubeadm document is there.
 *
 * @internal
 */
export type Service = ProcessService | LayoutService;

/** @internal */
export interface ProcessService {
  readonly type: 'unit' | 'static-pod';
  /** Unit or manifest, absolute. */
  readonly path: string;
  /** The file that sets a directive last: a drop-in, otherwise the same as `path`. */
  readonly originOf: (directive: string) => string;
  /** Behind the binary. */
  readonly args: readonly string[];
  readonly environment: readonly ProcessVariable[];
  /** Name or number of the user and group that it runs as; undefined for root. */
  readonly user?: string;
  readonly group?: string;
  /** The unit with its drop-ins. */
  readonly sections: readonly SystemdSection[];
  /** Files that are named and not there. */
  readonly missingFiles: readonly MissingFile[];
  /** Image of the container. */
  readonly image?: string;
  /** Where a path in the container lies on the host. */
  readonly hostPath: (path: string) => string;
}

/**
 * A file that is named and was not found.
 *
 * @internal
 */
export interface MissingFile {
  /** The file that names it. */
  readonly path: string;
  readonly wanted: string;
  /** Why nobody can say whether it is there; absent where it is not. */
  readonly unread?: string;
}

/** @internal */
export interface LayoutService {
  readonly type: 'layout';
  /** The kubeadm document, or the folder of the certificates. */
  readonly path: string;
  readonly settings: readonly EtcdSetting[];
  /** Whether the settings tell where the member listens. */
  readonly urlsKnown: boolean;
}

const ETCD_BINARY = /^etcd\d?(?:[-_.]?v?\d[\w.-]*)?$/;

/** @internal */
export function isEtcdBinary(path: string): boolean {
  return ETCD_BINARY.test(path.slice(path.lastIndexOf('/') + 1));
}
