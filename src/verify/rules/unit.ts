import type { MemberView } from '../../host/member-view.js';
import { directiveValues } from '../../systemd/directive-values.js';
import { descriptorRules } from '../../systemd/service-rules/isolation.js';
import type { Fault } from '../finding.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';
import { serviceFaults } from './service-faults.js';

/** @internal */
export const unit: Rule = {
  name: 'unit',
  summary: 'systemd starts the unit.',
  levels: ['error', 'warning', 'notice'],
  source: 'systemd.service(5), ExecStart=, Restart=; systemd.exec(5), EnvironmentFile=, LimitNOFILE=',
  *check({ members }) {
    for (const member of members) {
      const { service, label } = member;
      if (service.type === 'layout') continue;
      const place = { level: 'error', member: label, path: service.path } as const;
      for (const { wanted, path, named, says, unread } of service.missingFiles) {
        if (unread !== undefined) {
          yield notLookedAt(label, wanted, unread);
          continue;
        }
        yield {
          ...place,
          path,
          message: `${named} names ${wanted}, which does not exist.`,
          cure:
            named === 'EnvironmentFile'
              ? 'Put the file there, or write EnvironmentFile=-… if it may be missing.'
              : 'Put the file there.',
          etcdSays: says,
        };
      }
      if (service.type !== 'unit') continue;
      const commands = directiveValues(service.sections, 'ExecStart');
      const [type] = directiveValues(service.sections, 'Type').slice(-1);
      if (commands.length > 1 && type !== 'oneshot') {
        yield {
          ...place,
          path: service.originOf('ExecStart'),
          message: 'The unit has more than one ExecStart.',
          cure: 'Write an empty ExecStart= before the one that counts.',
          etcdSays:
            'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
        };
      }
      const restart = directiveValues(service.sections, 'Restart').at(-1) ?? '';
      if (type === 'oneshot' && ['always', 'on-success'].includes(restart)) {
        yield {
          ...place,
          path: service.originOf('Restart'),
          message: `systemd refuses Restart=${restart} with Type=oneshot.`,
          cure: 'Write Type=notify.',
          etcdSays:
            "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.",
        };
      }
      yield* serviceFaults(member, descriptorRules);
      yield* startTimeout(member, type);
    }
  },
};

/** READY=1 comes with a quorum; without one systemd gives up after 90 seconds. */
function* startTimeout(
  { service, label, initialCluster }: MemberView,
  type: string | undefined,
): Generator<Fault> {
  if (service.type !== 'unit' || type !== 'notify' || (initialCluster?.size ?? 1) < 2) return;
  if (
    directiveValues(service.sections, 'TimeoutStartSec').length +
      directiveValues(service.sections, 'TimeoutSec').length >
    0
  )
    return;
  yield {
    level: 'notice',
    member: label,
    path: service.path,
    message: 'systemd kills etcd if it finds no quorum within 90 seconds (etcd-io/etcd#13526).',
    cure: 'Write TimeoutStartSec=infinity, and start all members at once.',
  };
}
