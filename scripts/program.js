import { createHash } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { renderLicenses } from './licenses.js';

const root = join(import.meta.dirname, '..');

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // In a script that is compiled by hand import() would need a loader; require() does not.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
  metafile: true,
};

/**
 * Bundles the program into a folder: etcd-bundle.js, which a shell starts, the scripts that it reads, and the licences of all that is
 * in them.
 */
export async function buildProgram(folder) {
  const main = await build({
    ...options,
    entryPoints: ['src/cli/bin.ts'],
    outfile: join(folder, 'main.cjs'),
    write: false,
  });
  const [output] = main.outputFiles;
  const script = inAscii(asFunction(output.text));
  const buildId = createHash('sha256').update(script).digest('hex').slice(0, 16);
  const launcher = await build({
    ...options,
    entryPoints: ['src/cli/launcher/launch.ts'],
    outfile: join(folder, 'etcd-bundle.js'),
    banner: { js: '#!/usr/bin/env node' },
    define: { BUILD_ID: JSON.stringify(buildId) },
  });
  writeFileSync(join(folder, 'main.cjs'), script);
  const metafiles = [main, launcher].map(({ metafile }) => metafile);
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.md'), renderLicenses(root, metafiles));
  // Node starts a CommonJS program a few milliseconds sooner than a module.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  chmodSync(join(folder, 'etcd-bundle.js'), 0o755);
}

/** As Node wraps a CommonJS module. Wrapped at each start, V8 would hold the whole script twice. */
function asFunction(script) {
  return `(function (exports, require, module, __filename, __dirname) { ${script}\n})`;
}

/**
 * esbuild leaves regular expressions and comments as they are. One letter that is not ASCII, and V8 keeps the whole script with two octets a
 * letter.
 */
function inAscii(script) {
  return script.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
