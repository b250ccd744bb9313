import type { EtcdVersion } from '../../../cluster-spec.js';
import { quoteValue } from '../../../text/quote-value.js';
import { authTokenFault, authTokenFiles } from '../../auth-token.js';
import type { TextForm } from '../definition.js';
import { readLogRotation } from './log-rotation.js';
import { CONTROL_CHARACTER, problem, type ReadValue, text } from './result.js';

/**
 * Reads a string value in the form that etcd requires.
 *
 * @internal
 */
export function readText(name: string, form: TextForm, value: unknown, version: EtcdVersion): ReadValue {
  if (form === 'log-rotation') return readLogRotation(name, value);
  if (typeof value !== 'string') {
    return problem(
      'wrong-type',
      `${name} does not accept ${quoteValue(value)}.`,
      'Write a string, in quotes.',
    );
  }
  if (CONTROL_CHARACTER.test(value)) {
    return problem(
      'invalid-value',
      `${name} does not accept ${quoteValue(value)}.`,
      'Leave out line breaks and other control characters.',
    );
  }
  const cure = refuseText(form, value, version);
  return cure === undefined
    ? text(value)
    : problem('invalid-value', `${name} does not accept ${quoteValue(value)}.`, cure);
}

/** What to write instead, where the text is not of the form. */
function refuseText(
  form: Exclude<TextForm, 'log-rotation'>,
  value: string,
  version: EtcdVersion,
): string | undefined {
  switch (form) {
    case 'any':
    // The gates are read one by one, not as text.
    case 'feature-gates':
      return undefined;
    case 'path':
      // A systemd service starts in /, so a relative path is hardly what was meant.
      return value.startsWith('/') ? undefined : 'Write an absolute path.';
    case 'proxy-mode':
      return value === 'off'
        ? undefined
        : 'Leave it out: a proxy is not a member and never serves the v3 API.';
    case 'auth-token':
      return authTokenFiles(value).every((file) => file.startsWith('/'))
        ? authTokenFault(value, version)?.cure
        : 'Write the absolute paths of the keys.';
  }
}
