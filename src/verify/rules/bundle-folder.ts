import { isSecret } from '../../bundle/file-plan.js';
import { octal } from '../../text/octal.js';
import { shellWord } from '../../text/shell-word.js';
import type { Rule } from '../rule.js';

/** @internal */
export const readable: Rule = {
  name: 'readable',
  summary: 'Everything that was named can be read.',
  levels: ['error'],
  source: 'tar(5); GNU tar manual, 10.2.2',
  *check({ unread }) {
    yield* unread;
  },
};

/** @internal */
export const bundleModes: Rule = {
  name: 'bundle-modes',
  summary: 'Only its owner may read a tarball with keys, the folder `ca` and the keys in it.',
  levels: ['warning'],
  source: 'NIST SP 800-57 part 1, 5.3; RFC 5280, 9; chmod(1)',
  *check({ folder, manifest }) {
    const withKeys = new Set(
      manifest?.hosts
        .filter(({ files }) => files.some(({ kind, inTarball }) => inTarball && isSecret(kind)))
        .map(({ tarball }) => tarball?.path ?? ''),
    );
    for (const [path, mode] of folder?.modes ?? []) {
      const watched = watchedOf(path, withKeys);
      const open = mode & 0o077 & ~(watched?.allowed ?? 0o077);
      if (watched === undefined || open === 0) continue;
      yield {
        level: 'warning',
        member: '',
        path,
        message: `${watched.what} has mode ${octal(mode)}: others than its owner may ${(open & 0o044) === 0 ? 'change' : 'read'} it.`,
        cure: `chmod ${watched.right} ${shellWord(path)}`,
      };
    }
  },
};

interface Watched {
  readonly what: string;
  /** Bits that others may have. */
  readonly allowed: number;
  readonly right: string;
}

function watchedOf(path: string, withKeys: ReadonlySet<string>): Watched | undefined {
  if (path === 'ca') return { what: "The authorities' folder", allowed: 0o055, right: '0700' };
  if (path.startsWith('ca/') && path.endsWith('.key'))
    return { what: "The authority's key", allowed: 0, right: '0600' };
  return withKeys.has(path)
    ? { what: 'The tarball, which holds private keys,', allowed: 0, right: '0600' }
    : undefined;
}
