/**
 * The name that was meant: the same one in another spelling (`--quota-backend-bytes`, `ETCD_QUOTA_BACKEND_BYTES`,
 * `quotaBackendBytes`), or else the one with the fewest letters changed, at most a quarter of them.
 *
 * @internal
 */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const respelled = text
    .replace(/^ETCD_|^-+/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const same = names.find((name) => name === respelled);
  if (same !== undefined) return same;
  const ranked = names
    .map((name) => ({ name, distance: editDistance(text.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.ceil(name.length / 4))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
