import process from 'node:process';
import { isEtcdBundleError } from '../../src/errors.js';
import { writeOutputWith } from '../../src/node/write/output.js';
import { faultyFileSystem } from './faults.js';
import { bundleOf } from './output-states.js';

/**
 * Program of the tests that need a process of its own: writes a bundle of one run and says on stdout how it ended. It kills itself
 * before the call on the file system that it is told.
 */
const [out = '', run = '', tarballs = '3', force = 'false', killAt = '-1'] = process.argv.slice(2);
const { fs } = faultyFileSystem((index) => {
  if (index === Number(killAt)) process.kill(process.pid, 'SIGKILL');
  return undefined;
});
try {
  await writeOutputWith(fs, out, bundleOf(run, Number(tarballs)), { force: force === 'true' });
  process.stdout.write('written\n');
} catch (error) {
  if (!isEtcdBundleError(error)) throw error;
  process.stdout.write(
    `${error.code}\n${error.message}\n${error.issues.map(({ code }) => code).join(' ')}\n`,
  );
  process.exitCode = error.code === 'system' ? 3 : 1;
}
