import { type BuildOptions, build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { type InstalledPackage, installedPackage } from './installed/installed.js';

interface Bundle {
  /** Of the script that is loaded first, and of all that it imports statically. */
  readonly text: string;
  /** Packages whose code is in the text. */
  readonly packages: readonly string[];
  /** Modules that are left to the runtime. */
  readonly external: readonly string[];
  /** Packages whose code comes when it is needed. */
  readonly later: readonly string[];
}

interface Expectation {
  readonly entry: string;
  readonly platform: 'neutral' | 'browser' | 'node';
  readonly packages: readonly string[];
  readonly external: RegExp | undefined;
  /** Of the packages that come when they are needed, those that we name ourselves. */
  readonly later: readonly string[];
  readonly forbidden: readonly RegExp[];
}

const ambient: readonly RegExp[] = [
  /\bMath\.random\b/,
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\beval\(/,
  /\bnew Function\(/,
];
const hosts: readonly RegExp[] = [/['"`]node:/, /\bfetch\(/, /\bXMLHttpRequest\b/, /\bimportScripts\b/];
/** What would come in with a library that an entry has no need of. */
const foreign: readonly RegExp[] = [
  /reflect-metadata/,
  /tsyringe/,
  /\bstreamx\b/,
  /\barchiver\b/,
  /\bpkijs\b/,
  /\basn1js\b/,
  /\btar-stream\b/,
  /\bCryptoEngine\b/,
  /\bsetEngine\b/,
  /PRIVATE KEY-----\\n[A-Za-z0-9+/]/,
];

const expectations: readonly Expectation[] = [
  ...(['neutral', 'browser'] as const).flatMap((platform): readonly Expectation[] => [
    {
      entry: 'etcd-bundle',
      platform,
      packages: ['etcd-bundle', 'valibot', 'yaml'],
      external: undefined,
      later: ['modern-tar'],
      forbidden: [...ambient, ...hosts, ...foreign],
    },
    ...['etcd-bundle/report', 'etcd-bundle/verify'].map(
      (entry): Expectation => ({
        entry,
        platform,
        packages: ['etcd-bundle', 'yaml'],
        external: undefined,
        later: [],
        forbidden: [...ambient, ...hosts, ...foreign],
      }),
    ),
  ]),
  {
    entry: 'etcd-bundle/node',
    platform: 'node',
    packages: ['etcd-bundle', 'valibot', 'yaml'],
    // Of these `process` and `buffer` are yaml's.
    external:
      /^(?:node:(?:crypto|events|fs|fs\/promises|os|path|process|stream|stream\/consumers|tls|util|worker_threads|zlib)|process|buffer)$/,
    later: ['modern-tar'],
    forbidden: [
      ...foreign,
      /node:(?:net|http|https|http2|dns|dgram|child_process|cluster|vm|repl|inspector)\b/,
    ],
  },
];

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installedPackage();
});

async function bundle(script: string, platform: Expectation['platform']): Promise<Bundle> {
  const options = {
    stdin: { contents: script, resolveDir: installed.consumer },
    absWorkingDir: installed.consumer,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: 'out',
    platform,
    ...(platform === 'neutral' ? { mainFields: ['module', 'main'] } : {}),
    write: false,
    metafile: true,
    // An import for its effects alone, of a package that says it has none.
    logOverride: { 'ignored-bare-import': 'silent' },
  } as const satisfies BuildOptions;
  const { outputFiles, metafile } = await build(options);
  const first = staticClosure('out/stdin.js', metafile);
  const outputs = Object.entries(metafile.outputs);
  return {
    text: outputFiles
      .filter(({ path }) => first.has(path.slice(installed.consumer.length + 1)))
      .map(({ text }) => text)
      .join(''),
    packages: packagesIn(outputs.filter(([path]) => first.has(path))),
    external: [...first]
      .flatMap((path) => metafile.outputs[path]?.imports ?? [])
      .flatMap(({ path, external }) => (external ? [path] : [])),
    later: packagesIn(outputs.filter(([path]) => !first.has(path))),
  };
}

function staticClosure(entry: string, { outputs }: Metafile): ReadonlySet<string> {
  const closure = new Set<string>();
  const visit = (path: string): void => {
    if (closure.has(path)) return;
    closure.add(path);
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind !== 'dynamic-import' && external !== true) visit(next);
    }
  };
  visit(entry);
  return closure;
}

function packagesIn(outputs: readonly (readonly [string, Metafile['outputs'][string]])[]): readonly string[] {
  const names = outputs
    .flatMap(([, { inputs }]) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

describe.each(expectations)(
  '$entry for $platform',
  ({ entry, platform, packages, external, later, forbidden }) => {
    it('holds what it needs, and nothing that it must not', async ({ annotate }) => {
      const { text, ...found } = await bundle(
        `import * as entry from '${entry}'; globalThis.entry = entry;`,
        platform,
      );
      annotate(`${entry} for ${platform}: ${text.length} bytes minified`);
      expect(found.packages).toEqual(packages);
      expect(found.external.filter((path) => external?.test(path) !== true)).toEqual([]);
      expect(found.later).toEqual(expect.arrayContaining([...later]));
      expect(found.later.length === 0).toBe(later.length === 0);
      expect(forbidden.filter((pattern) => pattern.test(text))).toEqual([]);
    });

    it.each(['import {} from', 'import'])(
      'is nothing at all where nothing of it is used: %s',
      async (statement) => {
        expect((await bundle(`${statement} '${entry}';`, platform)).text).toBe('');
      },
    );
  },
);

it('a function without needs comes alone', async () => {
  const { text, packages } = await bundle(
    "import { formatTime } from 'etcd-bundle'; globalThis.text = formatTime(0);",
    'neutral',
  );
  expect(packages).toEqual(['etcd-bundle']);
  // 778 when this was written.
  expect(text.length).toBeLessThan(2_000);
});
