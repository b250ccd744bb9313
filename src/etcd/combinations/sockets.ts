import { LONGEST_SOCKET_PATH } from '../../net/unix-socket.js';
import { LISTEN_SETTINGS, type ListenSetting, listenUrls } from './listener-urls.js';
import type { SettingProblem, SettingRule, SettingView } from './setting-rule.js';

const READS: readonly string[] = LISTEN_SETTINGS;
/** Of the others etcd binds what stands before the path alone (etcd `embed/etcd.go`, resolveURL, configurePeerListeners). */
const WITH_PATH: readonly ListenSetting[] = ['listen-client-urls', 'listen-client-http-urls'];

/**
 * A socket that the kernel names: nobody knows how to reach it (unix(7), Autobind).
 *
 * @internal
 */
export const namelessSocket: SettingRule = {
  id: 'nameless-socket',
  level: 'warning',
  reads: READS,
  *check(view) {
    for (const { setting, text, address } of sockets(view))
      if (address === '') yield namelessSocketProblem(setting, text, WITH_PATH.includes(setting));
  },
};

/** @internal */
export function namelessSocketProblem(name: string, url: string, isForClients: boolean): SettingProblem {
  return {
    name,
    message: isForClients
      ? `${url} names no file: etcd listens on a socket without a name, which nobody reaches.`
      : `etcd takes the path of a unix socket for clients alone: by ${url} it listens on a socket without a name, which nobody reaches.`,
    cure: isForClients ? `Write unix:///run/etcd/etcd.sock.` : 'Write an http or https URL.',
  };
}

/**
 * A socket in the folder that etcd happens to run in.
 *
 * @internal
 */
export const relativeSocket: SettingRule = {
  id: 'relative-socket',
  level: 'warning',
  reads: READS,
  *check(view) {
    for (const { setting, text, address } of sockets(view))
      if (address !== '' && !address.startsWith('/')) yield relativeSocketProblem(setting, text);
  },
};

/** @internal */
export function relativeSocketProblem(name: string, url: string): SettingProblem {
  return {
    name,
    message: `${url} has no absolute path: etcd makes the socket in the folder that it runs in.`,
    cure: 'Write three slashes and the whole path: unix:///run/etcd/etcd.sock.',
  };
}

/**
 * A path that does not fit into an address of unix(7).
 *
 * @internal
 */
export const socketTooLong: SettingRule = {
  id: 'socket-too-long',
  level: 'error',
  reads: READS,
  *check(view) {
    for (const { setting, address } of sockets(view))
      if (address.length > LONGEST_SOCKET_PATH) yield socketTooLongProblem(setting, address);
  },
};

/** @internal */
export function socketTooLongProblem(name: string, path: string): SettingProblem {
  return {
    name,
    message: `The path of ${name} to a socket has ${path.length} characters, and the kernel takes ${LONGEST_SOCKET_PATH}.`,
    cure: 'Write a shorter one, such as unix:///run/etcd/etcd.sock.',
    says: `listen unix ${path}: bind: invalid argument`,
  };
}

/** @internal */
export const socketRules: readonly SettingRule[] = [namelessSocket, relativeSocket, socketTooLong];

interface Socket {
  readonly setting: ListenSetting;
  readonly text: string;
  /** What etcd binds. */
  readonly address: string;
}

function sockets(view: SettingView): readonly Socket[] {
  return LISTEN_SETTINGS.flatMap((setting) =>
    listenUrls(view, setting).flatMap(({ text, socket }): readonly Socket[] =>
      socket === undefined
        ? []
        : [
            {
              setting,
              text,
              address: WITH_PATH.includes(setting) ? `${socket.authority}${socket.path}` : socket.authority,
            },
          ],
    ),
  );
}
