import { isEtcdImage } from '../container/etcd-image.js';
import type { RootIndex } from '../host-root.js';
import { certificateLayouts } from './certificate-layout.js';
import { composeServices } from './compose.js';
import { crontabs } from './crontab.js';
import { hiddenMembers } from './distributions.js';
import { embeddedServices, unnamedServices } from './embedded.js';
import { initScripts, looseScripts } from './init-scripts.js';
import type { KubeadmDocuments } from './kubeadm-document.js';
import { otherStarters } from './other-starters.js';
import { quadlets } from './quadlet.js';
import {
  type HostProcess,
  isEtcdBinary,
  isMemberCommand,
  type ProcessService,
  type Service,
} from './service.js';
import { staticPods } from './static-pod.js';
import { memberServices, systemdUnits } from './systemd-service.js';
import { unitFiles } from './unit-files.js';
import { startedMembers } from './unit-started.js';

/**
 * What a host runs, as far as its files tell.
 *
 * @internal
 */
export interface HostReading {
  /** The members. */
  readonly services: readonly Service[];
  /** Units that would start members, and that nothing starts, where other units are started. */
  readonly idle: readonly ProcessService[];
  /** All that was looked at, members and others. */
  readonly processes: readonly HostProcess[];
  readonly unread: readonly UnreadSource[];
}

/**
 * A file that seems to start etcd in a way that is not understood.
 *
 * @internal
 */
export interface UnreadSource {
  /** Absolute. */
  readonly path: string;
  /** What it starts, for people; empty where nobody knows. */
  readonly command: string;
  /** The program that reads it, where that is what is not understood. */
  readonly by?: string;
  /** Of a program that brings its own etcd. */
  readonly embedded?: EmbeddedEtcd;
}

/**
 * Where the settings of an etcd stand that another program starts.
 *
 * @internal
 */
export interface EmbeddedEtcd {
  /** Absolute, and not there; absent where they stand in no file. */
  readonly settings?: string;
}

interface Source {
  readonly path: string;
  readonly processes: readonly HostProcess[];
  /** Whether its name or image says that it is there to run etcd. */
  readonly isEtcds: boolean;
}

const ETCD_UNIT = /(?:^|[-_.])etcd/;
/** What is done around etcd under its name. */
const CHORES =
  /backup|snapshot|restore|defrag|compact|exporter|metrics|monitor|keeper|browser|check|health|alarm|proxy|gateway|perm|chown|prepare|setup|init|install|download|cert|pki|clean|upgrade|client|ctl|util|discovery|waiter|wait|\bmount\b|\.target|\.socket/i;
const TOOL =
  /^(?:etcdctl|etcdutl|etcd-(?:backup|druid|operator|manager|defrag|exporter|proxy|gateway|cpp|io)[\w-]*|etcd(?:keeper|-browser))$/;

/**
 * Everything on a host that runs etcd; where nothing does, what scripts, kubeadm's documents, settings and at last the folder of
 * certificates imply.
 *
 * @internal
 */
export function readHost(root: RootIndex, documents: KubeadmDocuments): HostReading {
  const units = unitFiles(root);
  const sources: readonly Source[] = [
    ...systemdUnits(root, units).map(({ path, name, processes }) => ({
      path,
      processes,
      isEtcds: ETCD_UNIT.test(name) && !CHORES.test(name),
    })),
    ...[...staticPods(root), ...quadlets(root), ...composeServices(root)].map(
      ({ path, processes, image }) => ({
        path,
        processes,
        isEtcds: isEtcdImage(image),
      }),
    ),
    ...initScripts(root).map(({ path, processes }) => ({
      path,
      processes,
      isEtcds: ETCD_UNIT.test(path.replace(/\/run$/, '').replace(/^.*\//, '')),
    })),
    ...crontabs(root),
  ];
  const processes = sources.flatMap((source) => source.processes);
  const { started, idle } = startedMembers(root, memberServices(processes));
  const running = [...started, ...notNamed(embeddedServices(root), processes)];
  const understood = new Set([...running, ...idle].map(({ path }) => path));
  const unread = [
    ...sources.flatMap((source) => (understood.has(source.path) ? [] : unreadSource(source, running))),
    ...hiddenMembers(root, units).map(
      ({ path, command, settings }): UnreadSource => ({
        path,
        command,
        embedded: settings === undefined ? {} : { settings },
      }),
    ),
  ];
  if (running.length > 0) return { services: running, idle, processes, unread };
  const loose = looseScripts(root);
  const scripts = loose.flatMap((script) => memberServices(script.processes));
  if (scripts.length > 0)
    return { services: scripts.map((service) => ({ ...service, isNamed: false })), idle, processes, unread };
  const [described] = documents.local;
  const unnamed = described === undefined ? unnamedServices(root) : [];
  const services: readonly Service[] =
    described !== undefined ? [described] : unnamed.length > 0 ? unnamed : certificateLayouts(root);
  const others: readonly UnreadSource[] = [
    ...loose.flatMap((script) => unreadSource({ ...script, isEtcds: false }, [])),
    ...otherStarters(root).map((starter) => ({ ...starter, command: '' })),
  ];
  return { services, idle, processes, unread: [...unread, ...others] };
}

/** What a program embeds, unless a unit names the same configuration. */
function notNamed(
  embedded: ReturnType<typeof embeddedServices>,
  processes: readonly HostProcess[],
): ReturnType<typeof embeddedServices> {
  const named = new Set(
    processes.flatMap(({ words, hostPath }) =>
      words.map((word) => hostPath(word.replace(/^--?config-file=/, ''))),
    ),
  );
  return embedded.filter(({ path }) => !named.has(path));
}

function unreadSource(
  { path, processes, isEtcds }: Source,
  running: readonly Service[],
): readonly UnreadSource[] {
  if (processes.some(({ words }) => isEtcdBinary(words[0] ?? ''))) return [];
  const suspect = processes.find((process) => seemsEtcd(process));
  if (suspect === undefined && !isEtcds) return [];
  const isSnap = processes.some(({ words }) => /(?:^|\/)snap$/.test(words[0] ?? ''));
  if (isSnap && running.some((service) => service.path.startsWith('/var/snap/'))) return [];
  const shown = suspect ?? processes.at(-1);
  return [{ path, command: (shown?.words ?? []).join(' ').slice(0, 160) }];
}

function seemsEtcd({ words, image }: HostProcess): boolean {
  const name = (words[0] ?? '').replace(/^.*\//, '').replace(/\.(?:sh|py|pl|bash)$/, '');
  if (TOOL.test(name)) return false;
  if (
    image !== undefined &&
    isEtcdImage(image) &&
    !words.some((word) => TOOL.test(word.replace(/^.*\//, '')))
  )
    return true;
  return (
    (/^etcd/.test(name) && !CHORES.test(name)) ||
    words.some((word) => /^--?(?:initial-advertise-peer-urls|listen-peer-urls)(?:=|$)/.test(word)) ||
    isMemberCommand([name])
  );
}
