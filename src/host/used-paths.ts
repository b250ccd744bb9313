import { authTokenKeys } from '../etcd/auth-token.js';
import type { MemberView } from './member-view.js';
import { hostPathOf } from './member-view.js';
import { settingValue } from './settings/settings.js';

/**
 * A path that etcd opens.
 *
 * @internal
 */
export interface UsedPath {
  readonly setting: string;
  /** As etcd sees it, absolute. */
  readonly inner: string;
  /** On the host. */
  readonly host: string;
}

/** Words of log-outputs that name no file (etcd `embed/config_logging.go`). */
const NO_FILES: readonly string[] = ['', 'default', 'stdout', 'stderr', 'systemd/journal'];
const READ_BY_PEERS: readonly string[] = [
  'peer-cert-file',
  'peer-key-file',
  'peer-client-cert-file',
  'peer-client-key-file',
  'peer-trusted-ca-file',
  'peer-crl-file',
];
const READ_FOR_CLIENTS: readonly string[] = [
  'cert-file',
  'key-file',
  'client-cert-file',
  'client-key-file',
  'trusted-ca-file',
  'client-crl-file',
];

/**
 * The files that etcd reads with these settings: those towards clients only where a URL wants them (etcd `embed/serve.go`,
 * `rafthttp/transport.go`), and the keys that it signs tokens with (etcd `server/auth/options.go`, Parse).
 *
 * @internal
 */
export function readFiles(member: MemberView): readonly UsedPath[] {
  const isSecure = [...member.listenClient, ...member.listenHttp, ...member.listenMetrics].some(
    ({ scheme }) => scheme === 'https' || scheme === 'unixs',
  );
  const names = [...READ_BY_PEERS, ...(isSecure || !member.urlsKnown ? READ_FOR_CLIENTS : [])];
  const configFile =
    member.settings.style === 'file' ? [used(member, 'config-file', member.settings.path)] : [];
  return [...configFile, ...names.flatMap((name) => usedSetting(member, name)), ...tokenFiles(member)];
}

/**
 * The data directory, with etcd's own default.
 *
 * @internal
 */
export function dataDirectoryOf(member: MemberView): UsedPath {
  return used(member, 'data-dir', settingValue(member.settings, 'data-dir') ?? `${member.name}.etcd`);
}

/**
 * Where the log of changes lies, if apart.
 *
 * @internal
 */
export function walDirectoryOf(member: MemberView): UsedPath | undefined {
  return usedSetting(member, 'wal-dir')[0];
}

/**
 * The files that etcd writes its log to.
 *
 * @internal
 */
export function logFilesOf(member: MemberView): readonly UsedPath[] {
  const value = settingValue(member.settings, 'log-outputs', 'log-output') ?? '';
  return value
    .split(',')
    .filter((text) => !NO_FILES.includes(text))
    .map((path) => used(member, 'log-outputs', path))
    .filter(({ inner }) => !inner.startsWith('/dev/'));
}

function tokenFiles(member: MemberView): readonly UsedPath[] {
  const keys = authTokenKeys(settingValue(member.settings, 'auth-token') ?? '');
  return [keys?.publicKey, keys?.privateKey]
    .filter((path) => path !== undefined)
    .map((path) => used(member, 'auth-token', path));
}

function usedSetting(member: MemberView, setting: string): readonly UsedPath[] {
  const value = settingValue(member.settings, setting);
  return value === undefined ? [] : [used(member, setting, value)];
}

function used({ service }: MemberView, setting: string, path: string): UsedPath {
  const inner = service.type === 'layout' ? path : (service.innerPath?.(path) ?? path);
  return { setting, inner, host: hostPathOf(service)(path) };
}
