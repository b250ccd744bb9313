import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { hasControlCharacter } from './control-characters.js';

const FILE_CURE = 'Write the path of a PEM file, relative to this document.';
/** PATH_MAX of limits.h, less the NUL at its end. */
const MAX_FILE_PATH = 4095;

/**
 * Checks the path of a PEM file beside the document. PEM in its place is of certificates as a rule, since a document with a private key is
 * refused before.
 *
 * @internal
 */
export function checkPemFile(text: string, path: string, issues: IssueList): void {
  if (text.includes('-----BEGIN')) {
    issues.add(
      'pem-for-path',
      path,
      'This is PEM text; a file path belongs here.',
      'Put it in a file that only you can read, and write its path here.',
    );
  } else if (text === '' || hasControlCharacter(text) || text.length > MAX_FILE_PATH) {
    issues.add('not-a-file-path', path, `${quoteValue(text)} is not a file path.`, FILE_CURE);
  }
}
