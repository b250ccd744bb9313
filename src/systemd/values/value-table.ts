import { quoteValue } from '../../text/quote-value.js';
import { splitQuotedWords } from '../words.js';
import { account, assignments, capabilities, families, signal, slice, unitNames } from './name-kinds.js';
import { exitStatus, inRange, octalMode, weight, wholeNumber } from './number-kinds.js';
import {
  absolutePath,
  boundPaths,
  conditionPath,
  fatalPath,
  mountPaths,
  namespacePaths,
  optionalPath,
  ownFolders,
  standardStream,
  workingDirectory,
} from './path-kinds.js';
import { cpuQuota, memoryLimit, pressure, resourceLimit, tasks } from './resource-kinds.js';
import { timeSpan } from './time-kind.js';
import type { ValueKind } from './value-kind.js';
import { booleanOr, oneOf, oneOrNumber } from './word-kinds.js';

/** systemd tells of them by the name of their type, or of the directive. */
const seconds = timeSpan((text) => `Failed to parse sec value, ignoring: ${text}`);
const named = timeSpan((text, directive) => `Failed to parse ${directive}= parameter, ignoring: ${text}`);
const counted = wholeNumber(0n, 2n ** 32n - 1n, {
  says: (text) => `Failed to parse unsigned value, ignoring: ${text}`,
});
const action = {
  ...oneOf(
    'none reboot reboot-force reboot-immediate poweroff poweroff-force poweroff-immediate exit exit-force soft-reboot soft-reboot-force kexec kexec-force halt halt-force halt-immediate',
    'action',
  ),
  says: (text: string, directive: string) => `Failed to parse ${directive}=, ignoring: ${text}`,
};
const jobMode = oneOf(
  'fail replace replace-irreversibly isolate flush ignore-dependencies ignore-requirements triggering restart-dependencies lenient',
  'job mode',
);
const failureMode = oneOf('terminate abort kill', 'timeout failure mode');
const logLevel = oneOrNumber('emerg alert crit err warning notice info debug', 7n, 'log level');
const pressureMode = {
  ...oneOf('auto kill', 'mode', true),
  says: (text: string) => `Invalid syntax, ignoring: ${text}`,
};

