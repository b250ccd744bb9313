import { isSecret } from '../../bundle/file-plan.js';
import type { BundleFolder } from '../../host/bundle-folder.js';
import { octal } from '../../text/octal.js';
import { digestKey } from '../cluster-view.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const checksums: Rule = {
  name: 'checksums',
  summary: 'Every file is what `bundle.json` says.',
  levels: ['error', 'warning'],
  source: 'bundle.json, hosts[].files[].sha256; SHA256SUMS, sha256sum(1)',
  *check({ manifest, digests, roots, folder }) {
    const byName = new Map(roots.map((root) => [root.name, root]));
    for (const { name, tarball, files } of manifest?.hosts ?? []) {
      const root = byName.get(name);
      if (root === undefined) {
        if (tarball !== undefined)
          yield {
            level: 'error',
            member: name,
            path: tarball.path,
            message: `bundle.json lists ${tarball.path}, which is not here.`,
            cure: 'Get it from where the bundle was made.',
          };
        continue;
      }
      const wrong = files.filter(
        ({ path, sha256 }) =>
          root.files.get(path)?.withheld === undefined && digests.get(digestKey(name, path)) !== sha256,
      );
      for (const { path } of wrong) {
        const isThere = root.files.has(path);
        yield {
          level: 'error',
          member: name,
          path,
          message: isThere
            ? 'The file is not the one that bundle.json describes.'
            : 'bundle.json lists a file that is not in the tarball.',
          cure: 'Get the tarball from where the bundle was made, or make it again.',
        };
      }
      for (const { path, mode, kind } of files) {
        const there = root.files.get(path)?.mode;
        if (there !== undefined && there !== Number.parseInt(mode, 8))
          yield {
            level: isSecret(kind) ? 'error' : 'warning',
            member: name,
            path,
            message: `The file has mode ${octal(there)}, and bundle.json says ${mode}.`,
            cure: 'Get the tarball from where the bundle was made, or make it again.',
          };
      }
      const listed = new Set(files.map(({ path }) => path));
      for (const path of root.files.keys())
        if (!listed.has(path))
          yield {
            level: 'error',
            member: name,
            path,
            message: 'bundle.json does not list this file of the tarball.',
            cure: 'Find out who put it there.',
          };
      const whole = tarball === undefined ? undefined : digests.get(digestKey('', tarball.path));
      if (tarball !== undefined && whole !== undefined && whole !== tarball.sha256 && wrong.length === 0)
        yield {
          level: 'error',
          member: name,
          path: tarball.path,
          message: 'The tarball is not the one that bundle.json describes.',
          cure: 'Get it from where the bundle was made, or make it again.',
        };
    }
    yield* folderSums(folder);
  },
};

function* folderSums(folder: BundleFolder | undefined): Generator<Fault, void, undefined> {
  for (const { path, sha256, actual } of folder?.sums ?? [])
    if (actual !== sha256)
      yield {
        level: 'error',
        member: '',
        path,
        message:
          actual === undefined
            ? 'SHA256SUMS lists a file that is not here.'
            : 'The file is not the one that SHA256SUMS lists.',
        cure: 'Get it from where the bundle was made, or make it again.',
      };
}
