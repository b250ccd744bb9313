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
  const resolved = (text: string): readonly SystemdSection[] =>
    parseUnit(text).map((part) => ({
      ...part,
      directives: part.directives.map((directive) => ({
        ...directive,
        values: directive.values.map((value) => resolveSpecifiers(value, specifiers)),
      })),
    }));
  const text = fragments.map((file) => unitText(root, file)).join('\n\n');
  const sections = resolved(text);
  const read = fragments.map((file) => ({ file, sections: resolved(unitText(root, file)) }));
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
  const all = parseUnit(text).flatMap(({ directives }) => directives.flatMap(({ values }) => values));
  return {
    path,
    name,
    sections,
    values: (directive) => directiveValues(sections, directive, section),
    originOf: (directive, value) =>
      fragmentsOf(directive).findLast(({ values }) =>
        value === undefined ? values.size > 0 : values.has(value),
      )?.file ?? path,
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
