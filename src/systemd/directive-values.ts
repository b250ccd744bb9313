import type { SystemdSection } from '../cluster-spec.js';
import { effectiveValues } from './unit-reader.js';

/** As systemd's parse_boolean takes them, in any case. */
const TRUE: readonly string[] = ['1', 'yes', 'y', 'true', 't', 'on'];
const FALSE: readonly string[] = ['0', 'no', 'n', 'false', 'f', 'off'];

/**
 * Every value of a directive as it stands, empty ones included.
 *
 * @internal
 */
export function assignedValues(
  sections: readonly SystemdSection[],
  name: string,
  section = 'Service',
): readonly string[] {
  return (
    sections
      .find((candidate) => candidate.name === section)
      ?.directives.find((candidate) => candidate.name === name)?.values ?? []
  );
}

/**
 * Values of a directive after its last reset.
 *
 * @internal
 */
export function directiveValues(
  sections: readonly SystemdSection[],
  name: string,
  section = 'Service',
): readonly string[] {
  return effectiveValues({ name, values: assignedValues(sections, name, section) });
}

/**
 * The value that counts of a directive that has one: the last.
 *
 * @internal
 */
export function lastValue(sections: readonly SystemdSection[], name: string, section = 'Service'): string {
  return assignedValues(sections, name, section).at(-1) ?? '';
}

/**
 * The last value of a boolean directive that is one: systemd passes over others with a warning.
 *
 * @internal
 */
export function isOn(sections: readonly SystemdSection[], name: string): boolean {
  const value = assignedValues(sections, name).findLast((text) => readBoolean(text) !== undefined);
  return value !== undefined && readBoolean(value) === true;
}

/** @internal */
export function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}
