import { findSetting } from '../../etcd/setting/table.js';
import type {} from '../../host/host-root.js';
import type { MemberView } from '../../host/member-view.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

const DIRECTIVE = /(?:^|\s)([A-Z][A-Za-z]{3,})=/;
const FLAG = /(?:^|\s)(--?[a-z][\w-]*)/g;

/** @internal */
export const ignoredLines: Rule = {
  name: 'ignored-lines',
  summary: 'No line of a unit, an environment file or a script is dropped or changed on the way to etcd.',
  levels: ['error', 'warning'],
  source: 'systemd.syntax(7); systemd.exec(5), EnvironmentFile=; POSIX.1-2024, Shell Command Language, 2.12',
  *check({ members }) {
    for (const member of members) {
      yield* droppedVariables(member);
      yield* flagsAsDirectives(member);
      yield* unexported(member);
      yield* quoted(member);
    }
  },
};

function* droppedVariables({ service, label }: MemberView): Generator<Fault> {
  if (service.type === 'layout') return;
  for (const { path, text } of service.ignoredLines ?? []) {
    const isExport = /^export\s/.test(text);
    if (!isExport && !/ETCD_/.test(text)) continue;
    yield {
      level: isExport ? 'error' : 'warning',
      member: label,
      path,
      message: `systemd drops the line ${JSON.stringify(text.slice(0, 80))}: ${isExport ? 'in an environment file there is no export' : 'it is not NAME=value'}.`,
      cure: isExport ? 'Leave out export, and write NAME=value alone.' : 'Write NAME=value.',
      etcdSays: 'Ignoring invalid environment assignment',
    };
  }
}

/** Lines that a missing backslash or a closing quote has cut off from ExecStart. */
function* flagsAsDirectives({ service, label, root }: MemberView): Generator<Fault> {
  if (service.type === 'layout') return;
  const path = service.originOf('ExecStart');
  const file = service.sections.length === 0 ? undefined : root.files.get(path);
  if (file === undefined) return;
  const lines = strayLines(root.limits.text(file));
  const flags = lines.flatMap((line) => [...line.matchAll(FLAG)].map(([, name = '']) => name));
  if (flags.length === 0) return;
  const swallowed = lines.flatMap((line) => DIRECTIVE.exec(line)?.[1] ?? []);
  const isOne = flags.length === 1;
  yield {
    level: flags.some((name) => findSetting(name.replace(/^--?/, '')) !== undefined) ? 'error' : 'warning',
    member: label,
    path,
    message: `systemd ignores ${flags.join(', ')}: ${isOne ? 'it stands' : 'they stand'} in the place of a directive, since the line before has no backslash at its end, or its quotes end there.${swallowed.length === 0 ? '' : ` A backslash swallows ${swallowed.join(', ')} as well.`}`,
    cure: 'End each line of ExecStart but the last with a backslash, and keep the flags inside of its quotes.',
    etcdSays: lines.some((line) => line.includes('='))
      ? `Unknown key name '${flags[0]}' in section 'Service', ignoring.`
      : "Missing '=', ignoring line.",
  };
}

/** Lines that begin with a hyphen and continue no other one, each with those that continue it (systemd.syntax(7)). */
function strayLines(text: string): readonly string[] {
  const found: string[] = [];
  let goesOn = false;
  let isStray = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^[ \t]*[#;]/.test(line)) continue;
    if (!goesOn) isStray = /^[ \t]*--?[a-z]/.test(line);
    if (isStray && goesOn) found.push(`${found.pop() ?? ''} ${line}`);
    else if (isStray) found.push(line);
    goesOn = line.endsWith('\\');
  }
  return found;
}

/** An engine takes the value of an environment file as it stands (docker-run(1), `--env-file`). */
function* quoted({ service, label }: MemberView): Generator<Fault> {
  if (service.type !== 'container') return;
  const names = service.environment.filter(
    ({ name, value }) => name.startsWith('ETCD_') && /^(["']).*\1$/.test(value),
  );
  const [first] = names;
  if (first === undefined) return;
  yield {
    level: 'warning',
    member: label,
    path: first.path,
    message: `The quotes around ${names.map(({ name }) => name).join(', ')} are a part of ${names.length === 1 ? 'its value' : 'their values'} to etcd.`,
    cure: 'Write NAME=value without quotes.',
  };
}

function* unexported({ service, label, settings }: MemberView): Generator<Fault> {
  if (service.type === 'layout') return;
  const set = new Set([...service.environment, ...settings.entries.values()].map(({ name }) => name));
  // Variables of the script's own, such as ETCD_ARGS, are none of etcd's.
  const lost = service.unexported.filter(({ name }) => {
    const flag = /^ETCD_/.test(name) ? name.slice(5).toLowerCase().replaceAll('_', '-') : '';
    return findSetting(flag) !== undefined && !set.has(name) && !set.has(flag);
  });
  const [first] = lost;
  if (first === undefined) return;
  yield {
    level: 'error',
    member: label,
    path: first.path,
    message: `The script sets ${lost.map(({ name }) => name).join(', ')} and does not export ${lost.length === 1 ? 'it' : 'them'}: etcd does not see ${lost.length === 1 ? 'it' : 'them'}.`,
    cure: 'Write set -a before the file is sourced, or export each of them.',
  };
}
