import type { RootIndex } from '../../host/host-root.js';
import type { ProcessService } from '../../host/service/service.js';
import { unitText } from '../../host/service/unit-fragments.js';
import { directiveValues } from '../../systemd/directive-values.js';
import type { Rule } from '../rule.js';

/** @internal */
export const unitEnabled: Rule = {
  name: 'unit-enabled',
  summary: 'Something starts the unit at boot.',
  levels: ['notice'],
  source: 'systemd.unit(5), WantedBy=; systemctl(1), enable',
  *check({ members }) {
    for (const { service, root, label } of members) {
      // A tarball is enabled once it is extracted.
      if (service.type !== 'unit' || !root.isHost || service.start === undefined) continue;
      const { unit } = service.start;
      if (unit.includes('@.') || isWanted(root, unit)) continue;
      const wantedBy = directiveValues(service.sections, 'WantedBy', 'Install');
      yield {
        level: 'notice',
        member: label,
        path: service.path,
        message: `Nothing starts ${unit} at boot: it is not enabled${wantedBy.length === 0 ? ', and has no WantedBy= by which it could be' : ''}.`,
        cure:
          wantedBy.length === 0
            ? 'Write [Install] with WantedBy=multi-user.target, then systemctl enable it.'
            : `systemctl enable ${unit}`,
      };
    }
  },
};

/** A link in `<target>.wants` or `.requires`, or another unit that names it. */
function isWanted(root: RootIndex, unit: ProcessService['path']): boolean {
  for (const path of root.files.keys()) {
    if (!path.includes('/systemd/')) continue;
    if (/\.(?:wants|requires|upholds)\/[^/]+$/.test(path)) {
      if (path.endsWith(`/${unit}`)) return true;
    } else if (/\.(?:service|target|socket|timer|path)$|\.conf$/.test(path)) {
      const text = unitText(root, path);
      if (text.includes(unit) && isNamed(text, unit)) return true;
    }
  }
  return false;
}

function isNamed(text: string, unit: string): boolean {
  return text.split('\n').some((line) => {
    const [name = '', value = ''] = line.split('=');
    return (
      /^(?:Wants|Requires|BindsTo|Upholds|Unit|Service)$/.test(name.trim()) &&
      value.split(/\s+/).includes(unit)
    );
  });
}
