import {
  DIRECTIVES,
  type UnknownDirective,
  unknownDirective,
} from '../../systemd/directives/directive-table.js';
import type { Rule } from '../rule.js';

/** @internal */
export const unitDirectives: Rule = {
  name: 'unit-directives',
  summary: 'systemd knows every directive of the unit, and what each does to etcd was judged.',
  levels: ['warning', 'notice'],
  source: 'systemd.unit(5); systemd.service(5); systemd.exec(5); systemd.resource-control(5)',
  *check({ members }) {
    for (const { service, label } of members) {
      if (service.type !== 'unit') continue;
      const open: string[] = [];
      for (const { name: section, directives } of service.sections)
        for (const { name, values } of directives) {
          // Flags in the place of directives are told by the lines that they stand in.
          if (name.startsWith('-')) continue;
          const unknown = unknownDirective(section, name);
          if (unknown !== undefined) {
            const [message, cure] = advice(section, name, unknown);
            yield {
              level: 'warning',
              member: label,
              path: service.originOf(name),
              message,
              cure,
              etcdSays:
                unknown.type === 'section'
                  ? `Unknown section '${section}'. Ignoring.`
                  : `Unknown key name '${name}' in section '${section}', ignoring.`,
            };
          }
          const isSet = values.some((value) => value !== '');
          if (isSet && DIRECTIVES.get(section)?.get(name) === 'unjudged' && !isUsual(name, values))
            open.push(name);
        }
      if (open.length > 0)
        yield {
          level: 'notice',
          member: label,
          path: service.path,
          message: `What ${open.map((name) => `${name}=`).join(', ')} does to etcd was not judged.`,
          cure: 'Try the unit on a host.',
        };
    }
  },
};

const MOST_SHOWN = 40;
/** Values that every other unit has, and that do nothing to etcd. */
const USUAL: Readonly<Record<string, RegExp>> = {
  StandardOutput: /^(?:journal|syslog|kmsg|inherit|null|journal\+console)$/,
  StandardError: /^(?:journal|syslog|kmsg|inherit|null|journal\+console)$/,
  StandardInput: /^null$/,
  TasksMax: /^infinity$/,
  MemoryMax: /^infinity$/,
  LimitDATA: /^infinity$/,
  LimitSTACK: /^infinity$/,
  LimitCPU: /^infinity$/,
  IPAddressAllow: /^any$/,
  SystemCallFilter:
    /^(?:@system-service|~(?:@(?:clock|cpu-emulation|debug|keyring|module|mount|obsolete|privileged|raw-io|reboot|resources|swap)\s*)+)$/,
  Conflicts: /^shutdown\.target$/,
  RequiresMountsFor: /^\/(?:etc|var|var\/lib)?$/,
};

function isUsual(name: string, values: readonly string[]): boolean {
  const usual = USUAL[name];
  return usual !== undefined && values.every((value) => value === '' || usual.test(value));
}

function advice(section: string, name: string, unknown: UnknownDirective): readonly [string, string] {
  const shown = name.slice(0, MOST_SHOWN);
  if (unknown.type === 'section')
    return [
      `systemd knows no section [${section.slice(0, MOST_SHOWN)}] of a service and passes over it.`,
      'Write [Unit], [Service] or [Install].',
    ];
  if (unknown.type === 'misplaced')
    return [`systemd passes over ${shown}= in [${section}].`, `Move it to [${unknown.belongs}].`];
  return [
    `systemd knows no ${shown}= in [${section}] and passes over it.`,
    unknown.nearest === undefined ? 'Leave it out.' : `Did you mean ${unknown.nearest}=?`,
  ];
}
