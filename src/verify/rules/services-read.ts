import type { EmbeddedEtcd } from '../../host/service/read-host.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const servicesRead: Rule = {
  name: 'services-read',
  summary:
    'How etcd is started is understood, in every unit, pod, container and script that seems to start it.',
  levels: ['error', 'warning'],
  source:
    'systemd.service(5), ExecStart=; podman-systemd.unit(5); compose-spec, 05-services.md; crontab(5); docs.k3s.io, High Availability Embedded etcd',
  *check({ unreadSources, everyMember }) {
    for (const { root, path, command, by, embedded } of unreadSources) {
      const isOnly = !everyMember.some(
        (member) =>
          member.root === root && !(member.service.type === 'layout' && member.service.isCertificates),
      );
      yield {
        level: isOnly ? 'error' : 'warning',
        member: root.name,
        path,
        ...(embedded !== undefined
          ? hidden(command, embedded)
          : by !== undefined
            ? unknownProgram(by)
            : unknownCommand(command)),
      };
    }
  },
};

type Told = Pick<Fault, 'message' | 'cure'>;

function unknownCommand(command: string): Told {
  return {
    message: `${command === '' ? 'What it starts is not understood' : `It starts "${command}", which is not understood`}: if that is etcd, it was not judged.`,
    cure: 'Give the files that it names as well; or start etcd directly, by a shell script, or by docker or podman run.',
  };
}

function unknownProgram(by: string): Told {
  return {
    message: `It speaks of etcd to ${by}, whose files are not understood: if that starts etcd, it was not judged.`,
    cure: 'Give the units, pods, containers or scripts that run on the host in the end.',
  };
}

function hidden(command: string, { settings }: EmbeddedEtcd): Told {
  return settings === undefined
    ? {
        message: `It starts "${command}", which runs an etcd of its own, with flags that stand in no file: its settings were not judged.`,
        cure: 'Ask the running host: ps -o args= -C etcd shows them.',
      }
    : {
        message: `It starts "${command}", which runs an etcd of its own: the settings are written to ${settings} at the first start, and that file is not here. They were not judged.`,
        cure: 'Verify the host again once it has started; or give that file too.',
      };
}
