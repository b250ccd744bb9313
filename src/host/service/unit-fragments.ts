import type { SystemdSection } from '../../cluster-spec.js';
import { directiveValues } from '../../systemd/directive-values.js';
import { parseUnit } from '../../systemd/unit-reader.js';
import { type RootIndex, textOf } from '../host-root.js';
import { resolveSpecifiers, specifiersOf } from './specifiers.js';

/**
 * A unit with its drop-ins, specifiers resolved.
 *
 * @internal
 */
export interface UnitText {
  readonly path: string;
  readonly name: string;
  readonly sections: readonly SystemdSection[];
  /** Values of a directive after its last reset. */
  readonly values: (directive: string) => readonly string[];
  /** The file that sets a directive last, or to a value; otherwise the unit itself. */
  readonly originOf: (directive: string, value?: string) => string;
  /** Specifiers that stay, since only the running host knows what stands for them. */
  readonly unknowns: readonly string[];
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
  const written = parseUnit(fragments.map((file) => unitText(root, file)).join('\n\n'));
  const sections = written.map((part) => ({
    ...part,
    directives: part.directives.map((directive) => ({
      ...directive,
      values: directive.values.map((value) => resolveSpecifiers(value, specifiers)),
    })),
  }));
  const read = fragments.map((file) => ({ file, sections: parseUnit(unitText(root, file)) }));
  const resolved = (from: readonly SystemdSection[], directive: string): readonly string[] =>
    directiveValues(from, directive, section).map((value) => resolveSpecifiers(value, specifiers));
  const all = written.flatMap(({ directives }) => directives.flatMap(({ values }) => values));
  return {
    path,
    name,
    sections,
    values: (directive) => resolved(sections, directive),
    originOf: (directive, value) =>
      read.findLast((fragment) => {
        const own = resolved(fragment.sections, directive);
        return value === undefined ? own.length > 0 : own.includes(value);
      })?.file ?? path,
    unknowns: [
      ...new Set(
        all.flatMap((value) =>
          [...value.matchAll(/%(.)/g)].flatMap(([whole, letter = '']) =>
            letter !== '%' && /[A-Za-z]/.test(letter) && !specifiers.has(letter) ? [whole] : [],
          ),
        ),
      ),
    ],
  };
}

/** @internal */
export function unitText(root: RootIndex, path: string): string {
  const file = root.files.get(path);
  return file === undefined ? '' : textOf(file);
}
