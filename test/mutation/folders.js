// What is mutated, which tests judge it, how often each of their properties is tried, and the score that must not be missed.
// src/cluster-spec.ts is types alone and has nothing to mutate: what it promises is kept by src/document.

const X509_WRITERS = [
  'authority-key-identifier',
  'basic-constraints',
  'certificate',
  'der',
  'extended-key-usage',
  'extension',
  'general-name',
  'key-usage',
  'subject-alt-name',
  'subject-key-identifier',
  'time',
];

/**
 * @type {Readonly<Record<string, {
 *   readonly mutate: readonly string[],
 *   readonly tests: readonly string[],
 *   readonly runs: number,
 *   readonly lowestScore: number,
 * }>>}
 */
export const FOLDERS = {
  x509: {
    mutate: ['src/x509/**/*.ts'],
    tests: ['test/unit/x509', 'test/property/x509'],
    runs: 100,
    lowestScore: 95,
  },
  systemd: {
    mutate: ['src/systemd/**/*.ts'],
    tests: ['test/unit/systemd', 'test/property/systemd'],
    runs: 100,
    lowestScore: 95,
  },
  pki: {
    mutate: ['src/pki/**/*.ts'],
    tests: ['test/unit/pki', 'test/property/pki'],
    // Each run issues and renders a whole cluster.
    runs: 5,
    lowestScore: 93,
  },
  document: { mutate: ['src/document/**/*.ts'], tests: ['test/unit/document'], runs: 100, lowestScore: 80 },
};

/** A part that is done in minutes: what writes DER, dates and extensions. */
export const SAMPLE = {
  mutate: X509_WRITERS.map((name) => `src/x509/${name}.ts`),
  tests: ['test/unit/x509', 'test/property/x509/tbs-certificate.test.ts'],
  runs: 100,
  lowestScore: 95,
  // Tables are read as their file is loaded; each of their mutants takes every test there is.
  ignoreStatic: true,
};

/** What ETCD_BUNDLE_MUTATE, set by run.js, names. */
export function chosen() {
  const name = process.env['ETCD_BUNDLE_MUTATE'] ?? '';
  const choice = name === 'sample' ? SAMPLE : Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : undefined;
  if (choice === undefined) throw new Error(`ETCD_BUNDLE_MUTATE is "${name}"; start test/mutation/run.js`);
  return { name, ...choice };
}
