import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { beforeAll, expect, it } from 'vitest';
import { describeWithPrograms } from '../programs/describe.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';
import { unconfigured } from './installed/npm.js';

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installedPackage();
});

function run(program: string, ...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...unconfigured(process.env), NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { status, said: stdout + stderr };
}

describeWithPrograms(['publint'], 'publint', (program) => {
  it('has nothing to say of the tarball, not even a suggestion', () => {
    const { status, said } = run(program('publint').path, '--strict', installed.tarball);
    expect(said).toContain('All good!');
    expect(status, said).toBe(0);
  });
});

describeWithPrograms(['attw'], 'Are the types wrong?', (program) => {
  it('they are right for whoever imports an entry', () => {
    const { status, said } = run(program('attw').path, '--profile=esm-only', '--no-emoji', installed.tarball);
    expect(status, said).toBe(0);
    for (const entry of ['etcd-bundle', 'etcd-bundle/node', 'etcd-bundle/report', 'etcd-bundle/verify']) {
      const [, table = ''] = said.split(`"${entry}"\n`);
      expect(table, said).toMatch(/^\s*node16 \(from ESM\): OK \(ESM\)\nbundler: OK/);
    }
  });
});
