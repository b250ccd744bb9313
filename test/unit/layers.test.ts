import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** What each folder of src may import besides itself, types included. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '.': [
    'net',
    'crypto',
    'spec',
    'document',
    'x509',
    'etcd',
    'systemd',
    'kubernetes',
    'pki',
    'bundle',
    'verify',
  ],
  text: [],
  net: ['text'],
  crypto: ['x509'],
  spec: ['net', 'crypto', 'text'],
  x509: ['net', 'crypto'],
  etcd: ['net', 'spec', 'text', 'crypto'],
  systemd: ['spec', 'text'],
  kubernetes: ['net', 'spec', 'systemd', 'text'],
  document: ['net', 'crypto', 'spec', 'etcd', 'text', 'kubernetes'],
  pki: ['net', 'crypto', 'spec', 'x509'],
  bundle: ['net', 'crypto', 'spec', 'etcd', 'x509', 'systemd', 'kubernetes', 'pki'],
  verify: [
    'net',
    'crypto',
    'spec',
    'etcd',
    'x509',
    'systemd',
    'kubernetes',
    'pki',
    'bundle',
    'document',
    'text',
  ],
  node: ['*'],
  cli: ['*'],
};
const EVERYWHERE = ['errors.ts'];
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
  return path.includes('/') ? first : '.';
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
    expect([...packages].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });
});
