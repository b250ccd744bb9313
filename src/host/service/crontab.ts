import { mentions, type RootIndex } from '../host-root.js';
import type { ProcessVariable } from '../settings/environment.js';
import { launch } from './launch.js';
import { type HostProcess, plainProcess } from './service.js';

/**
 * A table of cron that starts something at boot, and what.
 *
 * @internal
 */
export interface CrontabReading {
  readonly path: string;
  readonly processes: readonly HostProcess[];
  /** Whether what it starts at boot speaks of etcd. */
  readonly isEtcds: boolean;
}

/** The system's tables, with a user in each line (crontab(5), "Format"). */
const SYSTEM = /^\/etc\/(?:crontab|cron\.d\/[^/]+)$/;
/** A user's own table, as Debian, Red Hat and SUSE, and busybox have it. */
const USERS = /^\/(?:var\/spool\/cron(?:\/(?:crontabs|tabs))?|etc\/crontabs)\/([^/]+)$/;
const VARIABLE = /^([A-Za-z_]\w*)\s*=(.*)$/;
const AT_BOOT = /^@reboot\s(.+)$/;
/** What does not start it. */
const CHORES = /\betcd(?:ctl|utl)\b|backup|snapshot|defrag/i;
const MAX_TABLES = 50;

/**
 * What cron starts at boot, `@reboot`, where that speaks of etcd.
 *
 * @internal
 */
export function crontabs(root: RootIndex): readonly CrontabReading[] {
  const found = [...root.files].filter(
    ([path, file]) => (SYSTEM.test(path) || USERS.test(path)) && mentions(file, 'etcd'),
  );
  return root.limits
    .firstOf(found, MAX_TABLES, '', 'tables of cron that speak of etcd')
    .map(([path, file]) => readCrontab(root, path, root.limits.text(file)));
}

function readCrontab(root: RootIndex, path: string, text: string): CrontabReading {
  const owner = USERS.exec(path)?.[1];
  const environment: ProcessVariable[] = [];
  const processes: HostProcess[] = [];
  let isEtcds = false;
  for (const line of text.split('\n').map((one) => one.trim())) {
    const [, name, value = ''] = VARIABLE.exec(line) ?? [];
    if (name !== undefined) environment.push({ name, value: unquoted(value.trim()), path });
    const rest = AT_BOOT.exec(line)?.[1]?.trim();
    if (rest === undefined) continue;
    const [, column = '', behind = ''] =
      owner === undefined ? (/^(\S+)\s(.+)$/.exec(rest) ?? []) : ['', owner, rest];
    const command = toShell(behind);
    if (command === '') continue;
    isEtcds ||= command.includes('etcd') && !CHORES.test(command);
    const started = launch(root, {
      ...plainProcess('embedded', path, ['/bin/sh', '-c', command]),
      environment: [...environment],
      ...(column === 'root' ? {} : { user: column }),
    });
    for (const process of started) processes.push(process);
  }
  return { path, processes, isEtcds };
}

/** An unescaped `%` ends the command: what follows is its input (crontab(5), "Format"). */
function toShell(text: string): string {
  return text
    .replace(/(?<!\\)%.*$/, '')
    .replaceAll('\\%', '%')
    .trim();
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
