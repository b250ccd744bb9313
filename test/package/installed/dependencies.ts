import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type InferOutput, looseObject, optional, parse, record, string } from 'valibot';

const named = optional(record(string(), string()), {});
const manifest = looseObject({
  name: string(),
  version: string(),
  license: optional(string()),
  dependencies: named,
  optionalDependencies: named,
});

/** A package.json, with all that it says. */
export type PackageManifest = InferOutput<typeof manifest>;

/** A package as it lies in a node_modules folder. */
export interface PackageFolder {
  /** Absolute path. */
  readonly folder: string;
  readonly manifest: PackageManifest;
}

export const projectFolder: string = fileURLToPath(new URL('../../..', import.meta.url));

export function readManifest(folder: string): PackageManifest {
  return parse(manifest, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/**
 * Every package that a user's `npm install etcd-bundle` brings along: what `dependencies` name, what those name, and so on. An
 * optional one that was made for another platform is not there. Peers that are optional are not installed for anybody.
 */
export function runtimeDependencies(): readonly PackageFolder[] {
  const { dependencies, optionalDependencies } = readManifest(projectFolder);
  return withTheirOwn({ ...dependencies, ...optionalDependencies });
}

/** Development dependencies that the program has parts of, and the library has not. */
export const ONLY_IN_PROGRAM = ['fast-wrap-ansi'] as const;

/** Every package that may be part of the program. */
export function programDependencies(): readonly PackageFolder[] {
  const own = withTheirOwn(Object.fromEntries(ONLY_IN_PROGRAM.map((name) => [name, '*'])));
  return [...runtimeDependencies(), ...own];
}

function withTheirOwn(names: Readonly<Record<string, string>>): readonly PackageFolder[] {
  const found = new Map<string, PackageFolder>();
  const visit = (from: string, wanted: PackageManifest['dependencies']): void => {
    const { optionalDependencies } = readManifest(from);
    for (const name of Object.keys(wanted)) {
      const folder = resolvePackage(name, from);
      if (folder === undefined) {
        if (name in optionalDependencies) continue;
        throw new Error(`${name}, which ${from} needs, is not installed: npm ci`);
      }
      if (found.has(folder)) continue;
      const manifest = readManifest(folder);
      found.set(folder, { folder, manifest });
      visit(folder, { ...manifest.dependencies, ...manifest.optionalDependencies });
    }
  };
  visit(projectFolder, names);
  return [...found.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** As Node looks a package up: in the node_modules folder of every folder above. */
function resolvePackage(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder);
    if (dirname(at) === at) return undefined;
  }
}
