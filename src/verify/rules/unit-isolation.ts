import { accessOf } from '../../host/account/access.js';
import type { MemberView } from '../../host/member-view.js';
import { directiveValues, isOn, lastValue } from '../../systemd/directive-values.js';
import { parseTimeSpan } from '../../systemd/time-span.js';
import { isNeverStarted, masksOwner } from '../../systemd/unfit-values.js';
import type { Rule } from '../rule.js';

/** etcd maps its database at ten gibibytes (etcd `server/storage/backend/backend.go`, InitialMmapSize). */
const MAPPED_BYTES = 10 * 2 ** 30;
/** It makes files of 64 MB for its log (etcd `server/storage/wal/wal.go`, SegmentSizeBytes). */
const SEGMENT_BYTES = 64 * 2 ** 20;
/** What a Go program takes to start and load its keys, at the least. */
const LEAST_START = 0.1;

type Said = readonly [directive: string, message: string, cure: string, says: string];

/** @internal */
export const unitIsolation: Rule = {
  name: 'unit-isolation',
  summary:
    'The unit leaves etcd its network, address space, files and time, and systemd counts it as started.',
  levels: ['error'],
  source:
    'systemd.service(5), Type=, WatchdogSec=; systemd.exec(5), PrivateNetwork=, RestrictAddressFamilies=, LimitAS=, UMask=',
  *check({ members }) {
    for (const member of members) {
      const { service, label } = member;
      if (service.type !== 'unit') continue;
      for (const [directive, message, cure, etcdSays] of faults(member))
        yield { level: 'error', member: label, path: service.originOf(directive), message, cure, etcdSays };
    }
  },
};

function* faults({ service, root, listenClient, listenPeer }: MemberView): Generator<Said> {
  if (service.type === 'layout') return;
  const { sections } = service;
  const type = lastValue(sections, 'Type');
  if (isNeverStarted(type))
    yield [
      'Type',
      `With Type=${type} systemd waits for what etcd never does, and does not call it started.`,
      'Write Type=notify.',
      'start operation timed out. Terminating.',
    ];
  const start = spanOf(lastValue(sections, 'TimeoutStartSec') || lastValue(sections, 'TimeoutSec'));
  if (['', 'simple', 'exec', 'idle'].includes(type) === false && start > 0 && start < LEAST_START)
    yield [
      'TimeoutStartSec',
      'systemd ends etcd before it has started.',
      'Write TimeoutStartSec=infinity.',
      'start operation timed out. Terminating.',
    ];
  const watchdog = spanOf(lastValue(sections, 'WatchdogSec'));
  if (watchdog > 0 && watchdog < Number.POSITIVE_INFINITY)
    yield [
      'WatchdogSec',
      `etcd never answers the watchdog, so systemd kills it every ${watchdog} s.`,
      'Remove WatchdogSec=.',
      'Watchdog timeout',
    ];
  if (isOn(sections, 'PrivateNetwork'))
    yield [
      'PrivateNetwork',
      'PrivateNetwork= leaves etcd a network of its own, where nobody reaches it.',
      'Remove it.',
      '',
    ];
  const all = [...listenClient, ...listenPeer];
  const urls = all.filter(({ socket }) => socket === undefined);
  const families = familiesOf(directiveValues(sections, 'RestrictAddressFamilies'));
  const wanted = [
    ...(urls.some(({ host }) => !host.includes(':')) ? ['AF_INET'] : []),
    ...(urls.some(({ host }) => host.includes(':')) ? ['AF_INET6'] : []),
    ...(type === 'notify' || type === 'notify-reload' || urls.length < all.length ? ['AF_UNIX'] : []),
  ];
  for (const family of wanted)
    if (!families(family))
      yield [
        'RestrictAddressFamilies',
        `RestrictAddressFamilies= leaves etcd no sockets of ${family}.`,
        'Write RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK.',
        'socket: address family not supported by protocol',
      ];
  for (const [directive, least, what] of [
    ['LimitAS', MAPPED_BYTES, 'address space'],
    ['LimitFSIZE', SEGMENT_BYTES, 'file size'],
  ] as const) {
    const limit = bytesOf(lastValue(sections, directive));
    if (limit < least)
      yield [
        directive,
        `${directive}=${lastValue(sections, directive)} is less ${what} than etcd takes from the start.`,
        `Write ${directive}=infinity.`,
        '',
      ];
  }
  const umask = lastValue(sections, 'UMask');
  const { identity } = accessOf(service, root);
  if (masksOwner(umask) && !identity.capabilities.has('CAP_DAC_OVERRIDE'))
    yield [
      'UMask',
      `With UMask=${umask} ${identity.name} may not open what etcd makes.`,
      'Write UMask=0077.',
      'permission denied',
    ];
}

/** No limit where nothing is told. */
function spanOf(text: string): number {
  return parseTimeSpan(text) ?? 0;
}

/** An allow-list, or with `~` a list of what is refused; `none` refuses all (systemd.exec(5)). */
function familiesOf(lines: readonly string[]): (family: string) => boolean {
  const [first = ''] = lines;
  if (first === '') return () => true;
  if (first === 'none') return () => false;
  const isRefusing = first.startsWith('~');
  const listed = new Set<string>();
  for (const line of lines) {
    const isInverted = line.startsWith('~');
    for (const family of line.replace(/^~/, '').split(/\s+/)) {
      if (isInverted === isRefusing) listed.add(family);
      else listed.delete(family);
    }
  }
  return (family) => listed.has(family) !== isRefusing;
}

/** `soft:hard` of a limit, with a suffix to the base 1024. */
function bytesOf(text: string): number {
  const [, number = '', suffix = ''] = /^(\d{1,18})([KMGTPE]?)/.exec(text) ?? [];
  if (number === '') return Number.POSITIVE_INFINITY;
  return Number(number) * 1024 ** ' KMGTPE'.indexOf(suffix === '' ? ' ' : suffix);
}
