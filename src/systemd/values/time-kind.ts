import { parseTimeSpan } from './time-span.js';
import type { ValueKind } from './value-kind.js';

/** @internal */
export function timeSpan(says: NonNullable<ValueKind['says']>, resets = false): ValueKind {
  return {
    what: 'a time such as 90, 500ms or 1min 30s',
    reading: 'whole',
    resets,
    takes: (text) => parseTimeSpan(text) !== undefined,
    meant: (text) => {
      const plain = text
        .toLowerCase()
        .replace(/minuts?\b|mins\b/, 'min')
        .replace(/secs\b/, 's');
      return plain !== text && parseTimeSpan(plain) !== undefined ? plain : undefined;
    },
    says,
  };
}
