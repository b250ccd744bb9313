import type { SystemdDirective, SystemdSection } from '../cluster-spec.js';
import { trimEnd } from '../text/trim-end.js';
import { assertLine, refuse } from './text.js';
import { splitQuotedWords } from './words.js';

const SECTION_NAME = /^[^[\]\p{Cc}]+$/u;
const DIRECTIVE_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/**
 * Writes a unit file: sections and directives in the order given, a directive once for each of its values, an empty value as the
 * reset that it is to systemd. `ExecStart=` with more than one argument has each on its own line.
 *
 * @throws {@link EtcdBundleError} for a value that would not stay one line: line ends, or a backslash at its end
 * @internal
 */
export function renderUnit(sections: readonly SystemdSection[]): string {
  return sections
    .map((section) => {
      const lines = section.directives.flatMap((directive) => renderDirective(section.name, directive));
      return [`[${assertSectionName(section.name)}]`, ...lines, ''].join('\n');
    })
    .join('\n');
}

/**
 * Lays directives over others: a directive replaces the one of the same name in the same section and keeps its place, a new one
 * comes last in its section, one without any value removes. New sections come before [Install], which by convention is last.
 *
 * @param base - section names, and directive names within a section, are unique
 * @internal
 */
export function mergeDirectives(
  base: readonly SystemdSection[],
  over: readonly SystemdSection[],
): SystemdSection[] {
  const merged = [...base];
  for (const section of over) {
    const at = merged.findIndex(({ name }) => name === section.name);
    const existing = merged[at];
    if (existing !== undefined) {
      merged[at] = { name: section.name, directives: layOver(existing.directives, section.directives) };
      continue;
    }
    const install = merged.findIndex(({ name }) => name === 'Install');
    const added = { name: section.name, directives: layOver([], section.directives) };
    merged.splice(install < 0 ? merged.length : install, 0, added);
  }
  return merged.filter(({ directives }) => directives.length > 0);
}

function layOver(
  base: readonly SystemdDirective[],
  over: readonly SystemdDirective[],
): readonly SystemdDirective[] {
  const byName = new Map(base.map((directive) => [directive.name, directive]));
  for (const directive of over) byName.set(directive.name, directive);
  return [...byName.values()].filter(({ values }) => values.length > 0);
}

function renderDirective(section: string, { name, values }: SystemdDirective): string[] {
  const path = `systemd.directives.${section}.${name}`;
  if (!DIRECTIVE_NAME.test(name)) {
    refuse(
      'not-a-directive',
      path,
      `${JSON.stringify(name)} is not the name of a directive.`,
      'Write its name as in systemd.directives(7).',
    );
  }
  return values.map((value) => {
    assertLine(path, value);
    const backslashes = value.length - trimEnd(value, '\\').length;
    if (backslashes % 2 === 1) {
      refuse(
        'unit-line',
        path,
        `${JSON.stringify(value)} would swallow the line after it.`,
        'Double the backslash at its end.',
      );
    }
    return `${name}=${name === 'ExecStart' ? layOutCommand(value) : value}`;
  });
}

function layOutCommand(value: string): string {
  const [binary, ...args] = splitQuotedWords(value) ?? [];
  if (binary === undefined || args.length < 2) return value;
  // A line that begins with "#" or ";" is a comment even in the middle of a continued one (systemd.syntax(7)).
  const written = args.map(({ raw }) => (/^[#;]/.test(raw) ? ` ${raw}` : ` \\\n  ${raw}`));
  return binary.raw + written.join('');
}

function assertSectionName(name: string): string {
  if (!SECTION_NAME.test(name)) {
    refuse(
      'unknown-section',
      `systemd.directives.${name}`,
      `${JSON.stringify(name)} is not the name of a section.`,
      'Write Unit, Service or Install.',
    );
  }
  return name;
}
