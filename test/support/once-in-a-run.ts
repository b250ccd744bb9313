import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';

const POLL_MILLISECONDS = 100;

/**
 * Makes something once in a run of the tests: whichever test file asks first does it, and the others wait.
 *
 * @param name - of what is made
 * @param make - fills an empty folder
 * @returns absolute path of the folder, in which nobody changes anything
 */
export async function onceInARun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('runFolder'), name);
  const done = `${folder}.done`;
  const failed = `${folder}.failed`;
  if (takes(folder)) {
    try {
      await make(folder);
      writeFileSync(done, '');
    } catch (error) {
      writeFileSync(failed, error instanceof Error ? `${error.stack}` : String(error));
    }
  }
  while (!existsSync(done)) {
    if (existsSync(failed)) throw new Error(`${name} could not be made: ${readFileSync(failed, 'utf8')}`);
    await setTimeout(POLL_MILLISECONDS);
  }
  return folder;
}

/** Making a folder is what two processes cannot both do. */
function takes(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
