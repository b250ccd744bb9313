import { familiesLeft } from '../address-families.js';
import { directiveValues, isOn, lastValue } from '../directive-values.js';
import { isNotifying } from '../notifying.js';
import { parseResourceLimit } from '../values/resource-limit.js';
import { parseTimeSpan } from '../values/time-span.js';
import type { ServiceProblem, ServiceRule, ServiceView } from './service-rule.js';

/** systemd.service(5), Type=: these wait until a service has left its parent, ended, or taken a name on the bus. */
const WAITING: readonly string[] = ['forking', 'oneshot', 'dbus'];
/** Those that count a service as started as soon as its program runs. */
const AT_ONCE: readonly string[] = ['', 'simple', 'exec', 'idle'];
/** etcd maps its database at ten gibibytes (etcd `server/storage/backend/backend.go`, InitialMmapSize). */
const MAPPED_BYTES = 10 * 2 ** 30;
/** It makes files of 64 MB for its log (etcd `server/storage/wal/wal.go`, SegmentSizeBytes). */
const SEGMENT_BYTES = 64 * 2 ** 20;
/** With so many threads the Go runtime of etcd ends as soon as a client comes, if not before. */
const TOO_FEW_THREADS = 8;
/** etcd keeps so many descriptors for itself (etcd `embed/etcd.go`, reservedInternalFDNum). */
const RESERVED_FILES = 150;
/** What a Go program takes to start and load its keys, at the least. */
const LEAST_START = 0.1;
/** A member that lives no longer than a minute hardly joins its cluster. */
const SHORT_LIFE = 60;
const TIMED_OUT = 'start operation timed out. Terminating.';

/**
 * What keeps etcd from counting as started, or from staying so.
 *
 * @internal
 */
export const startRules: readonly ServiceRule[] = [
  {
    id: 'service-type',
    level: 'error',
    reads: ['Type'],
    *check({ sections }) {
      const type = lastValue(sections, 'Type');
      if (!WAITING.includes(type)) return;
      yield {
        directives: ['Type'],
        message: `With Type=${type} systemd waits for what etcd never does, and does not call it started.`,
        cure: 'Write Type=notify.',
        says: TIMED_OUT,
      };
    },
  },
  {
    id: 'service-ended',
    level: 'error',
    reads: ['Type', 'TimeoutStartSec', 'TimeoutSec', 'WatchdogSec'],
    *check({ sections }) {
      const seconds = (directive: string): number => parseTimeSpan(lastValue(sections, directive)) ?? 0;
      const directive = lastValue(sections, 'TimeoutStartSec') === '' ? 'TimeoutSec' : 'TimeoutStartSec';
      const start = seconds(directive);
      if (!AT_ONCE.includes(lastValue(sections, 'Type')) && start > 0 && start < LEAST_START)
        yield {
          directives: [directive],
          message: 'systemd ends etcd before it has started.',
          cure: 'Write TimeoutStartSec=infinity.',
          says: TIMED_OUT,
        };
      const watchdog = seconds('WatchdogSec');
      if (watchdog > 0 && watchdog < Number.POSITIVE_INFINITY)
        yield {
          directives: ['WatchdogSec'],
          message: `etcd never answers the watchdog, so systemd kills it every ${watchdog} s.`,
          cure: 'Remove WatchdogSec=.',
          says: 'Watchdog timeout',
        };
    },
  },
  {
    id: 'service-ended',
    level: 'error',
    reads: ['RuntimeMaxSec'],
    *check({ sections }) {
      const seconds = runtimeOf(sections);
      if (seconds <= 0 || seconds >= SHORT_LIFE) return;
      yield ended(`after ${seconds} s`);
    },
  },
  {
    id: 'service-ended',
    level: 'warning',
    reads: ['RuntimeMaxSec'],
    *check({ sections }) {
      const seconds = runtimeOf(sections);
      if (seconds < SHORT_LIFE || seconds === Number.POSITIVE_INFINITY) return;
      yield ended(`every ${seconds} s, on all members at about the same time`);
    },
  },
];

/**
 * What a service needs of network, address space and files' modes.
 *
 * @internal
 */
