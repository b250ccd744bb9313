import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ONLY_IN_PROGRAM } from '../package/installed/dependencies.js';

/**
 * What each folder of src may import besides itself, types included; a file directly below src is a room of its own. Nobody stands
 * below one that it imports, so that no two folders can need each other.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'issue-codes.ts': [],
  'errors.ts': ['issue-codes.ts'],
  text: [],
  net: ['text'],
  x509: ['net', 'text'],
  crypto: ['x509', 'text'],
  'etcd-releases.ts': [],
  'architectures.ts': [],
  'preset-names.ts': [],
  'certificate-roles.ts': [],
  'cluster-spec.ts': ['certificate-roles.ts', 'net', 'x509'],
  'cluster-document.ts': ['certificate-roles.ts', 'cluster-spec.ts', 'x509'],
  systemd: ['cluster-spec.ts', 'text'],
  etcd: ['net', 'cluster-spec.ts', 'systemd', 'text'],
  kubernetes: ['net', 'cluster-spec.ts', 'etcd', 'systemd', 'text'],
  presets: ['net', 'x509', 'cluster-spec.ts', 'cluster-document.ts', 'etcd', 'systemd'],
  document: [
    'certificate-roles.ts',
    'net',
    'x509',
    'cluster-spec.ts',
    'cluster-document.ts',
    'etcd',
    'systemd',
    'kubernetes',
    'presets',
    'pki',
    'text',
  ],
  pki: ['certificate-roles.ts', 'net', 'x509', 'crypto', 'cluster-spec.ts', 'etcd', 'presets', 'text'],
  bundle: [
    'net',
    'x509',
    'crypto',
    'cluster-spec.ts',
    'etcd',
    'systemd',
    'kubernetes',
    'presets',
    'pki',
    'text',
  ],
  plan: [
    'net',
    'x509',
    'crypto',
    'cluster-spec.ts',
    'etcd',
    'kubernetes',
    'document',
    'pki',
    'bundle',
    'text',
  ],
  host: [
    'net',
    'x509',
    'crypto',
    'cluster-spec.ts',
    'etcd',
    'systemd',
    'kubernetes',
    'bundle',
    'document',
    'text',
  ],
  explain: ['net', 'etcd', 'bundle', 'text'],
  verify: [
    'net',
    'x509',
    'crypto',
    'cluster-spec.ts',
    'etcd',
    'systemd',
    'kubernetes',
    'bundle',
    'host',
    'explain',
    'text',
  ],
  report: ['net', 'x509', 'crypto', 'bundle', 'host', 'verify', 'text'],
  'index.ts': [
    'certificate-roles.ts',
    'net',
    'x509',
    'crypto',
    'cluster-spec.ts',
    'cluster-document.ts',
    'etcd',
    'document',
    'pki',
    'bundle',
    'plan',
  ],
  node: ['*'],
  cli: ['*'],
};
const EVERYWHERE = ['errors.ts', 'issue-codes.ts', 'etcd-releases.ts', 'architectures.ts', 'preset-names.ts'];
/** What the keys are made and the certificates signed with reads nothing that others wrote (docs/security.md). */
const ISSUING = ['index.ts', 'pki', 'bundle/render.ts', 'crypto'];
const src = fileURLToPath(new URL('../../src', import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

/** Of static imports, re-exports and import() alike. */
function specifiersOf(file: string): readonly string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export|\}).*?from '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, fixed, lazy]) => fixed ?? lazy ?? '');
}

function imports(): readonly Import[] {
  return files(src).flatMap((file) =>
    specifiersOf(file).map((specifier) => ({
      from: relative(src, file),
      to: specifier.startsWith('.')
        ? relative(src, resolve(dirname(file), specifier)).replace(/\.js$/, '.ts')
        : specifier,
    })),
  );
}

function layerOf(path: string): string {
  const [first = ''] = path.split('/');
  return first;
}

/** All that a file needs, itself included. */
function reach(start: readonly string[], all: readonly Import[]): ReadonlySet<string> {
  const reached = new Set(start);
  for (const file of reached) for (const { from, to } of all) if (from === file) reached.add(to);
  return reached;
}

describe('imports', () => {
  const all = imports();

  it('are found', () => {
    expect(all.length).toBeGreaterThan(100);
  });

  it('point one way', () => {
    const wrong = all.filter(({ from, to }) => {
      const allowed = MAY_IMPORT[layerOf(from)] ?? [];
      if (!to.endsWith('.ts') || EVERYWHERE.includes(to) || layerOf(from) === layerOf(to)) return false;
      return !allowed.includes('*') && !allowed.includes(layerOf(to));
    });
    expect(wrong).toEqual([]);
  });

  it('allow no two folders each other', () => {
    const folders = Object.entries(MAY_IMPORT).map(([from, to]) => ({ from, to }));
    const arrows = folders.flatMap(({ from, to }) => to.map((folder) => ({ from, to: folder })));
    const circles = arrows.filter(({ from, to }) => reach([to], arrows).has(from));
    expect(circles).toEqual([]);
  });

  it('go round in no circle of files', () => {
    const circles = all.filter(({ from, to }) => to.endsWith('.ts') && reach([to], all).has(from));
    expect(circles).toEqual([]);
  });

  it('keep what reads foreign certificates off the issuing path', () => {
    const issuing = files(src)
      .map((file) => relative(src, file))
      .filter((file) => ISSUING.some((place) => file === place || file.startsWith(`${place}/`)));
    const reached = [...reach(issuing, all)];
    expect(issuing.length).toBeGreaterThan(10);
    expect(reached.filter((file) => file.startsWith('x509/read/'))).toEqual([]);
  });

  it('bring node: into node/ and cli/ alone', () => {
    const wrong = all.filter(
      ({ from, to }) => to.startsWith('node:') && !['node', 'cli'].includes(layerOf(from)),
    );
    expect(wrong).toEqual([]);
  });

  it('end in .js where they are relative', () => {
    const specifiers = files(src)
      .flatMap(specifiersOf)
      .filter((specifier) => specifier.startsWith('.'));
    expect(specifiers.filter((specifier) => !specifier.endsWith('.js'))).toEqual([]);
  });

  it('name every dependency in package.json', () => {
    const { dependencies } = JSON.parse(readFileSync(join(src, '..', 'package.json'), 'utf8'));
    const packages = new Set(
      all.map(({ to }) => to).filter((to) => !to.endsWith('.ts') && !to.startsWith('node:')),
    );
    expect([...packages].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([...ONLY_IN_PROGRAM]);
    expect(
      all.filter(({ from, to }) => ONLY_IN_PROGRAM.some((name) => name === to) && layerOf(from) !== 'cli'),
    ).toEqual([]);
  });
});
