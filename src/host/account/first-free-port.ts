import { FIRST_UNPRIVILEGED_PORT } from '../../systemd/unprivileged-port.js';
import type { RootIndex } from '../host-root.js';
import { configurationFiles } from './configuration-files.js';

const SETTING = /^\s*-?net[./]ipv4[./]ip_unprivileged_port_start\s*=\s*(\d+)\s*$/;

/**
 * The first port that anybody may listen on: what sysctl.d(5) sets at boot, otherwise 1024.
 *
 * @internal
 */
export function firstFreePort(root: RootIndex): number {
  const classic = root.files.get('/etc/sysctl.conf');
  const files = [
    ...configurationFiles(root, 'sysctl.d').map(({ file }) => file),
    ...(classic === undefined ? [] : [classic]),
  ];
  const values = files.flatMap((file) =>
    root.limits
      .text(file)
      .split('\n')
      .flatMap((line) => SETTING.exec(line)?.[1] ?? []),
  );
  return Number(values.at(-1) ?? FIRST_UNPRIVILEGED_PORT);
}
