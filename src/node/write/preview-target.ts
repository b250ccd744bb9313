import { basename, dirname, join } from 'node:path';
import { inodeAt } from './move.js';
import type { OutputPlace } from './place.js';
import { findLeftovers, type Journal, readJournal } from './staging.js';
import { findTarget, holdFolder, refuseOccupied } from './target.js';

/**
 * Looks at the place of the output folder as it will be once what killed runs left there is undone, and touches nothing.
 *
 * @throws EtcdBundleError `output-refused` where something is there that must not be overwritten
 * @internal
 */
export async function previewTarget(place: OutputPlace, force: boolean): Promise<void> {
  const { fs, path, missing } = place;
  const passedOver = new Set<string>();
  if (missing.length === 0) {
    const parent = dirname(path);
    for (const journal of await journalsIn(place, parent)) {
      if (journal.move !== 'replace' || journal.target !== basename(path)) continue;
      const previous = join(parent, journal.previous);
      if ((await inodeAt(fs, path)) !== undefined || (await inodeAt(fs, previous)) !== journal.ino) continue;
      await fs.pin(previous);
      return refuseOccupied(fs, path, { force }, previous);
    }
    if (await holdFolder(fs, path))
      for (const journal of await journalsIn(place, path))
        if (journal.move === 'entries') for (const { name } of journal.entries) passedOver.add(name);
  }
  await findTarget(place, { force }, passedOver);
}

async function journalsIn({ fs }: OutputPlace, folder: string): Promise<Journal[]> {
  const journals: Journal[] = [];
  for (const leftover of await findLeftovers(fs, folder)) {
    const journal = leftover.state === 'over' ? await readJournal(fs, leftover) : undefined;
    if (journal !== undefined) journals.push(journal);
  }
  return journals;
}