/** Of directives whose values have a type: which it is (systemd `src/core/load-fragment-gperf.gperf.in`). */
const KINDS: readonly (readonly [ValueKind, { readonly Unit?: string; readonly Service?: string }])[] = [
  [
    booleanOr(),
    {
      Unit: 'StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies IgnoreOnIsolate SurviveFinalKillSignal',
      Service: `PermissionsStartOnly RootDirectoryStartOnly RemainAfterExit GuessMainPID NonBlocking CPUSchedulingResetOnFork
        RemoveIPC TTYReset TTYVHangup TTYVTDisallocate SyslogLevelPrefix NoNewPrivileges MemoryDenyWriteExecute RestrictRealtime
        RestrictSUIDSGID LockPersonality PrivateDevices ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectClock
        PrivateNetwork PrivateMounts PrivateIPC IgnoreSIGPIPE CPUAccounting MemoryAccounting IOAccounting BlockIOAccounting
        TasksAccounting IPAccounting SendSIGKILL SendSIGHUP SetLoginEnvironment RootEphemeral PrivatePIDs CoredumpReceive
        BindLogSockets MemoryZSwapWriteback`,
    },
  ],
  [{ ...booleanOr(), resets: true }, { Service: 'MountAPIVFS MemoryKSM' }],
  [
    { ...booleanOr(), says: (text) => `Failed to parse boolean, ignoring: ${text}` },
    { Unit: 'OnFailureIsolate' },
  ],
  [
    {
      ...booleanOr(),
      isFatal: () => true,
      says: (text) => `Failed to parse boolean value: ${text}`,
    },
    { Service: 'DynamicUser' },
  ],
  // Their words came with systemd 257 and 258.
  [booleanOr('disconnected'), { Service: 'PrivateTmp' }],
  [booleanOr('self', 'identity', 'full', 'managed'), { Service: 'PrivateUsers' }],
  [booleanOr('private', 'strict'), { Service: 'ProtectControlGroups' }],
  [
    {
      ...booleanOr('full', 'strict'),
      says: (text) => `Failed to parse protect system value, ignoring: ${text}`,
    },
    { Service: 'ProtectSystem' },
  ],
  [
    {
      ...booleanOr('read-only', 'tmpfs'),
      says: (text) => `Failed to parse protect home value, ignoring: ${text}`,
    },
    { Service: 'ProtectHome' },
  ],
  [
    {
      ...booleanOr('restart'),
      says: (text) => `Failed to parse runtime directory preserve mode, ignoring: ${text}`,
    },
    { Service: 'RuntimeDirectoryPreserve' },
  ],
  [
    seconds,
    {
      Unit: 'StartLimitIntervalSec StartLimitInterval',
      Service: `RestartSec RuntimeMaxSec RuntimeRandomizedExtraSec WatchdogSec StartLimitInterval LogRateLimitIntervalSec TimeoutCleanSec
        RestartMaxDelaySec`,
    },
  ],
  [named, { Unit: 'JobTimeoutSec JobRunningTimeoutSec', Service: 'TimeoutSec TimeoutStartSec' }],
  [timeSpan((text) => `Failed to parse time value, ignoring: ${text}`), { Service: 'TimeoutStopSec' }],
  [
    timeSpan((text) => `Failed to parse TimeoutAbortSec= setting, ignoring: ${text}`, true),
    { Service: 'TimeoutAbortSec' },
  ],
  [
    timeSpan((text) => `Failed to parse sec_def_infinity value, ignoring: ${text}`, true),
    { Service: 'CPUQuotaPeriodSec' },
  ],
  [
    counted,
    {
      Unit: 'StartLimitBurst',
      Service: 'StartLimitBurst LogRateLimitBurst FileDescriptorStoreMax RestartSteps',
    },
  ],
  [{ ...counted, resets: true }, { Service: 'TTYRows TTYColumns' }],
  [
    inRange(-20n, 19n, {
      outside: 'Nice priority out of range',
      none: 'Failed to parse nice priority',
    }),
    { Service: 'Nice' },
  ],
  [
    inRange(-1000n, 1000n, {
      outside: 'OOM score adjust value out of range',
      none: 'Failed to parse the OOM score adjust value',
    }),
    { Service: 'OOMScoreAdjust' },
  ],
  [
    wholeNumber(0n, 7n, { resets: true, says: (text) => `Failed to parse IO priority, ignoring: ${text}` }),
    { Service: 'IOSchedulingPriority' },
  ],
  [wholeNumber(0n, 99n, {}), { Service: 'CPUSchedulingPriority' }],
  [exitStatus, { Unit: 'FailureActionExitStatus SuccessActionExitStatus' }],
  [
    octalMode,
    {
      Service:
        'UMask RuntimeDirectoryMode StateDirectoryMode CacheDirectoryMode LogsDirectoryMode ConfigurationDirectoryMode',
    },
  ],
  [memoryLimit(false), { Service: 'MemoryHigh MemoryMax MemoryLimit StartupMemoryHigh StartupMemoryMax' }],
  [
    memoryLimit(true),
    {
      Service: `MemoryMin MemoryLow DefaultMemoryMin DefaultMemoryLow DefaultStartupMemoryLow StartupMemoryLow MemorySwapMax
        StartupMemorySwapMax MemoryZSwapMax StartupMemoryZSwapMax`,
    },
  ],
  [tasks, { Service: 'TasksMax' }],
  [cpuQuota, { Service: 'CPUQuota' }],
  [pressure, { Service: 'ManagedOOMMemoryPressureLimit' }],
  [weight(1n, 10_000n, 'CPU weight', 'idle'), { Service: 'CPUWeight StartupCPUWeight' }],
  [weight(1n, 10_000n, 'weight'), { Service: 'IOWeight StartupIOWeight' }],
  [weight(2n, 262_144n, 'CPU shares'), { Service: 'CPUShares StartupCPUShares' }],
  [weight(10n, 1000n, 'block IO weight'), { Service: 'BlockIOWeight StartupBlockIOWeight' }],
  [resourceLimit('count'), { Service: 'LimitNOFILE LimitNPROC LimitLOCKS LimitSIGPENDING LimitRTPRIO' }],
  [
    resourceLimit('bytes'),
    { Service: 'LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS LimitAS LimitMEMLOCK LimitMSGQUEUE' },
  ],
  [resourceLimit('seconds'), { Service: 'LimitCPU' }],
  [resourceLimit('microseconds'), { Service: 'LimitRTTIME' }],
  [resourceLimit('nice'), { Service: 'LimitNICE' }],
  [signal, { Service: 'KillSignal RestartKillSignal FinalKillSignal WatchdogSignal ReloadSignal' }],
  [
    action,
    {
      Unit: 'JobTimeoutAction StartLimitAction FailureAction SuccessAction',
      Service: 'StartLimitAction FailureAction',
    },
  ],
  [jobMode, { Unit: 'OnSuccessJobMode OnFailureJobMode' }],
  [oneOf('inactive inactive-or-failed', 'garbage collection mode'), { Unit: 'CollectMode' }],
  // notify-reload came with systemd 253.
  [oneOf('simple exec forking oneshot dbus notify notify-reload idle', 'service type'), { Service: 'Type' }],
  [oneOf('main cgroup', 'service exit type'), { Service: 'ExitType' }],
  [
    oneOf('no on-success on-failure on-abnormal on-watchdog on-abort always', 'service restart specifier'),
    { Service: 'Restart' },
  ],
  [oneOf('normal direct debug', 'service restart mode'), { Service: 'RestartMode' }],
  [oneOf('none main exec all', 'notify access specifier'), { Service: 'NotifyAccess' }],
  [failureMode, { Service: 'TimeoutStartFailureMode TimeoutStopFailureMode' }],
  [oneOf('continue stop kill', 'OOM policy'), { Service: 'OOMPolicy' }],
  [oneOf('control-group process mixed none', 'kill mode specification', true), { Service: 'KillMode' }],
  [oneOf('inherit private shared', 'keyring mode'), { Service: 'KeyringMode' }],
  [oneOf('default noaccess invisible ptraceable', '/proc/ protection mode'), { Service: 'ProtectProc' }],
  [oneOf('all pid', '/proc/ subset mode'), { Service: 'ProcSubset' }],
  [oneOf('init login user', 'utmp mode'), { Service: 'UtmpMode' }],
  [oneOf('auto closed strict', 'device policy'), { Service: 'DevicePolicy' }],
  [pressureMode, { Service: 'ManagedOOMSwap ManagedOOMMemoryPressure' }],
  [
    {
      ...oneOf('none avoid omit', 'preference'),
      says: (text) => `Failed to parse ManagedOOMPreference=, ignoring: ${text}`,
    },
    { Service: 'ManagedOOMPreference' },
  ],
  [
    oneOrNumber('none realtime best-effort idle', 8n, 'IO scheduling class', true),
    { Service: 'IOSchedulingClass' },
  ],
  [
    oneOrNumber('other batch idle fifo rr ext', 2n ** 31n - 1n, 'CPU scheduling policy', true),
    { Service: 'CPUSchedulingPolicy' },
  ],
  [oneOf('shared slave private', 'mount flag', true), { Service: 'MountFlags' }],
  [logLevel, { Service: 'SyslogLevel LogLevelMax' }],
  [
    standardStream('null tty tty-force tty-fail socket data', ['file'], 'input specifier'),
    { Service: 'StandardInput' },
  ],
  [
    standardStream(
      'inherit null tty journal kmsg journal+console kmsg+console socket syslog syslog+console',
      ['file', 'append', 'truncate'],
      'output specifier',
    ),
    { Service: 'StandardOutput StandardError' },
  ],
  [absolutePath, { Unit: 'SourcePath', Service: 'TTYPath NetworkNamespacePath IPCNamespacePath' }],
  [fatalPath, { Service: 'RootDirectory RootImage RootVerity' }],
  [optionalPath, { Service: 'EnvironmentFile' }],
  [workingDirectory, { Service: 'WorkingDirectory' }],
  [
    conditionPath,
    {
      Unit: ['Condition', 'Assert']
        .flatMap((kind) =>
          'PathExists PathExistsGlob PathIsDirectory PathIsSymbolicLink PathIsMountPoint PathIsReadWrite PathIsEncrypted DirectoryNotEmpty FileNotEmpty FileIsExecutable'
            .split(' ')
            .map((check) => kind + check),
        )
        .join(' '),
    },
  ],
  [mountPaths, { Unit: 'RequiresMountsFor WantsMountsFor' }],
  [
    namespacePaths,
    {
      Service: `ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths
        NoExecPaths ExtensionDirectories`,
    },
  ],
  [boundPaths, { Service: 'BindPaths BindReadOnlyPaths' }],
  [
    {
      ...mountPaths,
      takes: (word) => mountPaths.takes(word.split(':')[0] ?? ''),
      says: (word, directive) => `${directive}= path is not absolute, ignoring: ${word.split(':')[0]}`,
    },
    { Service: 'TemporaryFileSystem' },
  ],
  [ownFolders(true), { Service: 'RuntimeDirectory StateDirectory CacheDirectory LogsDirectory' }],
  [ownFolders(false), { Service: 'ConfigurationDirectory' }],
  [
    unitNames,
    {
      Unit: `Requires Requisite Wants BindsTo Upholds Conflicts Before After OnSuccess OnFailure PropagatesReloadTo PropagateReloadTo
        ReloadPropagatedFrom PropagateReloadFrom PropagatesStopTo StopPropagatedFrom PartOf JoinsNamespaceOf BindTo`,
    },
  ],
  [slice, { Service: 'Slice' }],
  [account, { Service: 'User Group' }],
  [{ ...account, reading: 'words' }, { Service: 'SupplementaryGroups' }],
  [assignments, { Service: 'Environment' }],
  [families, { Service: 'RestrictAddressFamilies' }],
  [capabilities, { Service: 'CapabilityBoundingSet AmbientCapabilities' }],
];

