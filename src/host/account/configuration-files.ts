import type { RootFile, RootIndex } from '../host-root.js';

/** In the order of precedence: of files with one name that of the first folder counts (tmpfiles.d(5), "Configuration Directories"). */
const PARENTS: readonly string[] = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'];
const MAX_FILES = 200;

/**
 * The files of a folder such as `tmpfiles.d`, `sysusers.d` or `sysctl.d`, in the order in which they are read; a link to /dev/null masks.
 *
 * @internal
 */
export function configurationFiles(
  root: RootIndex,
  folder: string,
): readonly { readonly path: string; readonly file: RootFile }[] {
  const found = new Map<string, { readonly path: string; readonly file: RootFile; readonly rank: number }>();
  const end = `/${folder}/`;
  for (const [path, file] of root.files) {
    const at = path.lastIndexOf('/') + 1;
    if (!path.endsWith('.conf') || !path.slice(0, at).endsWith(end)) continue;
    const rank = PARENTS.indexOf(path.slice(0, at - end.length));
    const name = path.slice(at);
    const known = found.get(name);
    if (rank >= 0 && (known === undefined || rank < known.rank)) found.set(name, { path, file, rank });
  }
  const names = root.limits.firstOf([...found.keys()].sort(), MAX_FILES, '', `files in ${folder}`);
  return names.flatMap((name) => found.get(name) ?? []);
}
