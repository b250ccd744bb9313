import { flagOf } from '../../host/client-view.js';
import { settingValue } from '../../host/settings/settings.js';
import type { Rule } from '../rule.js';

const FILES: readonly string[] = [
  ...['cert-file', 'key-file', 'trusted-ca-file', 'client-cert-file', 'client-key-file'].flatMap((name) => [
    name,
    `peer-${name}`,
  ]),
  'config-file',
];

/** @internal */
export const containerFiles: Rule = {
  name: 'container-files',
  summary: 'A container has the files that its etcd names, and what it writes outlives it.',
  levels: ['error', 'warning'],
  source: 'docker-run(1), --volume; podman-systemd.unit(5), Volume=; Kubernetes API, volumeMounts',
  *check({ members }) {
    for (const { service, settings, label, root } of members) {
      if (service.type === 'layout' || service.isMounted === undefined) continue;
      for (const setting of FILES) {
        const path =
          setting === 'config-file' ? flagOf(service.words, setting) : settingValue(settings, setting);
        if (path === undefined || service.isMounted(path)) continue;
        // What is not on the host either is missing for everybody to see, or comes with the image.
        const onHost = root.find(path);
        if (onHost === undefined) continue;
        yield {
          level: 'error',
          member: label,
          path: service.path,
          message: `${setting} names ${path}, which is on the host and not in the container.`,
          cure: 'Mount it, or its folder.',
          etcdSays: `open ${path}: no such file or directory`,
        };
      }
      const data = settingValue(settings, 'data-dir');
      if (data === undefined || service.isMounted(data)) continue;
      yield {
        level: 'warning',
        member: label,
        path: service.path,
        message: `The data directory ${data} is in the container alone: the data go with it.`,
        cure: 'Mount a folder of the host or a volume there.',
      };
    }
  },
};