/**
 * The kinds of values by section and directive. A directive that is not here has values of no kind that is looked at.
 *
 * @internal
 */
export const VALUE_KINDS: ReadonlyMap<string, ReadonlyMap<string, ValueKind>> = new Map(
  (['Unit', 'Service'] as const).map((section) => [
    section,
    new Map(
      KINDS.flatMap(([kind, names]) =>
        wordsOf(names[section] ?? '').map((name): [string, ValueKind] => [name, kind]),
      ),
    ),
  ]),
);

/**
 * What systemd does with a value that is not of its directive's kind.
 *
 * @internal
 */
export interface DroppedValue {
  readonly section: string;
  readonly directive: string;
  /** The value, or of a list the word. */
  readonly text: string;
  /** Whether systemd does not load the unit; otherwise it goes on without the value. */
  readonly isFatal: boolean;
  readonly kind: ValueKind;
  /** systemd's own words; absent where it says nothing of interest. */
  readonly says?: string;
}

/**
 * Holds one value of a directive against its kind.
 *
 * @returns what is left of it, undefined where nothing is, and what systemd drops
 * @internal
 */
export function readValue(
  section: string,
  directive: string,
  value: string,
): { readonly kept: string | undefined; readonly dropped: readonly DroppedValue[] } {
  const kind = VALUE_KINDS.get(section)?.get(directive);
  if (kind === undefined) return { kept: value, dropped: [] };
  const isFatal = kind.isFatal?.(value) ?? false;
  const drop = (text: string): DroppedValue => {
    const says = kind.says?.(text, directive);
    return { section, directive, text, isFatal, kind, ...(says === undefined ? {} : { says }) };
  };
  if (value === '')
    return kind.resets ? { kept: value, dropped: [] } : { kept: undefined, dropped: [drop('')] };
  if (kind.reading === 'whole')
    return kind.takes(value) ? { kept: value, dropped: [] } : { kept: undefined, dropped: [drop(value)] };
  const isInverted = kind.whereNone !== undefined && value.startsWith('~');
  const list = isInverted ? value.slice(1) : value;
  const words = kind.reading === 'words' ? plainWords(list) : splitQuotedWords(list);
  if (words === undefined)
    return { kept: undefined, dropped: [{ section, directive, text: value, isFatal, kind }] };
  const left: string[] = [];
  const dropped: DroppedValue[] = [];
  for (const word of words)
    if (kind.takes(word.value)) left.push(word.raw);
    else dropped.push(drop(word.value));
  if (dropped.length === 0) return { kept: value, dropped };
  const none = isInverted ? kind.whereNone?.inverted : kind.whereNone?.plain;
  return {
    kept: left.length === 0 ? none : `${isInverted ? '~' : ''}${left.join(' ')}`,
    dropped,
  };
}

/**
 * What is wrong with a value, for people.
 *
 * @internal
 */
export function describeDropped({ directive, text, isFatal, kind }: DroppedValue): {
  readonly message: string;
  readonly cure: string;
} {
  if (text === '')
    return {
      message: `An empty ${directive}= takes nothing back: systemd ${isFatal ? 'does not load the unit' : 'goes on without it'}.`,
      cure: `Leave it out, or write ${kind.what}.`,
    };
  const meant = kind.meant?.(text);
  return {
    message: `${quoteValue(text)} of ${directive}= is not ${kind.what}: systemd ${isFatal ? 'does not load the unit' : 'goes on without it'}.`,
    cure: `Write ${meant ?? kind.what}.`,
  };
}

function plainWords(value: string): readonly { readonly raw: string; readonly value: string }[] {
  return wordsOf(value).map((word) => ({ raw: word, value: word }));
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
