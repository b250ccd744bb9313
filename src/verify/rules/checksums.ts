import { normalizePath } from '../../text/path.js';
import { digestKey } from '../cluster-view.js';
import type { Rule } from '../rule.js';

/** Every file as `bundle.json` says. */
export const checksums: Rule = {
  name: 'checksums',
  source: 'bundle.json, tarballs[].files[].sha256',
  *check({ manifest, digests, roots }) {
    for (const { path: tarball, sha256, files: declared } of manifest?.tarballs ?? []) {
      const files = declared.map((file) => ({ ...file, path: normalizePath(file.path) }));
      const name = tarball.replace(/\.tar\.gz$/, '');
      const root = roots.find((candidate) => candidate.name === name);
      if (root === undefined) {
        yield {
          level: 'error',
          member: name,
          path: tarball,
          message: `bundle.json lists ${tarball}, which is not here.`,
          cure: 'Get it from where the bundle was made.',
        };
        continue;
      }
      const whole = digests.get(digestKey('', tarball));
      const wrong = files.filter(({ path, sha256: sum }) => digests.get(digestKey(name, path)) !== sum);
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
            level: kind === 'private-key' || kind === 'authority-key' ? 'error' : 'warning',
            member: name,
            path,
            message: `The file has mode ${there.toString(8).padStart(4, '0')}, and bundle.json says ${mode}.`,
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
      if (whole !== undefined && whole !== sha256 && wrong.length === 0)
        yield {
          level: 'error',
          member: name,
          path: tarball,
          message: 'The tarball is not the one that bundle.json describes.',
          cure: 'Get it from where the bundle was made, or make it again.',
        };
    }
  },
};
