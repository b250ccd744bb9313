import type { ProcessVariable } from '../settings/environment.js';

/**
 * The lines of an `--env-file`: the value is all that stands behind `=`, quotes and blanks included, and a name alone takes the value
 * of whoever calls the engine (docker-run(1), `--env-file`; docker/cli `opts/envfile.go`).
 *
 * @internal
 */
export function environmentFileLines(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * Variables from `NAME=value` or `NAME`; a later one replaces an earlier one.
 *
 * @param outer - what whoever calls the engine has
 * @internal
 */
export function containerVariables(
  lines: readonly { readonly text: string; readonly path: string }[],
  outer: readonly ProcessVariable[],
): readonly ProcessVariable[] {
  const variables = new Map<string, ProcessVariable>();
  for (const { text, path } of lines) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text.trim() : text.slice(0, equals);
    const passed = equals < 0 ? outer.find((variable) => variable.name === name) : undefined;
    if (equals < 0 && passed === undefined) continue;
    variables.set(name, passed ?? { name, value: text.slice(equals + 1), path });
  }
  return [...variables.values()];
}
