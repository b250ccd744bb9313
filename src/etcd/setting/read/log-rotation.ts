import { quoteValue } from '../../../text/quote-value.js';
import { problem, type ReadValue, text } from './result.js';

/** etcd accepts the fields of lumberjack's Logger, and puts the file name in itself (etcd `embed/config_logging.go`). */
const FIELDS: Readonly<Record<string, 'integer' | 'boolean'>> = {
  maxsize: 'integer',
  maxage: 'integer',
  maxbackups: 'integer',
  localtime: 'boolean',
  compress: 'boolean',
};

/** @internal */
export const LOG_ROTATION_CURE =
  'Write one or more of maxsize (MB), maxage (days) and maxbackups as whole numbers, localtime and compress as true or false.';

/**
 * Reads log-rotation-config-json: JSON text, or the same as a map. Without any known field etcd panics.
 *
 * @internal
 */
export function readLogRotation(name: string, value: unknown): ReadValue {
  const config = typeof value === 'string' ? parseJson(value) : value;
  const fields = typeof config === 'object' && config !== null ? Object.entries(config) : [];
  const isSound =
    fields.length > 0 &&
    fields.every(([field, setting]) => {
      const type = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
      return type === 'integer'
        ? Number.isSafeInteger(setting) && Number(setting) >= 0
        : isBoolean(type, setting);
    });
  return isSound
    ? text(JSON.stringify(config))
    : problem('rotation-config', `${name} does not accept ${quoteValue(value)}.`, LOG_ROTATION_CURE);
}

/**
 * etcd's words on a configuration that it does not start with. Go takes keys in any letter case, and passes over those that it does not know.
 *
 * @internal
 */
export function logRotationFault(json: string): string | undefined {
  const config = parseJson(json);
  if (config === undefined) return 'improperly formatted log rotation config';
  const known = Object.entries(typeof config === 'object' && config !== null ? config : {}).flatMap(
    ([field, setting]) => {
      const type = FIELDS[field.toLowerCase()];
      return type === undefined ? [] : [{ type, setting }];
    },
  );
  if (typeof config !== 'object' || Array.isArray(config)) return 'invalid log rotation config';
  if (known.length === 0) return 'panic: runtime error: invalid memory address or nil pointer dereference';
  const isTyped = known.every(({ type, setting }) =>
    type === 'integer' ? Number.isInteger(setting) : typeof setting === 'boolean',
  );
  return isTyped ? undefined : 'invalid log rotation config';
}

function isBoolean(type: string | undefined, setting: unknown): boolean {
  return type === 'boolean' && typeof setting === 'boolean';
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
