import type { HostRoot } from '../../host/host-root.js';

/**
 * Names the roots of one command distinctly: two folders may have one name.
 *
 * @internal
 */
export function distinctNames(roots: readonly HostRoot[]): readonly HostRoot[] {
  const seen = new Map<string, number>();
  return roots.map((root) => {
    const count = (seen.get(root.name) ?? 0) + 1;
    seen.set(root.name, count);
    return count === 1 ? root : { ...root, name: `${root.name} (${count})` };
  });
}
