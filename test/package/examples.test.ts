import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from './installed/dependencies.js';
import { installedPackage } from './installed/installed.js';
import { unconfigured } from './installed/npm.js';

interface Example {
  readonly name: string;
  /** The entry that has the function, and whose names come first. */
  readonly entry: 'etcd-bundle' | 'etcd-bundle/node';
  readonly code: string;
}

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const src = join(projectFolder, 'src');
const FUNCTION = /^\/\*\*\n((?: \*.*\n)+?) \*\/\nexport (?:async )?function\*? (\w+)/gm;
const FENCE = /@example\n \* ```ts\n((?: \*.*\n)+?) \* ```/;
/** `expression; // => value`: what the value has to be. */
const RESULT = /^(\s*)(.+); \/\/ => (.+)$/gm;
/** Names that examples use without saying where they come from. */
const OTHERS: Readonly<Record<string, string>> = {
  readFile: 'node:fs/promises',
  writeFile: 'node:fs/promises',
  createInterface: 'node:readline',
};
const CONTEXT = `
import { issuePki, type Issue, parseClusterDocument, planCertificates } from 'etcd-bundle';
import { archiveBundle, nodeCryptoProvider } from 'etcd-bundle/node';
export { archiveBundle as archive };
export const document = 'members:\\n- {name: e1, address: 10.0.0.1}\\n- {name: e2, address: 10.0.0.2}\\n- {name: e3, address: 10.0.0.3}\\ncertificates: {revocation: true}\\n';
export const spec = parseClusterDocument(document);
export const now = Math.floor(Date.now() / 1000);
export const pki = await issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now });
export const issues: readonly Issue[] = [{ code: 'missing-key', path: 'members', message: 'It is missing.', cure: 'Write it.' }];
export const save = (_path: string, _bytes: Uint8Array): void => undefined;
`;
const CONTEXT_NAMES = ['archive', 'document', 'spec', 'now', 'pki', 'issues', 'save'];
/** Each example in a folder of its own, with the document and its bundle, where the example does not write that itself. */
const RUNNER = `
import assert from 'node:assert';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { generateBundle, nodeCryptoProvider, writeOutput } from 'etcd-bundle/node';
import { document, now, spec } from './context.js';
globalThis.check = (actual, expected) => assert.deepStrictEqual(actual, expected);
const faults = {};
const home = process.cwd();
for (const { name, makes } of JSON.parse(process.argv[2])) {
  process.chdir(mkdtempSync(join(home, 'run-')));
  writeFileSync('cluster.yaml', document);
  try {
    if (!makes) await writeOutput('bundle', generateBundle(spec, { crypto: nodeCryptoProvider(), now, document }));
    await import('./' + name + '.js');
  } catch (error) {
    faults[name] = String(error);
  }
}
writeFileSync(join(home, 'faults.json'), JSON.stringify(faults));
`;

const functions = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(FUNCTION)]
      .filter(([, comment = '']) => comment.includes('@public'))
      .map(([, comment = '', name = '']) => ({ name, file, fence: FENCE.exec(comment)?.[1] })),
  );

const examples: readonly Example[] = functions.flatMap(({ name, file, fence }) =>
  fence === undefined
    ? []
    : [
        {
          name: file.startsWith('node/') ? `${name}-node` : name,
          entry: file.startsWith('node/') ? 'etcd-bundle/node' : 'etcd-bundle',
          code: fence.replaceAll(/^ \* ?/gm, ''),
        } as const,
      ],
);

let folder: string;
beforeAll(async () => {
  const installed = await installedPackage();
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-examples-'));
  symlinkSync(join(installed.consumer, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  mkdirSync(join(folder, 'examples'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The names of an entry, as its report in etc/ has them. */
function namesOf(report: string): readonly string[] {
  const text = readFileSync(join(projectFolder, 'etc', `${report}.api.md`), 'utf8');
  return [...text.matchAll(/^export (?:declare )?(?:function|const|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  );
}

function program({ entry, code }: Example): string {
  const uses = (name: string): boolean =>
    new RegExp(`(?<![.\\w])${name}\\b(?!\\s*:)`).test(code) &&
    !new RegExp(
      `(?:const|let) (?:\\{[^}]*\\b${name}\\b[^}]*\\}|\\[[^\\]]*\\b${name}\\b[^\\]]*\\]|${name}\\b)`,
    ).test(code);
  const known = new Map<string, string>();
  const entries = {
    'etcd-bundle': 'etcd-bundle',
    'etcd-bundle/report': 'etcd-bundle-report',
    'etcd-bundle/verify': 'etcd-bundle-verify',
    'etcd-bundle/node': 'etcd-bundle-node',
  };
  for (const [module, report] of Object.entries(entries))
    for (const name of namesOf(report)) if (!known.has(name) || module === entry) known.set(name, module);
  for (const [name, module] of Object.entries(OTHERS)) known.set(name, module);
  for (const name of CONTEXT_NAMES) known.set(name, './context.js');
  const imports = [...known]
    .filter(([name]) => uses(name))
    .map(([name, module]) => `import { ${name} } from '${module}';`);
  const checked = code.replaceAll(RESULT, '$1check($2, $3);');
  return `${imports.join('\n')}\ndeclare const check: (actual: unknown, expected: unknown) => void;\n${checked}\nexport {};\n`;
}

describe('an example', () => {
  it('stands at every public function', () => {
    expect(functions.length).toBeGreaterThan(30);
    expect(functions.filter(({ fence }) => fence === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('compiles as it stands, runs, and comes to what it says', () => {
    writeFileSync(join(folder, 'context.ts'), CONTEXT);
    for (const example of examples) writeFileSync(join(folder, `${example.name}.ts`), program(example));
    const compilerOptions = {
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      strict: true,
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      types: ['node'],
      typeRoots: [join(projectFolder, 'node_modules/@types')],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const options = { cwd: folder, encoding: 'utf8', env: unconfigured(process.env) } as const;
    expect(spawnSync(process.execPath, [tsc, '-p', folder], options).stdout).toBe('');
    writeFileSync(join(folder, 'run.js'), RUNNER);
    const list = JSON.stringify(
      examples.map(({ name, code }) => ({ name, makes: /\b(?:writeOutput|checkOutputFolder)\(/.test(code) })),
    );
    const input = '{"level":"warn","msg":"apply request took too long"}\n';
    const { stderr, status } = spawnSync(process.execPath, ['run.js', list], { ...options, input });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(readFileSync(join(folder, 'faults.json'), 'utf8'))).toEqual({});
  });
});
