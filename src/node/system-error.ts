import { EtcdBundleError, type Issue } from '../errors.js';

type Fault = Pick<Issue, 'code' | 'cure'>;

/** A code of our own, and what an operator can do, for each error of open(2), write(2), mkdir(2), rename(2) and fsync(2). */
const FAULTS: Readonly<Record<string, Fault>> = {
  EACCES: { code: 'permission-denied', cure: 'Run as a user who may use it, or choose another folder.' },
  EPERM: { code: 'permission-denied', cure: 'Run as a user who may use it, or choose another folder.' },
  EROFS: {
    code: 'read-only-file-system',
    cure: 'Choose a folder on a file system that is mounted for writing.',
  },
  ENOSPC: { code: 'no-space', cure: 'Free some space, or choose a folder on another disk.' },
  EDQUOT: { code: 'quota-exceeded', cure: 'Free some of your quota, or choose a folder on another disk.' },
  ENAMETOOLONG: { code: 'name-too-long', cure: 'Choose shorter names.' },
  EMFILE: { code: 'too-many-open-files', cure: 'Raise the limit of open files (ulimit -n).' },
  ENFILE: {
    code: 'too-many-open-files-in-system',
    cure: 'Raise the limit of open files of the machine (fs.file-max).',
  },
  EIO: { code: 'input-output-error', cure: 'Check the disk; the kernel log says more.' },
  EBUSY: { code: 'folder-busy', cure: 'Choose a folder that is not a mount point, or a folder inside it.' },
  EXDEV: { code: 'folder-busy', cure: 'Choose a folder that is not a mount point, or a folder inside it.' },
  ENOENT: { code: 'removed-meanwhile', cure: 'Something removed it meanwhile: run the command again.' },
};

const RARE: Fault = { code: 'system-call-failed', cure: 'See errno(3) for what this error means.' };

/**
 * Name of a system call's error, such as `ENOSPC`.
 *
 * @internal
 */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * The error to report: a failed system call becomes an {@link EtcdBundleError} `system` that names the path and what to do;
 * everything else stays as it is.
 *
 * @internal
 */
export function describeSystemError(error: unknown, doing: string): unknown {
  const code = systemErrorCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : '';
  const issue: Issue = {
    ...(FAULTS[code] ?? RARE),
    path,
    message: `Cannot ${doing}: ${reason(error.message)}.`,
  };
  return new EtcdBundleError('system', [issue], { cause: error });
}

/** Node's messages read `ENOSPC: no space left on device, write`; libuv's text is the middle. */
function reason(message: string): string {
  return /^(E[A-Z0-9]+: [^,]+)/.exec(message)?.[1] ?? message;
}
