import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.js';
import type { OutputPlace } from './place.js';
import { outputRefused } from './refused.js';

/** What `generate` and the commands after it write into every bundle. */
const MARKS = ['bundle.json', 'RUNBOOK.md'];
const SET_ASIDE = /^(.+)\.previous-\d+$/;

/**
 * Places that are a bundle's own: what lies in it would go with it when it is set aside, and be missing from its successor.
 *
 * @param force - whether a bundle may be replaced: one that was set aside is told by its own name
 * @throws EtcdBundleError `output-refused`
 * @internal
 */
export async function refuseReservedPlace({ fs, path }: OutputPlace, force: boolean): Promise<void> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (await holdsMarks(fs, folder)) {
      const message = `It lies in the bundle ${folder}, which is set aside as a whole.`;
      throw outputRefused('output-in-bundle', path, message, `Choose a folder outside of ${folder}.`);
    }
    if (folder === dirname(folder)) break;
  }
  const [, successor] = SET_ASIDE.exec(basename(path)) ?? [];
  if (force || successor === undefined || !(await holdsMarks(fs, join(dirname(path), successor)))) return;
  const message = `The name is one under which former generations of ${successor} are kept.`;
  throw outputRefused('output-name-reserved', path, message, 'Choose another name.');
}

async function holdsMarks(fs: FileSystem, folder: string): Promise<boolean> {
  for (const name of MARKS) {
    const isThere = await fs.lstat(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (!isThere) return false;
  }
  return true;
}
