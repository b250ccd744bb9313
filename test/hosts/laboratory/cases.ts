import { ACCOUNTS } from './cases/accounts.js';
import { OTHER_HOSTS } from './cases/others.js';
import { PLACES } from './cases/places.js';
import { RELEASE_CASES } from './cases/releases.js';
import { STARTING } from './cases/starting.js';
import { UNIT_CASES } from './cases/units.js';
import type { CaseKind } from './laboratory-case.js';

/** Every host of the laboratory. */
export const KINDS: readonly CaseKind[] = [
  ...ACCOUNTS,
  ...PLACES,
  ...UNIT_CASES,
  ...STARTING,
  ...RELEASE_CASES,
  ...OTHER_HOSTS,
];
