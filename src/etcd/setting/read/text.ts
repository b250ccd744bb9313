import type { EtcdVersion } from '../../../cluster-spec.js';
import { quoteValue } from '../../../text/quote-value.js';
import { authTokenFault, authTokenFiles } from '../../auth-token.js';
import type { TextForm } from '../definition.js';
import { readLogRotation } from './log-rotation.js';
import {
  CONTROL_CHARACTER,
  CONTROL_CHARACTER_REFUSAL,
  problem,
  type ReadValue,
  type Refusal,
  text,
} from './result.js';

/**
 * Reads a string value in the form that etcd requires.
 *
 * @internal
 */
export function readText(name: string, form: TextForm, value: unknown, version: EtcdVersion): ReadValue {
  if (form === 'log-rotation') return readLogRotation(name, value);
  if (typeof value !== 'string') {
    return problem(
      'setting-not-a-string',
      `${name} does not accept ${quoteValue(value)}.`,
      'Write a string, in quotes.',
    );
  }
  if (CONTROL_CHARACTER.test(value)) {
    const { code, cure } = CONTROL_CHARACTER_REFUSAL;
    return problem(code, `${name} does not accept ${quoteValue(value)}.`, cure);
  }
  const refusal = refuseText(form, value, version);
  return refusal === undefined
    ? text(value)
    : problem(refusal.code, `${name} does not accept ${quoteValue(value)}.`, refusal.cure);
}

/** What to write instead, where the text is not of the form. */
function refuseText(
  form: Exclude<TextForm, 'log-rotation'>,
  value: string,
  version: EtcdVersion,
): Refusal | undefined {
  switch (form) {
    case 'any':
    // The gates are read one by one, not as text.
    case 'feature-gates':
      return undefined;
    case 'path':
      // A systemd service starts in /, so a relative path is hardly what was meant.
      return value.startsWith('/')
        ? undefined
        : { code: 'setting-relative-path', cure: 'Write an absolute path.' };
    case 'proxy-mode':
      return value === 'off'
        ? undefined
        : {
            code: 'proxy-mode',
            cure: 'Leave it out: a proxy is not a member and never serves the v3 API.',
          };
    case 'auth-token': {
      if (!authTokenFiles(value).every((file) => file.startsWith('/')))
        return { code: 'setting-relative-path', cure: 'Write the absolute paths of the keys.' };
      const fault = authTokenFault(value, version);
      return fault === undefined ? undefined : { code: 'auth-token', cure: fault.cure };
    }
  }
}
