import { EtcdBundleError } from '../errors.js';
import type { IssueCode } from '../issue-codes.js';

/** Most lines, and the longest: they need one look, not one for each thing that a line must not hold. */
const PRINTABLE = /^[ -~]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;
const CONTROL = /[\u0000-\u001f\u007f]/;
const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/**
 * Stops at a value that cannot be written.
 *
 * @internal
 */
export function refuse(code: IssueCode, path: string, message: string, cure: string): never {
  throw new EtcdBundleError('invalid-spec', [{ code, path, message, cure }]);
}

/**
 * Refuses what no line of a systemd file can hold: NUL and line ends (systemd ends a line at a carriage return too), and what
 * systemd does not accept for UTF-8, which includes the noncharacters (systemd `src/basic/utf8.c`, unichar_is_valid).
 *
 * @internal
 */
export function assertLine(path: string, text: string): void {
  if (PRINTABLE.test(text)) return;
  if (/[\0\r\n]/.test(text)) {
    refuse(
      'unit-line',
      path,
      `${JSON.stringify(text)} spans lines or contains NUL.`,
      'Write it on one line.',
    );
  }
  assertUtf8(path, text);
  if (NONCHARACTER.test(text)) {
    refuse(
      'unit-character',
      path,
      `${JSON.stringify(text)} contains a Unicode noncharacter.`,
      'Leave it out.',
    );
  }
}

/**
 * Refuses a string that has no UTF-8 form.
 *
 * @internal
 */
export function assertUtf8(path: string, text: string): void {
  if (LONE_SURROGATE.test(text)) {
    refuse(
      'unit-character',
      path,
      `${JSON.stringify(text)} is not valid Unicode.`,
      'Leave the lone surrogate out.',
    );
  }
}

/**
 * Refuses a path that is not absolute and normalised, or that holds control characters: systemd's path settings and
 * systemd-tmpfiles 252 know no escape for those, contrary to tmpfiles.d(5).
 *
 * @internal
 */
export function assertPath(text: string): void {
  assertLine('', text);
  if (!text.startsWith('/') || DOT_SEGMENT.test(text)) {
    refuse(
      'relative-path',
      '',
      `${JSON.stringify(text)} is not an absolute path.`,
      'Write it from "/", without "." and "..".',
    );
  }
  if (CONTROL.test(text)) {
    refuse(
      'path-character',
      '',
      `${JSON.stringify(text)} contains control characters.`,
      'Choose another path.',
    );
  }
}
