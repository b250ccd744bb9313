import type { ClusterSpec, MemberSpec, SystemdDirective, SystemdSection } from '../cluster-spec.js';
import { grantsFor, type HardeningInput, hardeningFor } from '../systemd/hardening.js';
import { escapeSpecifiers } from '../systemd/quote.js';
import { mergeDirectives } from '../systemd/unit.js';
import { clusterTokenFiles } from './auth-token.js';
import { listenPorts } from './listen-ports.js';
import { logFiles } from './log-files.js';
import { runtimeFolders } from './socket-folders.js';
import { walDirectory } from './wal-directory.js';

/**
 * The directives of a member's unit: the document's, with the working directory and, where asked for, the sandbox added. What
 * the document says of a directive stands.
 *
 * @param certificateFiles - absolute paths of what the member holds of certificates and keys
 * @internal
 */
export function planUnitDirectives(
  spec: ClusterSpec,
  member: MemberSpec,
  certificateFiles: readonly string[],
): readonly SystemdSection[] {
  const own = spec.systemd.directives;
  const written = new Set(own.find(({ name }) => name === 'Service')?.directives.map(({ name }) => name));
  const added: readonly SystemdDirective[] = [
    { name: 'WorkingDirectory', values: [escapeSpecifiers(spec.etcd.dataDir)] },
    ...runtimeDirectory(member),
    ...(spec.systemd.hardening
      ? sandbox(spec, member, certificateFiles)
      : spec.systemd.user === 'root'
        ? []
        : grantsFor(needs(spec, member))),
  ];
  return mergeDirectives(own, [
    { name: 'Service', directives: added.filter(({ name }) => !written.has(name)) },
  ]);
}

/** systemd makes it the user's before each start, writable in any sandbox. */
function runtimeDirectory(member: MemberSpec): readonly SystemdDirective[] {
  const folders = runtimeFolders(member);
  return folders.length === 0 ? [] : [{ name: 'RuntimeDirectory', values: [folders.join(' ')] }];
}

function sandbox(
  spec: ClusterSpec,
  member: MemberSpec,
  certificateFiles: readonly string[],
): readonly SystemdDirective[] {
  const { etcd } = spec;
  const walDir = walDirectory(spec);
  return [
    { name: 'NotifyAccess', values: ['main'] },
    ...hardeningFor({
      dataDir: etcd.dataDir,
      ...(walDir === undefined ? {} : { walDir }),
      logFolders: [...new Set(logFiles(spec).map(({ folder }) => folder))],
      readPaths: [
        etcd.binary,
        ...certificateFiles,
        ...clusterTokenFiles(spec),
        ...(etcd.config === 'yaml' && etcd.configFile !== undefined ? [etcd.configFile] : []),
      ],
      ...needs(spec, member),
    }),
  ];
}

function needs({ etcd }: ClusterSpec, member: MemberSpec): Pick<HardeningInput, 'ports' | 'memoryLock'> {
  return {
    ports: listenPorts(member),
    memoryLock: etcd.settings.some(
      ({ name, value }) => /^(?:experimental-)?memory-mlock$/.test(name) && value === 'true',
    ),
  };
}
