import type { EtcdSetting, SystemdSection } from '../../cluster-spec.js';
import { baseName } from '../../text/path.js';
import type { ProcessVariable } from '../settings/environment.js';
import type { UnitValue } from './unit-fragments.js';

/**
 * How etcd is run on a host: by systemd, by the kubelet, in a container of another engine, inside another program, or unknown: only
 * files that such a service would read are there.
 *
 * @internal
 */
export type Service = ProcessService | LayoutService;

/**
 * A command that something on a host starts.
 *
 * @internal
 */
export interface HostProcess {
  /** `embedded` is what another program starts on its own, from a configuration file at a known place. */
  readonly type: 'unit' | 'static-pod' | 'container' | 'embedded';
  /** Unit, manifest or script, absolute. */
  readonly path: string;
  /** The file that sets a directive last: a drop-in, otherwise the same as `path`. */
  readonly originOf: (directive: string) => string;
  /** The program and its arguments. */
  readonly words: readonly string[];
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
  /** Of what a unit starts: how systemd does so. */
  readonly start?: UnitStart;
  /** The absolute path that the process means, as it sees it; absent where the host's are its own. */
  readonly innerPath?: (path: string) => string;
  /** Where a path of the process lies on the host. */
  readonly hostPath: (path: string) => string;
  /** Whether a path of a container lies outside of it; absent where there is none. */
  readonly isMounted?: (path: string) => boolean;
  /** Whether it has a network, and so ports, of its own. */
  readonly hasOwnNetwork: boolean;
  /** Texts in words and variables for which only the running host knows what stands there, such as `%m` or `$(hostname -i)`. */
  readonly unknowns: readonly string[];
  /** Lines of environment files that systemd drops, such as `export ETCD_NAME`; absent where there are none. */
  readonly ignoredLines?: readonly { readonly path: string; readonly text: string }[];
  /** Values of directives that systemd does not take; absent where there are none. */
  readonly droppedValues?: readonly UnitValue[];
  /** Variables that a script sets without exporting them. */
  readonly unexported: readonly ProcessVariable[];
}

/** @internal */
export interface UnitStart {
  /** Of the unit, such as `etcd@e1.service`. */
  readonly unit: string;
  /** Special characters before the command (systemd.service(5)). */
  readonly prefixes: string;
  /** What the unit itself starts: etcd, or what leads to it. */
  readonly binary: string;
}

/**
 * A process that is etcd.
 *
 * @internal
 */
export interface ProcessService extends HostProcess {
  /** Behind the binary. */
  readonly args: readonly string[];
  /** False where it was made up from files that no service names. */
  readonly isNamed: boolean;
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
  /** What names it: `EnvironmentFile`, `--env-file`, `ExecStart`. */
  readonly named: string;
  /** What systemd or the engine says. */
  readonly says: string;
  /** Why nobody can say whether it is there; absent where it is not. */
  readonly unread?: string;
}

/** @internal */
export interface LayoutService {
  readonly type: 'layout';
  /** The kubeadm document, or the folder of the certificates. */
  readonly path: string;
  readonly settings: readonly EtcdSetting[];
  /** Whether there is nothing but certificates, named as kubeadm names them. */
  readonly isCertificates: boolean;
  /** Whether the settings tell where the member listens. */
  readonly urlsKnown: boolean;
}

const ETCD_BINARY = /^etcd\d?(?:[-_.]?v?\d[\w.-]*)?$/;

/** Programs of their own in etcd's binary (etcd `etcdmain/main.go`). */
const SUBCOMMANDS: readonly string[] = ['gateway', 'grpc-proxy'];

/**
 * A command that runs as root on the host itself, with nothing around it.
 *
 * @param path - what starts it, absolute
 * @internal
 */
export function plainProcess(type: HostProcess['type'], path: string, words: readonly string[]): HostProcess {
  return {
    type,
    path,
    words,
    environment: [],
    sections: [],
    missingFiles: [],
    originOf: () => path,
    hostPath: (wanted) => wanted,
    hasOwnNetwork: false,
    unknowns: [],
    unexported: [],
  };
}

/**
 * Whether a command starts a member of a cluster.
 *
 * @internal
 */
export function isMemberCommand([binary = '', first = '']: readonly string[]): boolean {
  return isEtcdBinary(binary) && !SUBCOMMANDS.includes(first);
}

/** @internal */
export function isEtcdBinary(path: string): boolean {
  return ETCD_BINARY.test(baseName(path));
}