export const isolationRules: readonly ServiceRule[] = [
  {
    id: 'service-isolated',
    level: 'error',
    reads: ['PrivateNetwork', 'RestrictAddressFamilies', 'Type'],
    *check(view) {
      const { sections } = view;
      if (isOn(sections, 'PrivateNetwork'))
        yield {
          directives: ['PrivateNetwork'],
          message: 'PrivateNetwork= leaves etcd a network of its own, where nobody reaches it.',
          cure: 'Remove it.',
        };
      const isLeft = familiesLeft(directiveValues(sections, 'RestrictAddressFamilies'));
      for (const family of familiesOf(view))
        if (!isLeft(family))
          yield {
            directives: ['RestrictAddressFamilies'],
            message: `RestrictAddressFamilies= leaves etcd no sockets of ${family}.`,
            cure: 'Write RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK.',
            says: 'socket: address family not supported by protocol',
          };
    },
  },
  {
    id: 'service-limit',
    level: 'error',
    reads: ['LimitAS', 'LimitFSIZE', 'LimitNPROC', 'TasksMax'],
    *check({ sections, account }) {
      for (const [directive, least, what] of [
        ['LimitAS', MAPPED_BYTES, 'address space'],
        ['LimitFSIZE', SEGMENT_BYTES, 'file size'],
      ] as const) {
        const value = lastValue(sections, directive);
        if ((parseResourceLimit(value, 'bytes') ?? least) < least)
          yield {
            directives: [directive],
            message: `${directive}=${value} is less ${what} than etcd takes from the start.`,
            cure: `Write ${directive}=infinity.`,
          };
      }
      // RLIMIT_NPROC does not bind root (getrlimit(2)).
      for (const directive of account.isRoot ? ['TasksMax'] : ['LimitNPROC', 'TasksMax']) {
        const value = lastValue(sections, directive);
        if (!/^\d+(?::|$)/.test(value) || Number.parseInt(value, 10) > TOO_FEW_THREADS) continue;
        yield {
          directives: [directive],
          message: `${directive}=${value} is fewer threads than etcd takes from the start.`,
          cure: `Write ${directive}=infinity.`,
          says: 'runtime: failed to create new OS thread',
        };
      }
    },
  },
  {
    id: 'service-umask',
    level: 'error',
    reads: ['UMask'],
    *check({ sections, account }) {
      const umask = lastValue(sections, 'UMask');
      if ((Number.parseInt(umask, 8) & 0o700) === 0 || account.capabilities.has('CAP_DAC_OVERRIDE')) return;
      yield {
        directives: ['UMask'],
        message: `With UMask=${umask} the account ${account.name} may not open what it makes.`,
        cure: 'Write UMask=0077.',
        says: 'permission denied',
      };
    },
  },
];

/**
 * Files that etcd may have open.
 *
 * @internal
 */
export const descriptorRules: readonly ServiceRule[] = [
  {
    id: 'service-limit',
    level: 'error',
    reads: ['LimitNOFILE'],
    *check({ sections }) {
      const limit = Number.parseInt(lastValue(sections, 'LimitNOFILE'), 10);
      if (!(limit > 0 && limit <= RESERVED_FILES)) return;
      yield {
        directives: ['LimitNOFILE'],
        message: `LimitNOFILE=${limit} leaves etcd no file descriptors for clients.`,
        cure: 'Write LimitNOFILE=65536.',
        says: 'file descriptor limit of etcd process is too low; please set higher',
      };
    },
  },
];

/** Those of its listeners, and of the socket that it tells systemd through that it is ready. */
function familiesOf({ sections, listeners, sockets }: ServiceView): readonly string[] {
  const isIpv6 = ({ host }: ServiceView['listeners'][number]): boolean => host.includes(':');
  return [
    ...(listeners.every(isIpv6) ? [] : ['AF_INET']),
    ...(listeners.some(isIpv6) ? ['AF_INET6'] : []),
    ...(isNotifying(sections) || sockets.length > 0 ? ['AF_UNIX'] : []),
  ];
}

/** Seconds that systemd lets a service run; 0 where it sets no limit. */
function runtimeOf(sections: ServiceView['sections']): number {
  return parseTimeSpan(lastValue(sections, 'RuntimeMaxSec')) ?? 0;
}

function ended(when: string): ServiceProblem {
  return {
    directives: ['RuntimeMaxSec'],
    message: `RuntimeMaxSec= has systemd end etcd ${when}.`,
    cure: 'Remove RuntimeMaxSec=.',
    says: 'Service reached runtime time limit. Stopping.',
  };
}
