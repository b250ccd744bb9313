import type { SystemdSection } from '../../cluster-spec.js';
import { directiveValues } from '../../systemd/directive-values.js';
import { resolveSpecifiers } from '../../systemd/specifiers.js';
import { parseUnit } from '../../systemd/unit-reader.js';
import { type DroppedValue, readValue } from '../../systemd/values/value-table.js';
import type { RootIndex } from '../host-root.js';
import { specifiersOf } from './specifiers.js';

/**
 * A unit with its drop-ins, specifiers resolved.
 *
 * @internal
 */
export interface UnitText {
  readonly path: string;
  readonly name: string;
  /** Without the values that systemd passes over. */
  readonly sections: readonly SystemdSection[];
  readonly droppedValues: readonly UnitValue[];
  /** Values of a directive after its last reset. */
  readonly values: (directive: string) => readonly string[];
  /** The file that sets a directive last, or to a value; otherwise the unit itself. */
  readonly originOf: (directive: string, value?: string) => string;
  /** Specifiers that stay, since only the running host knows what stands for them. */
  readonly unknowns: readonly string[];
}

/**
 * A value that systemd drops, and the file that has it.
 *
 * @internal
 */
export interface UnitValue extends DroppedValue {
  readonly path: string;
}

/**
 * Reads a unit file and its drop-ins, in the order in which they apply.
 *
 * @param section - whose directives are asked for, such as `Service`
 * @internal
 */
export function readUnit(
  root: RootIndex,
  name: string,
  fragments: readonly string[],
  section = 'Service',
): UnitText {
  const [path = ''] = fragments;
  const specifiers = specifiersOf(root, name, path);
  const droppedValues: UnitValue[] = [];
  const read = fragments.map((file) => ({
    file,
    sections: parseUnit(unitText(root, file)).map((part) => ({
      ...part,
      directives: part.directives.map((directive) => ({
        ...directive,
        values: directive.values.flatMap((value) => {
          const resolved = resolveSpecifiers(value, specifiers);
          const { kept, dropped } = readValue(part.name, directive.name, resolved);
          for (const one of dropped) droppedValues.push({ ...one, path: file });
          return kept === undefined ? [] : [kept];
        }),
      })),
    })),
  }));
  const sections = asOneUnit(read.flatMap((part) => part.sections));
  const known = new Map<string, readonly { readonly file: string; readonly values: ReadonlySet<string> }[]>();
  /** What each fragment sets of a directive; a unit may set one thousands of times, and each is asked for. */
  const fragmentsOf = (directive: string): NonNullable<ReturnType<typeof known.get>> => {
    const found =
      known.get(directive) ??
      read.map((part) => ({
        file: part.file,
        values: new Set(directiveValues(part.sections, directive, section)),
      }));
    known.set(directive, found);
    return found;
  };
  return {
    path,
    name,
    sections,
    droppedValues,
    values: (directive) => directiveValues(sections, directive, section),
    originOf: (directive, value) =>
      fragmentsOf(directive).findLast(({ values }) =>
        value === undefined ? values.size > 0 : values.has(value),
      )?.file ?? path,
    unknowns: unknownsOf(sections, specifiers),
  };
}

/** What several files say of a unit, in their order: repeated sections are one, and so are repeated directives (systemd.unit(5)). */
function asOneUnit(parts: readonly SystemdSection[]): readonly SystemdSection[] {
  const sections = new Map<string, Map<string, string[]>>();
  for (const part of parts) {
    const directives = sections.get(part.name) ?? new Map<string, string[]>();
    sections.set(part.name, directives);
    for (const { name, values } of part.directives) {
      const known = directives.get(name) ?? [];
      directives.set(name, known);
      for (const value of values) known.push(value);
    }
  }
  return Array.from(sections, ([name, directives]) => ({
    name,
    directives: Array.from(directives, ([directive, values]) => ({ name: directive, values })),
  }));
}

function unknownsOf(
  sections: readonly SystemdSection[],
  specifiers: ReadonlyMap<string, string>,
): readonly string[] {
  const unknowns = new Set<string>();
  for (const { directives } of sections)
    for (const { values } of directives)
      for (const value of values)
        for (const [whole, letter = ''] of value.matchAll(/%(.)/g))
          if (/[A-Za-z]/.test(letter) && !specifiers.has(letter)) unknowns.add(whole);
  return [...unknowns];
}

/** @internal */
export function unitText(root: RootIndex, path: string): string {
  const file = root.files.get(path);
  return file === undefined ? '' : root.limits.text(file);
}
