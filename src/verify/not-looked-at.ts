import type { Fault } from './finding.js';

/**
 * A file that something names, and of which nobody can say whether it is there.
 *
 * @param path - absolute on the host
 * @param why - a clause, such as `cannot be read (EACCES)`
 * @internal
 */
export function notLookedAt(member: string, path: string, why: string): Fault {
  return {
    level: 'warning',
    member,
    path,
    message: `${path} was not looked at: it ${why}.`,
    cure: 'Check it on the host, or give a copy of the host in which it can be read.',
  };
}
