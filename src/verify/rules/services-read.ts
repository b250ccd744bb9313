import type { Rule } from '../rule.js';

/** @internal */
export const servicesRead: Rule = {
  name: 'services-read',
  summary:
    'How etcd is started is understood, in every unit, pod, container and script that seems to start it.',
  levels: ['error', 'warning'],
  source: 'systemd.service(5), ExecStart=; podman-systemd.unit(5); compose-spec, 05-services.md',
  *check({ unreadSources, everyMember }) {
    for (const { root, path, command } of unreadSources) {
      const isOnly = !everyMember.some(
        (member) =>
          member.root === root && !(member.service.type === 'layout' && member.service.isCertificates),
      );
      yield {
        level: isOnly ? 'error' : 'warning',
        member: root.name,
        path,
        message: `${command === '' ? 'What it starts is not understood' : `It starts "${command}", which is not understood`}: if that is etcd, it was not judged.`,
        cure: 'Give the files that it names as well; or start etcd directly, by a shell script, or by docker or podman run.',
      };
    }
  },
};
