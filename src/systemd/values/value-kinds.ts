import { nearest } from '../../text/nearest.js';
import { readBoolean } from '../directive-values.js';
import { isVariableName } from '../quote.js';
import { parseByteSize } from './byte-size.js';
import { parsePermyriad } from './parts.js';
import { type LimitUnit, parseResourceLimit } from './resource-limit.js';
import { parseTimeSpan } from './time-span.js';
import type { ValueKind } from './value-kind.js';
import { parseWholeNumber } from './whole-number.js';

type Says = NonNullable<ValueKind['says']>;

/** Specifiers stand for what only the manager knows (systemd.unit(5), "Specifiers"). */
const SPECIFIER = /%[A-Za-z]/;
/** Real-time signals of glibc: SIGRTMIN is 34, SIGRTMAX 64 (signal(7)). */
const REAL_TIME = 30;
const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );
const UNIT_NAME =
  /^[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*\.(?:service|socket|target|device|mount|automount|swap|timer|path|slice|scope)$/;
const LONGEST_UNIT_NAME = 255;
/** Numbers that the kernel takes for none (systemd `src/basic/user-util.c`, uid_is_valid). */
const NO_IDS: readonly string[] = ['65535', '4294967295'];

const says =
  (what: string): Says =>
  (text) =>
    `Failed to parse ${what}, ignoring: ${text}`;

/**
 * `yes` and `no` in the six ways of systemd, and words that some directives take besides.
 *
 * @internal
 */
export function booleanOr(...others: readonly string[]): ValueKind {
  return {
    what: ['yes', 'no', ...others].join(', ').replace(/, ([^,]+)$/, ' or $1'),
    reading: 'whole',
    resets: false,
    takes: (text) => readBoolean(text) !== undefined || others.includes(text),
    meant: (text) => nearest(text, ['yes', 'no', 'true', 'false', ...others]),
    says: says('boolean value'),
  };
}

/** @internal */
export function oneOf(names: string, what: string, resets = false): ValueKind {
  const taken = names.split(' ');
  return {
    what: taken.join(', ').replace(/, ([^,]+)$/, ' or $1'),
    reading: 'whole',
    resets,
    takes: (text) => taken.includes(text),
    meant: (text) => nearest(text, taken),
    says: says(what),
  };
}

/**
 * Names that have numbers too.
 *
 * @internal
 */
export function oneOrNumber(names: string, most: bigint, what: string, resets = false): ValueKind {
  const kind = oneOf(names, what, resets);
  return { ...kind, takes: (text) => kind.takes(text) || isBetween(text, 0n, most) };
}

/** @internal */
export function timeSpan(say: Says, resets = false): ValueKind {
  return {
    what: 'a time such as 90, 500ms or 1min 30s',
    reading: 'whole',
    resets,
    takes: (text) => parseTimeSpan(text) !== undefined,
    meant: (text) => {
      const plain = text
        .toLowerCase()
        .replace(/minuts?\b|mins\b/, 'min')
        .replace(/secs\b/, 's');
      return plain !== text && parseTimeSpan(plain) !== undefined ? plain : undefined;
    },
    says: say,
  };
}

/** @internal */
export function wholeNumber(
  least: bigint,
  most: bigint,
  { resets = false, says: say }: { readonly resets?: boolean; readonly says?: Says },
): ValueKind {
  return {
    what: `a whole number from ${least} to ${most}`,
    reading: 'whole',
    resets,
    takes: (text) => isBetween(text, least, most),
    ...(say === undefined ? {} : { says: say }),
  };
}

/**
 * One that may be negative, of which systemd says whether it is a number at all.
 *
 * @internal
 */
export function inRange(
  least: bigint,
  most: bigint,
  { outside, none }: { readonly outside: string; readonly none: string },
): ValueKind {
  return wholeNumber(least, most, {
    resets: true,
    says: (text) =>
      parseWholeNumber(text) === undefined ? `${none} '${text}', ignoring` : `${outside}, ignoring: ${text}`,
  });
}

/** A weight of cgroups; `idle` is one of processors alone (systemd.resource-control(5)). */
export function weight(least: bigint, most: bigint, say: string, ...words: readonly string[]): ValueKind {
  return {
    what: `a whole number from ${least} to ${most}${words.map((word) => ` or ${word}`).join('')}`,
    reading: 'whole',
    resets: true,
    takes: (text) => words.includes(text) || isBetween(text, least, most),
    says: (text) => `Invalid ${say}, ignoring: ${text}`,
  };
}

/** @internal */
export const octalMode: ValueKind = {
  what: 'an octal mode such as 0750',
  reading: 'whole',
  resets: false,
  takes: (text) => /^0*[0-7]{1,4}$/.test(text),
  says: says('mode value'),
};

/**
 * Bytes, a part of all memory, or `infinity`.
 *
 * @param takesNothing - whether 0 is one
 * @internal
 */
export function memoryLimit(takesNothing: boolean): ValueKind {
  const takes = (text: string): boolean => {
    const bytes = memoryBytes(text);
    return bytes !== undefined && (bytes > 0 || takesNothing);
  };
  return {
    what: 'a size such as 512M or 2G, a percentage or infinity',
    reading: 'whole',
    resets: true,
    takes,
    meant: (text) => sizeMeant(text, takes),
    says: (text) =>
      memoryBytes(text) === undefined
        ? `Invalid memory limit '${text}', ignoring`
        : `Memory limit '${text}' out of range, ignoring.`,
  };
}

/** @internal */
export const tasks: ValueKind = {
  what: 'a whole number, a percentage or infinity',
  reading: 'whole',
  resets: true,
  takes: (text) =>
    text === 'infinity' || parsePart(text) !== undefined || isBetween(text, 1n, 2n ** 64n - 2n),
  says: (text) =>
    parseWholeNumber(text) === 0n
      ? `Maximum tasks value '${text}' out of range, ignoring.`
      : `Invalid maximum tasks value '${text}', ignoring`,
};

/** @internal */
export const cpuQuota: ValueKind = {
  what: 'a percentage such as 150%',
  reading: 'whole',
  resets: true,
  takes: (text) => (parsePermyriad(text) ?? 0) > 0,
  meant: (text) => (/^[1-9]\d*$/.test(text) ? `${text}%` : undefined),
  says: (text) => `Invalid CPU quota '${text}', ignoring.`,
};

/** @internal */
export const pressure: ValueKind = {
  what: 'a percentage such as 50%',
  reading: 'whole',
  resets: true,
  takes: (text) => parsePart(text) !== undefined,
  says: says('memory pressure limit value'),
};

const LIMITS: Readonly<Record<LimitUnit, string>> = {
  count: 'a whole number or infinity',
  bytes: 'a size such as 512M or 2G, or infinity',
  seconds: 'a time such as 90 or 1h, or infinity',
  microseconds: 'a time such as 500ms, or infinity',
  nice: 'a whole number from 0 to 40, or a nice level behind a sign',
};

/** @internal */
export function resourceLimit(unit: LimitUnit): ValueKind {
  const takes = (text: string): boolean => parseResourceLimit(text, unit) !== undefined;
  return {
    what: LIMITS[unit],
    reading: 'whole',
    resets: false,
    takes,
    meant: (text) => (unit === 'bytes' ? sizeMeant(text, takes) : undefined),
    says: (text) => {
      const [soft = '', hard = '', ...others] = text.split(':');
      return takes(soft) && takes(hard) && others.join(':') === ''
        ? `Soft resource limit chosen higher than hard limit, ignoring: ${text}`
        : `Failed to parse resource value, ignoring: ${text}`;
    },
  };
}

/** @internal */
export const signal: ValueKind = {
  what: 'a signal such as SIGTERM',
  reading: 'whole',
  resets: false,
  takes: isSignal,
  meant: (text) => nearest(text, [...SIGNALS.map((name) => `SIG${name}`), ...SIGNALS]),
  says: says('signal name'),
};

/** @internal */
export const absolutePath: ValueKind = {
  what: 'an absolute path',
  reading: 'whole',
  resets: true,
  takes: isPath,
  says: notPath,
};

/** `-` says that it may be missing. */
export const optionalPath: ValueKind = {
  ...absolutePath,
  takes: (text) => isPath(text.replace(/^-/, '')),
  says: (text, directive) => notPath(text.replace(/^-/, ''), directive),
};

/** @internal */
export const workingDirectory: ValueKind = {
  ...optionalPath,
  what: 'an absolute path or ~',
  takes: (text) => /^-?~$/.test(text) || optionalPath.takes(text),
  says: (text, directive) =>
    text.startsWith('-')
      ? notPath(text.slice(1), directive)
      : `${directive}= path is not ${lacking(text)}: ${text}`,
};

/** @internal */
export const fatalPath: ValueKind = {
  ...absolutePath,
  says: (text, directive) => `${directive}= path is not ${lacking(text)}: ${text}`,
};

/** @internal */
export const conditionPath: ValueKind = {
  ...absolutePath,
  takes: (text) => isPath(text.replace(/^\|?!?/, '')),
  says: (text, directive) => notPath(text.replace(/^\|?!?/, ''), directive),
};

/** @internal */
export const namespacePaths: ValueKind = {
  ...absolutePath,
  reading: 'quoted words',
  takes: (word) => isPath(word.replace(/^-?\+?/, '')),
  says: (word, directive) => notPath(word.replace(/^-?\+?/, ''), directive),
};

/** @internal */
export const mountPaths: ValueKind = {
  ...absolutePath,
  reading: 'quoted words',
  takes: isPath,
};

/** A source and, behind a colon, where it is seen; of two that are no paths the first is told. */
export const boundPaths: ValueKind = {
  ...absolutePath,
  reading: 'quoted words',
  takes: (word) => boundParts(word).every(isPath) && boundFault(word) === undefined,
  says: (word, directive) => {
    const part = boundParts(word).find((path) => !isPath(path));
    return part === undefined
      ? `Invalid option string, ignoring setting: ${boundFault(word)}`
      : notPath(part, directive);
  },
};

/**
 * Below /run, /var/lib and the like.
 *
 * @param links - whether a link to the folder may have its name behind a colon
 * @internal
 */
export function ownFolders(links: boolean): ValueKind {
  return {
    what: 'a relative path',
    reading: 'quoted words',
    resets: true,
    takes: (word) => folderFault(word, links) === undefined,
    meant: (word) => {
      const [, below = ''] = /^\/(?:run|var\/(?:lib|cache|log)|etc)\/(.+)$/.exec(word) ?? [];
      return below !== '' && folderFault(below, links) === undefined ? below : undefined;
    },
    says: (word, directive) => folderFault(word, links)?.replace('{}', `${directive}=`) ?? '',
  };
}

/** @internal */
export const unitNames: ValueKind = {
  what: 'the name of a unit with its suffix, such as network-online.target',
  reading: 'words',
  resets: true,
  takes: (word) => SPECIFIER.test(word) || isUnitName(word),
  meant: (word) => {
    const suffixed = [`${word}.service`, `${word}.target`];
    const known = suffixed.find((name) => KNOWN_TARGETS.includes(name));
    return known ?? (isUnitName(suffixed[0] ?? '') && !word.includes('.') ? suffixed[0] : undefined);
  },
  says: (word) => `Failed to add dependency on ${word}, ignoring: Invalid argument`,
};

const KNOWN_TARGETS =
  'network.target network-online.target network-pre.target multi-user.target local-fs.target remote-fs.target time-sync.target basic.target sysinit.target sockets.target nss-lookup.target'.split(
    ' ',
  );

/** @internal */
export const slice: ValueKind = {
  what: 'the name of a slice, such as system.slice',
  reading: 'whole',
  resets: false,
  takes: (text) => SPECIFIER.test(text) || (isUnitName(text) && text.endsWith('.slice')),
  meant: (text) => (isUnitName(`${text}.slice`) ? `${text}.slice` : undefined),
  says: (text) =>
    isUnitName(text) && !text.includes('@.')
      ? `Failed to assign slice ${text} to unit`
      : `Failed to load slice unit ${text}, ignoring`,
};

/** systemd takes names that useradd(8) would not (systemd `src/basic/user-util.c`, valid_user_group_name). */
export const account: ValueKind = {
  what: 'the name or number of an account',
  reading: 'whole',
  resets: true,
  takes: isAccount,
  says: (text) => `Invalid user/group name or numeric ID: ${text}`,
};

/** @internal */
export const assignments: ValueKind = {
  what: 'NAME=value',
  reading: 'quoted words',
  resets: true,
  takes: (word) => isVariableName(word.slice(0, Math.max(0, word.indexOf('=')))),
  says: (word) => `Invalid environment assignment, ignoring: ${word}`,
};

/** @internal */
export const families: ValueKind = {
  what: 'a family of sockets, such as AF_INET',
  reading: 'quoted words',
  resets: true,
  whereNone: { plain: 'none' },
  takes: (word) => FAMILIES.includes(word) || word === 'none',
  meant: (word) => nearest(word, FAMILIES),
  says: says('address family'),
};

/** address_families(7), as the headers of Linux have them. */
const FAMILIES =
  'AF_XDP AF_APPLETALK AF_IB AF_MCTP AF_INET6 AF_FILE AF_ROSE AF_NETROM AF_TIPC AF_WANPIPE AF_PHONET AF_BRIDGE AF_CAN AF_BLUETOOTH AF_NFC AF_ROUTE AF_SECURITY AF_NETLINK AF_ECONET AF_AX25 AF_RDS AF_SMC AF_LLC AF_KCM AF_KEY AF_IUCV AF_INET AF_ATMSVC AF_PPPOX AF_PACKET AF_IEEE802154 AF_MPLS AF_IRDA AF_NETBEUI AF_SNA AF_VSOCK AF_LOCAL AF_ALG AF_QIPCRTR AF_ATMPVC AF_ASH AF_UNIX AF_DECnet AF_CAIF AF_ISDN AF_X25 AF_RXRPC AF_IPX'.split(
    ' ',
  );

/** A name that is none is passed over without a word (systemd `src/basic/cap-list.c`, capability_set_from_string). */
export const capabilities: ValueKind = {
  what: 'a capability, such as CAP_NET_BIND_SERVICE',
  reading: 'quoted words',
  resets: true,
  whereNone: { plain: '', inverted: '~' },
  takes: (word) => CAPABILITIES.includes(word.toUpperCase()) || isBetween(word, 0n, 62n),
  meant: (word) => nearest(word, CAPABILITIES),
};

/** capabilities(7). */
const CAPABILITIES =
  'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM'
    .split(' ')
    .map((name) => `CAP_${name}`);

/**
 * Where a standard stream leads.
 *
 * @param files - what stands before the colon of a file
 * @internal
 */
export function standardStream(names: string, files: readonly string[], what: string): ValueKind {
  const plain = oneOf(names, what);
  const pathOf = (text: string): string | undefined => {
    const [kind = '', path] = text.split(/:(.*)/s);
    return files.includes(kind) ? path : undefined;
  };
  return {
    ...plain,
    what: `${plain.what.replace(' or ', ', ')}, or ${files.map((file) => `${file}:`).join(', ')} and an absolute path`,
    takes: (text) => plain.takes(text) || text.startsWith('fd:') || isPath(pathOf(text) ?? ''),
    says: (text, directive) => {
      const path = pathOf(text);
      return path === undefined
        ? `Failed to parse ${what}, ignoring: ${text}`
        : `${directive}= path is not ${lacking(path)}: ${path}`;
    },
  };
}

/** @internal */
export const exitStatus: ValueKind = {
  ...wholeNumber(0n, 255n, {
    resets: true,
    says: (text) => `Failed to parse exit status '${text}', ignoring`,
  }),
};

function memoryBytes(text: string): number | undefined {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  return parsePart(text) ?? parseByteSize(text);
}

/** A part of what there is: not more than all. */
function parsePart(text: string): number | undefined {
  const parts = parsePermyriad(text);
  return parts !== undefined && parts <= 10_000 ? parts : undefined;
}

/** `2GB`, `2GiB`, `2g` and `2Gi` are all meant as `2G`. */
function sizeMeant(text: string, takes: (text: string) => boolean): string | undefined {
  const plain = text.toUpperCase().replace(/(?<=[EPTGMK])I?B?$/, '');
  return plain !== text && takes(plain) ? plain : undefined;
}

function isBetween(text: string, least: bigint, most: bigint): boolean {
  const number = parseWholeNumber(text);
  return number !== undefined && number >= least && number <= most;
}

function isSignal(text: string): boolean {
  if (parseWholeNumber(text) !== undefined) return isBetween(text, 1n, 64n);
  const name = text.replace(/^SIG/, '');
  const [, end = '', offset = ''] = /^RT(MIN|MAX)([+-].+)?$/.exec(name) ?? [];
  if (end === '') return SIGNALS.includes(name);
  if (offset === '') return true;
  return offset.startsWith(end === 'MIN' ? '+' : '-') && isBetween(offset.slice(1), 0n, BigInt(REAL_TIME));
}

/** An absolute one that leads nowhere up (systemd `src/basic/path-util.c`, path_simplify_and_warn). */
function isPath(text: string): boolean {
  return SPECIFIER.test(text) || (text.startsWith('/') && !text.split('/').includes('..'));
}

function lacking(path: string): 'absolute' | 'normalized' {
  return path.startsWith('/') ? 'normalized' : 'absolute';
}

function notPath(text: string, directive: string): string {
  return `${directive}= path is not ${lacking(text)}, ignoring: ${text}`;
}

function boundParts(word: string): readonly string[] {
  return word.replace(/^-/, '').split(':').slice(0, 2);
}

/** What stands behind both paths and is no option. */
function boundFault(word: string): string | undefined {
  const options = word.split(':').slice(2).join(':');
  return ['', 'rbind', 'norbind'].includes(options) ? undefined : options;
}

/** What is wrong with a folder or the link behind it; `{}` stands for the directive. */
function folderFault(word: string, links: boolean): string | undefined {
  const parts = word.split(':').filter((part) => part !== '');
  for (const [index, part] of parts.slice(0, 2).entries()) {
    if (index === 1 && !links)
      return `Destination parameter is not supported for ConfigurationDirectory, ignoring: ${word}`;
    if (part.startsWith('/')) return `{} path is absolute, ignoring: ${part}`;
    const names = part.split('/').filter((name) => name !== '' && name !== '.');
    if (names.length === 0 || names.includes('..')) return `{} path is not normalized, ignoring: ${part}`;
    if (index === 0 && names[0] === 'private')
      return `{} path can't be 'private', ignoring assignment: ${word}`;
  }
  return parts.length === 0 ? '' : undefined;
}

function isUnitName(text: string): boolean {
  return text.length <= LONGEST_UNIT_NAME && UNIT_NAME.test(text);
}

function isAccount(text: string): boolean {
  if (SPECIFIER.test(text)) return true;
  if (/^\d+$/.test(text))
    return /^(?:0|[1-9]\d*)$/.test(text) && !NO_IDS.includes(text) && Number(text) < 2 ** 32;
  return !/^\s|[\p{Cc}:/]|\s$|^-\d+$|^\.\.?$/u.test(text);
}
