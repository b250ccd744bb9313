import { isStarted } from '../../host/service/unit-started.js';
import { directiveValues } from '../../systemd/directive-values.js';
import { shellWord } from '../../text/shell-word.js';
import type { Rule } from '../rule.js';

/** @internal */
export const unitEnabled: Rule = {
  name: 'unit-enabled',
  summary: 'Something starts the unit at boot.',
  levels: ['notice'],
  source: 'systemd.unit(5), WantedBy=; systemctl(1), enable',
  *check({ members, idleServices }) {
    for (const { root, service } of idleServices) {
      const { unit } = service.start ?? { unit: service.path };
      yield {
        level: 'notice',
        member: root.name,
        path: service.path,
        message: `Nothing starts ${unit}, and this host has etcd in another unit that is started: ${unit} was not judged.`,
        cure: `Remove ${unit} if it is left over; systemctl enable ${unit} if it is a member.`,
      };
    }
    for (const { service, root, label } of members) {
      // A tarball is enabled once it is extracted.
      if (service.type !== 'unit' || !root.isHost || service.start === undefined) continue;
      const { unit } = service.start;
      if (unit.includes('@.') || isStarted(root, unit)) continue;
      const wantedBy = directiveValues(service.sections, 'WantedBy', 'Install');
      yield {
        level: 'notice',
        member: label,
        path: service.path,
        message: `Nothing starts ${unit} at boot: it is not enabled${wantedBy.length === 0 ? ', and has no WantedBy= by which it could be' : ''}.`,
        cure:
          wantedBy.length === 0
            ? 'Write [Install] with WantedBy=multi-user.target, then systemctl enable it.'
            : `systemctl enable ${shellWord(unit)}`,
      };
    }
  },
};
