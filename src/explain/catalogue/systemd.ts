import type { KnownMessage } from '../known-message.js';

/** @internal */
export const systemdMessages: readonly KnownMessage[] = [
  {
    id: 'start-timeout',
    level: 'error',
    title: 'systemd waited too long for etcd',
    wordings: [{ text: 'start operation timed out. Terminating.' }, { text: 'start operation timed out' }],
    cause:
      'etcd reports to systemd once there is a quorum, and the other members were not up within TimeoutStartSec.',
    cure: 'TimeoutStartSec=infinity, and start all members at the same time (systemctl start --no-block).',
    source: 'systemd.service(5); etcd issue 13526',
  },
  {
    id: 'binary-missing',
    level: 'error',
    title: 'systemd cannot start the program',
    wordings: [
      { text: 'Failed to locate executable {file}: {reason}' },
      { text: 'Failed at step EXEC spawning {file}: {reason}' },
      { text: 'status=203/EXEC' },
    ],
    cause:
      'What ExecStart names[[, {file},]] is not there, may not be executed, or is for another kind of processor.',
    cure: 'Put etcd there, mode 0755, for the architecture of the host, on a file system that is not mounted noexec.',
    source: 'systemd.exec(5), Process Exit Codes',
  },
  {
    id: 'service-user-missing',
    level: 'error',
    title: "The service's user does not exist",
    wordings: [
      { text: 'Failed to determine user credentials' },
      { text: 'Failed to determine group credentials' },
      { text: 'Failed at step USER spawning' },
      { text: 'Failed at step GROUP spawning' },
      { text: 'status=217/USER' },
      { text: 'status=216/GROUP' },
    ],
    cause: 'User= or Group= of the unit names one that this host does not have.',
    cure: 'Run systemd-sysusers, which reads /etc/sysusers.d, before the unit is started.',
    source: 'systemd.exec(5), Process Exit Codes; sysusers.d(5)',
  },
  {
    id: 'sandbox-folder-missing',
    level: 'error',
    title: "The unit's sandbox cannot be set up",
    wordings: [
      { text: 'Failed to set up mount namespacing: {file}: {reason}' },
      { text: 'Failed to set up mount namespacing' },
      { text: 'Failed at step NAMESPACE spawning' },
      { text: 'status=226/NAMESPACE' },
    ],
    cause: 'A folder of ReadWritePaths=, BindPaths= or the like does not exist[[: {file}]].',
    cure: 'Run systemd-tmpfiles --create, which makes the folders of /etc/tmpfiles.d, before the unit is started; or write - before the path.',
    source: 'systemd.exec(5), ReadWritePaths= and Process Exit Codes',
  },
  {
    id: 'working-directory-missing',
    level: 'error',
    title: 'The working directory does not exist',
    wordings: [
      { text: 'Failed at step CHDIR spawning' },
      { text: 'Changing to the requested working directory failed' },
      { text: 'status=200/CHDIR' },
    ],
    cause: 'WorkingDirectory= names a folder that is not there, or that the service may not enter.',
    cure: 'Make the folder, for the user of the service, or leave WorkingDirectory= out: etcd does not need it.',
    source: 'systemd.exec(5), WorkingDirectory=',
  },
  {
    id: 'environment-file-missing',
    level: 'error',
    title: 'The environment file is not there',
    wordings: [
      { text: 'Failed to load environment files: {reason}' },
      { text: 'Failed to load environment files' },
    ],
    cause: 'EnvironmentFile= names a file that does not exist or cannot be read.',
    cure: 'Put the file there, or write - before its path where it may be missing.',
    source: 'systemd.exec(5), EnvironmentFile=',
  },
  {
    id: 'restarted-too-often',
    level: 'error',
    title: 'systemd does not try any more',
    wordings: [
      { text: 'Start request repeated too quickly.' },
      { text: 'start request repeated too quickly' },
      { text: "Failed with result 'start-limit-hit'" },
    ],
    cause: 'The service ended again and again within StartLimitIntervalSec=. Why it ended stands further up.',
    cure: 'Explain what etcd said before; then systemctl reset-failed and start it again. StartLimitIntervalSec=0 in [Unit] switches the limit off.',
    source: 'systemd.unit(5), StartLimitIntervalSec=',
  },
  {
    id: 'out-of-memory',
    level: 'error',
    title: 'The kernel killed etcd for its memory',
    wordings: [
      { text: 'A process of this unit has been killed by the OOM killer' },
      { text: "Failed with result 'oom-kill'" },
    ],
    cause:
      'etcd needed more than the host had, or than MemoryMax= allows: it keeps its index and the pages of its database in memory.',
    cure: 'Give the host memory for the whole quota and more, or raise MemoryMax=.',
    source: 'systemd.service(5), OOMPolicy=',
  },
];
