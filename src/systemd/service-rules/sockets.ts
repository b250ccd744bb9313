import { parentOf } from '../../text/path.js';
import { directiveOf, MOUNTING } from '../sandbox/mounts.js';
import type { ServiceProblem, ServiceRule, ServiceView } from './service-rule.js';

const CURE = 'Make it below /run, with RuntimeDirectory=.';

/**
 * Unix sockets that etcd cannot make in its sandbox, or that nobody outside it finds.
 *
 * @internal
 */
export const socketRules: readonly ServiceRule[] = [
  {
    id: 'socket-not-made',
    level: 'error',
    reads: MOUNTING,
    *check(view) {
      for (const path of view.sockets) yield* notMade(view, path);
    },
  },
  {
    id: 'data-not-kept',
    level: 'warning',
    reads: MOUNTING,
    *check({ sandbox, sockets }) {
      for (const path of sockets) {
        if (sandbox.accessTo(path) !== 'empty' || sandbox.isAbsent(parentOf(path))) continue;
        const cause = sandbox.causeAt(path) ?? '';
        yield {
          directives: [directiveOf(cause)],
          setting: 'socket',
          message: `${cause} puts an empty file system over ${path}: nobody outside the service finds the socket.`,
          cure: CURE,
        };
      }
    },
  },
];

function* notMade({ sandbox }: ServiceView, path: string): Generator<ServiceProblem> {
  const folder = parentOf(path);
  const access = sandbox.accessTo(path);
  if (access === 'write' || (access === 'empty' && !sandbox.isAbsent(folder))) return;
  const cause = sandbox.causeAt(path) ?? '';
  const says =
    access === 'read'
      ? `listen unix ${path}: bind: read-only file system`
      : access === 'empty'
        ? `listen unix ${path}: bind: no such file or directory`
        : `listen unix ${path}: bind: permission denied`;
  yield {
    directives: [directiveOf(cause), 'RuntimeDirectory'],
    setting: 'socket',
    message:
      access === 'read'
        ? `${cause} does not let etcd make a socket at ${path}.`
        : `${cause} hides ${folder} from etcd, which is to make a socket there.`,
    cure: CURE,
    says,
  };
}
