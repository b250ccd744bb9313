import type { SystemdSection } from '../../cluster-spec.js';
import { directiveValues } from '../../systemd/directive-values.js';

/**
 * The file of the host that systemd copies to a path below the unit's credentials directory, where its user alone reads it
 * (systemd.exec(5), LoadCredential=); undefined for other paths and for what is not a file of the host.
 *
 * @internal
 */
export function credentialSource(
  sections: readonly SystemdSection[],
  unit: string,
  path: string,
): string | undefined {
  const folder = credentialsFolder(unit);
  if (!path.startsWith(folder)) return undefined;
  const wanted = path.slice(folder.length);
  for (const { id, source } of credentialsOf(sections)) {
    if (wanted === id) return source;
    // Of a folder every file becomes a credential of its own, `/` turned into `_`.
    if (wanted.startsWith(`${id}_`)) return `${source}/${wanted.slice(id.length + 1)}`;
  }
  return undefined;
}

/**
 * Where the credentials of a unit lie, with a slash at the end.
 *
 * @internal
 */
export function credentialsFolder(unit: string): string {
  return `/run/credentials/${unit}/`;
}

/**
 * What LoadCredential= takes from files of the host.
 *
 * @internal
 */
export function credentialsOf(
  sections: readonly SystemdSection[],
): readonly { readonly id: string; readonly source: string }[] {
  return directiveValues(sections, 'LoadCredential').flatMap((line) => {
    const [, id = '', source = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    return source.startsWith('/') ? [{ id, source }] : [];
  });
}
