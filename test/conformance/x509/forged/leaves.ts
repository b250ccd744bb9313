import { datesCases } from './dates.js';
import { algorithmCases, encodingCases, serialCases, versionCases } from './encoding.js';
import { extensionsCases } from './extensions.js';
import { keysCases } from './keys.js';
import type { ForgedCase } from './making.js';
import { alternativesCases, namesCases } from './names.js';

/** Certificates of a server, each with one thing wrong or odd, made octet by octet. */
export const forgedLeaves: readonly ForgedCase[] = [
  ...encodingCases,
  ...versionCases,
  ...serialCases,
  ...algorithmCases,
  ...namesCases,
  ...datesCases,
  ...extensionsCases,
  ...alternativesCases,
  ...keysCases,
];
