import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithPrograms } from '../programs/describe.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';
import { unconfigured } from './installed/npm.js';

const nodes = ['node-20', 'node-22', 'node-24'] as const;
const commands = ['generate', 'inspect', 'verify', 'explain', 'init'] as const;

let installed: InstalledPackage;
let folder: string;
let runs = 0;

beforeAll(async () => {
  installed = await installedPackage();
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-nodes-'));
  writeFileSync(join(folder, 'cluster.yaml'), 'members: [{name: e1, address: 10.0.0.1}]\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWithPrograms(
  nodes,
  'the command under three Nodes that share a cache of compiled code',
  (program) => {
    const run = (node: (typeof nodes)[number], ...args: readonly string[]): string => {
      const script = join(installed.folder, 'dist', 'bin', 'etcd-bundle.js');
      const { status, stdout, stderr } = spawnSync(program(node).path, [script, ...args], {
        cwd: folder,
        env: { ...unconfigured(process.env), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') },
        encoding: 'utf8',
      });
      expect(status, `${node} ${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
      expect(stderr).toBe('');
      return stdout;
    };
    const runAll = (node: (typeof nodes)[number]): void => {
      runs += 1;
      const out = join(folder, `bundle-${runs}`);
      run(node, 'generate', 'cluster.yaml', '--out', out);
      expect(run(node, 'inspect', out)).toContain('e1.tar.gz');
      run(node, 'verify', out);
      run(node, 'explain', 'bind: address already in use');
      expect(run(node, 'init', 'e1=10.0.0.1')).toContain('members:');
    };
    const cache = (): string => join(folder, 'cache', 'etcd-bundle', 'code');
    const codeOf = (node: (typeof nodes)[number], command: string): string => {
      const ending = `-v${program(node).version}-${process.arch}-${command}`;
      const found = readdirSync(cache()).filter((name) => name.endsWith(ending));
      expect(found.length, `${found}`).toBe(1);
      return join(cache(), found[0] ?? '');
    };

    it('keeps a file for each Node and command, and does with it what it did without', () => {
      for (const node of [...nodes, ...nodes]) runAll(node);
      expect(readdirSync(cache()).length).toBe(nodes.length * commands.length);
      for (const node of nodes) for (const command of commands) codeOf(node, command);
    });

    it('writes no file again that it could use', () => {
      for (const node of nodes) {
        const path = codeOf(node, 'generate');
        const before = readFileSync(path);
        run(node, 'generate', 'cluster.yaml', '--out', join(folder, `again-${node}`));
        expect(readFileSync(path).equals(before)).toBe(true);
      }
    });

    it('does not run code that another Node compiled, though it lies under its own name', () => {
      for (const [at, node] of nodes.entries()) {
        const other = nodes[(at + 1) % nodes.length] ?? node;
        const path = codeOf(node, 'inspect');
        copyFileSync(codeOf(other, 'generate'), path);
        const foreign = readFileSync(path);
        run(node, 'inspect', join(folder, 'bundle-1'));
        expect(readFileSync(path).equals(foreign)).toBe(false);
      }
    });

    it('works where there is no cache to be had', () => {
      rmSync(join(folder, 'cache'), { recursive: true });
      mkdirSync(join(folder, 'cache'));
      writeFileSync(join(folder, 'cache', 'etcd-bundle'), 'a file where a folder would be');
      for (const node of nodes) runAll(node);
    });
  },
);
