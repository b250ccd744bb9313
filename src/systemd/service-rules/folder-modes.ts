import { octal } from '../../text/octal.js';
import { isWithin, parentOf } from '../../text/path.js';
import { unitFolders } from '../sandbox/unit-folders.js';
import type { ServiceRule } from './service-rule.js';

const ALL = 0o700;
const CHANGE = 0o300;
const ENTER = 0o100;

/**
 * Modes with which the account may not use the folders that systemd makes for it (systemd.exec(5), StateDirectoryMode=). `verify` asks
 * this of a host's own owners and modes.
 *
 * @internal
 */
export const folderModeRules: readonly ServiceRule[] = [
  {
    id: 'unit-folder-mode',
    level: 'error',
    reads: ['RuntimeDirectoryMode', 'StateDirectoryMode', 'CacheDirectoryMode', 'LogsDirectoryMode'],
    *check({ sections, account, reads, writes, sockets }) {
      if (account.capabilities.has('CAP_DAC_OVERRIDE')) return;
      const written = [...writes, ...sockets.map((path) => ({ setting: 'socket', path }))].map(
        ({ setting, path }) => ({
          path,
          // A log file, a socket and a write-ahead log are made in the folder above.
          made: setting === 'data-dir' ? path : parentOf(path),
        }),
      );
      for (const { directive, path: folder, mode } of unitFolders(sections)) {
        // ConfigurationDirectory= leaves a folder that is there as it is.
        if (directive === 'ConfigurationDirectory') continue;
        const lacking = [
          ...written.map(({ path, made }) => ({
            path,
            wanted: path === folder ? ALL : made === folder ? CHANGE : ENTER,
          })),
          ...reads.map((path) => ({ path, wanted: ENTER })),
        ].find(({ path, wanted }) => isWithin(path, folder) && (mode & wanted) !== wanted);
        if (lacking === undefined) continue;
        yield {
          directives: [`${directive}Mode`, directive],
          message: `With mode ${octal(mode)} of ${folder} ${account.name} may not use ${lacking.path}.`,
          cure: `Write ${directive}Mode=0700.`,
          says: 'permission denied',
        };
      }
    },
  },
];
