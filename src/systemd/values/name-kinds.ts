import { nearest } from '../../text/nearest.js';
import { isVariableName } from '../quote.js';
import { failedToParse, hasSpecifier, type ValueKind } from './value-kind.js';
import { isBetween, parseWholeNumber } from './whole-number.js';

const UNIT_NAME =
  /^[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*\.(?:service|socket|target|device|mount|automount|swap|timer|path|slice|scope)$/;
const LONGEST_UNIT_NAME = 255;
/** Numbers that the kernel takes for none (systemd `src/basic/user-util.c`, uid_is_valid). */
const NO_IDS: readonly string[] = ['65535', '4294967295'];
/** Real-time signals of glibc: SIGRTMIN is 34, SIGRTMAX 64 (signal(7)). */
const REAL_TIME = 30;
const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );

/** @internal */
export const unitNames: ValueKind = {
  what: 'the name of a unit with its suffix, such as network-online.target',
  reading: 'words',
  resets: true,
  takes: (word) => hasSpecifier(word) || isUnitName(word),
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
  takes: (text) => hasSpecifier(text) || (isUnitName(text) && text.endsWith('.slice')),
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
  isFatal: () => true,
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
export const signal: ValueKind = {
  what: 'a signal such as SIGTERM',
  reading: 'whole',
  resets: false,
  takes: isSignal,
  meant: (text) => nearest(text, [...SIGNALS.map((name) => `SIG${name}`), ...SIGNALS]),
  says: failedToParse('signal name'),
};

/** @internal */
export const families: ValueKind = {
  what: 'a family of sockets, such as AF_INET',
  reading: 'quoted words',
  resets: true,
  whereNone: { plain: 'none' },
  takes: (word) => FAMILIES.includes(word) || word === 'none',
  meant: (word) => nearest(word, FAMILIES),
  says: failedToParse('address family'),
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

function isUnitName(text: string): boolean {
  return text.length <= LONGEST_UNIT_NAME && UNIT_NAME.test(text);
}

function isAccount(text: string): boolean {
  if (hasSpecifier(text)) return true;
  if (/^\d+$/.test(text))
    return /^(?:0|[1-9]\d*)$/.test(text) && !NO_IDS.includes(text) && Number(text) < 2 ** 32;
  return !/^\s|[\p{Cc}:/]|\s$|^-\d+$|^\.\.?$/u.test(text);
}

function isSignal(text: string): boolean {
  if (parseWholeNumber(text) !== undefined) return isBetween(text, 1n, 64n);
  const name = text.replace(/^SIG/, '');
  const [, end = '', offset = ''] = /^RT(MIN|MAX)([+-].+)?$/.exec(name) ?? [];
  if (end === '') return SIGNALS.includes(name);
  if (offset === '') return true;
  return offset.startsWith(end === 'MIN' ? '+' : '-') && isBetween(offset.slice(1), 0n, BigInt(REAL_TIME));
}
