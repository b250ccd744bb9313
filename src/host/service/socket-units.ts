import { directiveValues } from '../../systemd/directive-values.js';
import { parseUnit } from '../../systemd/unit-reader.js';
import { baseName, parentOf } from '../../text/path.js';
import type { RootIndex } from '../host-root.js';
import { UNIT_FOLDERS } from './drop-ins.js';
import { unitText } from './unit-fragments.js';
import { isStarted } from './unit-started.js';

/**
 * A TCP port that systemd listens on for a service.
 *
 * @internal
 */
export interface SocketPort {
  /** The socket unit, absolute. */
  readonly path: string;
  /** A host and its port, such as `10.0.0.1:2379` or `[::]:2379`. */
  readonly address: string;
}

const SOCKET = /[^/]\.socket$/;

/**
 * The TCP ports of the socket units that something starts (systemd.socket(5), ListenStream=). A port alone is that of every address.
 *
 * @internal
 */
export function socketPorts(root: RootIndex): readonly SocketPort[] {
  const sockets = [...root.files.keys()].filter((path) => SOCKET.test(path));
  const units = new Map<string, string>();
  // Of units with one name that of the first folder counts.
  for (const folder of UNIT_FOLDERS.toReversed())
    for (const path of sockets) if (parentOf(path) === folder) units.set(baseName(path), path);
  return [...units].flatMap(([name, path]) => {
    const values = directiveValues(parseUnit(unitText(root, path)), 'ListenStream', 'Socket');
    const addresses = values.flatMap((value) => {
      if (/^\d+$/.test(value)) return [`[::]:${value}`];
      return /^(?:\[[^\]]+\]|[\d.]+):\d+$/.test(value) ? [value] : [];
    });
    return addresses.length > 0 && isStarted(root, name)
      ? addresses.map((address) => ({ path, address }))
      : [];
  });
}
