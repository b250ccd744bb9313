import type { EtcdVersion } from '../cluster-spec.js';
import { parseEtcdVersion, releaseRange } from '../etcd/version.js';
import { type CommandInput, type CommandOption, UsageError } from './command.js';

/**
 * The option of commands that judge as a release of etcd would.
 *
 * @internal
 */
export const etcdVersionOption: CommandOption = {
  name: 'etcd-version',
  value: 'V',
  summary: 'Assumes this release of etcd, such as 3.6 or 3.6.16.',
};

/**
 * @returns undefined where it is not given
 * @throws UsageError for what is no release that is known
 * @internal
 */
export function readEtcdVersion({ values }: Pick<CommandInput, 'values'>): EtcdVersion | undefined {
  const text = values.get('etcd-version');
  if (text === undefined) return undefined;
  const version = parseEtcdVersion(text);
  if (version === undefined)
    throw new UsageError(
      'option-value',
      `--etcd-version takes a release from ${releaseRange()}, such as 3.6 or 3.6.16, not ${text}.`,
    );
  return version;
}
