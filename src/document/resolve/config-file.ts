import type { EtcdDocument } from '../../cluster-document.js';
import type { EtcdSpec } from '../../cluster-spec.js';
import { isSystemDirectory } from '../../systemd/system-directories.js';
import { isWithin } from '../../text/path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { resolvePath } from './paths.js';
import { ownFolderOf, type StateFolder } from './state-folders.js';

const PATH = 'etcd.configFile';

/**
 * Where the environment file or the YAML of a member lies: as written, or named after the unit.
 *
 * @param state - etcd's own folders
 * @param hostFile - where the preset's unit reads what differs between hosts; absent where it reads no such file
 * @returns undefined where there is none, because the unit has all settings as flags
 * @internal
 */
export function resolveConfigFile(
  document: EtcdDocument,
  { config, binary }: EtcdSpec,
  state: readonly StateFolder[],
  unit: string,
  hostFile: string | undefined,
  issues: IssueList,
): string | undefined {
  const text = document.configFile;
  if (text === undefined) {
    const file = fallback(config, unit, hostFile);
    if (file !== undefined) checkOutsideData(file, state, ({ key }) => key, issues);
    return file;
  }
  if (config === 'flags' && hostFile === undefined) {
    issues.add(
      'config-file-beside-flags',
      PATH,
      'With etcd.config: flags the settings stand in the unit, and there is no such file.',
      'Write etcd.config: environment or yaml, or remove etcd.configFile.',
    );
  }
  const file = resolvePath(text, PATH, issues);
  if (text.endsWith('/') || isSystemDirectory(file)) {
    issues.add('file-is-folder', PATH, `${quoteValue(text)} is a folder.`, 'Write the path of a file.');
  }
  checkOutsideData(file, state, () => PATH, issues);
  if (isWithin(file, binary) || isWithin(binary, file)) {
    issues.add('path-taken', PATH, `${binary} is etcd itself.`, 'Choose another path.');
  }
  return file;
}

/** @param keyOf - what is to be changed where the file lies in a folder of etcd's own */
function checkOutsideData(
  file: string,
  state: readonly StateFolder[],
  keyOf: (folder: StateFolder) => string,
  issues: IssueList,
): void {
  const folder = ownFolderOf(file, state);
  if (folder === undefined) return;
  const message = `${file} lies in ${folder.path}, which is etcd's own and empty before its first start.`;
  issues.add('file-inside-data', keyOf(folder), message, 'Choose another folder.');
}

function fallback(config: EtcdSpec['config'], unit: string, host: string | undefined): string | undefined {
  switch (config) {
    case 'yaml':
      return `/etc/etcd/${unit}.conf.yml`;
    case 'environment':
      return host ?? `/etc/etcd/${unit}.env`;
    case 'flags':
      return host;
  }
}
