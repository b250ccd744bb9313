import { settingValue } from '../../host/settings/settings.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import type { Rule } from '../rule.js';

/** @internal */
export const defaultDirectory: Rule = {
  name: 'default-directory',
  summary: 'The data directory is named, or the working directory is.',
  levels: ['error', 'warning', 'notice'],
  source: 'etcd embed/config.go, Validate, DefaultName; systemd.exec(5), WorkingDirectory=',
  *check({ members }) {
    for (const { service, settings, label, name } of members) {
      if (service.type === 'layout' || settings.isPartial || settingValue(settings, 'data-dir') !== undefined)
        continue;
      const folder = `${name}.etcd`;
      const place = { member: label, path: service.path, cure: 'Set data-dir, such as /var/lib/etcd.' };
      if (service.isMounted !== undefined) {
        if (service.isMounted(`/${folder}`)) continue;
        yield {
          ...place,
          level: 'warning',
          message: `Without data-dir etcd writes to ${folder} in the container: the data go with it.`,
          cure: 'Set data-dir, and mount a folder of the host or a volume there.',
        };
        continue;
      }
      const path = service.hostPath(folder);
      // Of WorkingDirectory= and what is below a home nobody needs to be told.
      if (service.type !== 'unit' || path !== `/${folder}`) continue;
      const isReadOnly = sandboxOf(service.sections).accessTo(path) !== 'write';
      const isDenied = isReadOnly || service.user !== undefined;
      yield {
        ...place,
        level: isDenied ? 'error' : 'notice',
        message: `There is neither data-dir nor WorkingDirectory: etcd writes to ${path}${isDenied ? `, which ${isReadOnly ? 'the sandbox' : `the user ${service.user}`} may not make` : ''}.`,
        ...(isDenied ? { etcdSays: 'cannot access data directory' } : {}),
      };
    }
  },
};
