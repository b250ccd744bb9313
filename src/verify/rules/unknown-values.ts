import type { MemberView } from '../../host/member-view.js';
import type { Rule } from '../rule.js';

const MEANINGS: readonly (readonly [pattern: RegExp, means: string, cure: string])[] = [
  [/%m/, "the machine's id", 'Give /etc/machine-id as well, to have the name judged.'],
  [/%[Hl]/, "the host's name", 'Give /etc/hostname as well.'],
  [
    /%[iIjJ]/,
    "the name of a unit's instance",
    'Give the link of the instance as well, such as etcd@e1.service.',
  ],
  [/%b/, "the boot's id", 'Write a value that stays.'],
  [/\$\([A-Z_]+\)/, 'what Kubernetes fills in', 'Write the value itself, to have it judged.'],
  [/\$\(|`/, 'the output of a command', 'Write the value itself, to have it judged.'],
  [/./, 'known to the running host alone', 'Write the value itself, to have it judged.'],
];

/** @internal */
export const unknownValues: Rule = {
  name: 'unknown-values',
  summary: 'The files tell the value of every setting.',
  levels: ['warning', 'notice'],
  source: 'systemd.unit(5), Specifiers; POSIX.1-2024, Shell Command Language, 2.6',
  *check({ members }) {
    for (const member of members) {
      const { settings, label, service } = member;
      for (const { name, value, path } of settings.unknown) {
        const text = unknownIn(member, value);
        const [, means = '', cure = ''] = MEANINGS.find(([pattern]) => pattern.test(text)) ?? [];
        yield {
          level: name === 'name' ? 'notice' : 'warning',
          member: label,
          path,
          message: `${name} has ${text}, ${means}: the files do not tell it${name === 'name' ? '' : ', and what depends on it was not judged'}.`,
          cure,
        };
      }
      if (settings.isPartial)
        yield {
          level: 'warning',
          member: label,
          path: service.path,
          message:
            'Some of the arguments of etcd are made when it starts: what depends on them was not judged.',
          cure: 'Write them out, to have them judged.',
        };
    }
  },
};

function unknownIn({ service }: MemberView, value: string): string {
  return service.type === 'layout' ? value : (service.unknowns.find((text) => value.includes(text)) ?? value);
}
