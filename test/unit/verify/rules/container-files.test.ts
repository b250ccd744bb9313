import { describeRule } from './describe-rule.js';
import { type Hosts, UNIT } from './hosts.js';

/** The unit's etcd in a container with these mounts. */
const contained = (hosts: Hosts, ...mounts: readonly string[]): Hosts =>
  hosts.unit('e1', (unit) =>
    unit.replace(
      /ExecStart=(\S+)/,
      `ExecStart=/usr/bin/podman run --net host ${mounts.map((mount) => `-v ${mount}`).join(' ')} quay.io/coreos/etcd:v3.6.16 $1`,
    ),
  );

describeRule('container-files', [
  ['certificates that are not mounted', 'error', (hosts) => contained(hosts, '/var/lib/etcd:/var/lib/etcd')],
  ['data that are not mounted', 'warning', (hosts) => contained(hosts, '/etc/etcd:/etc/etcd:ro')],
  [
    'a configuration file that is not mounted',
    'error',
    (hosts) =>
      hosts
        .put('e1', 'etc/etcd/c.yml', 'data-dir: /data\n')
        .put(
          'e1',
          UNIT,
          '[Service]\nExecStart=/usr/bin/docker run -v /srv:/data quay.io/coreos/etcd:v3.5.1 etcd --config-file /etc/etcd/c.yml\n',
        ),
  ],
]);
