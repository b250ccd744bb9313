import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { object, optional, parse, record, string } from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { itLong } from '../support/long-tests.js';
import { describeWithPrograms } from './describe.js';
import { findProgram, nameOf, programNames, readProgramTable } from './programs.js';

const named = optional(record(string(), string()));
const lockFile = object({
  packages: record(
    string(),
    object({
      version: optional(string()),
      integrity: optional(string()),
      dependencies: named,
      optionalDependencies: named,
    }),
  ),
});

const here: string = fileURLToPath(new URL('.', import.meta.url));

describe('the table of programs', () => {
  it('gives every name a test may ask for, and no other', () => {
    const named = readProgramTable().flatMap((row) => [...row.binaries.keys()].map((it) => nameOf(row, it)));
    expect(named.toSorted()).toEqual(programNames.toSorted());
  });

  it('names the versions that the Go modules pin', () => {
    const built = readProgramTable().filter(({ from }) => from.startsWith('go:'));
    expect(built.length).toBeGreaterThan(0);
    for (const { from, version, binaries } of built) {
      const module = readFileSync(join(here, 'modules', from.slice('go:'.length), 'go.mod'), 'utf8');
      const required = [...module.matchAll(/^\t?(?:require )?(\S+) v(\S+) \/\/ indirect$/gm)];
      for (const source of binaries.values()) {
        // A program of our own: what it needs besides Go has its digests beside it.
        if (source === '.') {
          if (required.length > 0)
            expect(existsSync(join(here, 'modules', from.slice(3), 'go.sum')), from).toBe(true);
          continue;
        }
        const [, , pinned] = required.find(([, path]) => `${source}/`.startsWith(`${path}/`)) ?? [];
        expect(pinned, source).toBe(version);
      }
    }
  });

  it('names the versions that the npm lock files pin, each package by its digest and by no address', () => {
    const installed = readProgramTable().filter(({ from }) => from.startsWith('npm:'));
    expect(installed.length).toBeGreaterThan(0);
    for (const { from, version, binaries } of installed) {
      const lock = readFileSync(
        join(here, 'modules', from.slice('npm:'.length), 'package-lock.json'),
        'utf8',
      );
      const { '': root, ...packages } = parse(lockFile, JSON.parse(lock)).packages;
      expect(Object.values({ ...root?.dependencies, ...root?.optionalDependencies }), from).toEqual(
        expect.arrayContaining([version]),
      );
      for (const source of binaries.values()) {
        expect(packages[`node_modules/${source}`]?.version, source).toBe(version);
      }
      for (const [path, { integrity }] of Object.entries(packages))
        expect(integrity, path).toMatch(/^sha512-/);
      expect(lock, from).not.toContain('"resolved"');
    }
  });
});

describe('findProgram', () => {
  let cache: string;
  let folder: string;

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'programs-'));
    folder = join(cache, 'etcd-bundle', 'zlint-3.6.1');
    vi.stubEnv('XDG_CACHE_HOME', cache);
    vi.stubEnv('PATH', cache);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true });
  });

  const place = (path: string, mode: number): string => {
    writeFileSync(path, '#!/bin/sh\necho "program 4.5.6"\n');
    chmodSync(path, mode);
    return path;
  };

  it('finds a pinned program in the cache, once it is there as a whole', () => {
    expect(findProgram('zlint')).toBeUndefined();
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const path = place(join(folder, 'bin', 'zlint'), 0o755);
    expect(findProgram('zlint')).toBeUndefined();
    writeFileSync(join(folder, 'complete'), '');
    expect(findProgram('zlint')).toEqual({ path, version: '3.6.1' });
    expect(findProgram('cfssl')).toBeUndefined();
  });

  it('does not accept a pinned program from PATH', () => {
    place(join(cache, 'mkcert'), 0o755);
    expect(findProgram('mkcert')).toBeUndefined();
  });

  it('takes any other from PATH, with the version that it names', () => {
    expect(findProgram('certtool')?.path).not.toBe(join(cache, 'certtool'));
    const path = place(join(cache, 'certtool'), 0o755);
    expect(findProgram('certtool')).toEqual({ path, version: '4.5.6' });
  });

  it('passes over a file that cannot be executed', () => {
    const path = place(join(cache, 'jq'), 0o644);
    expect(findProgram('jq')?.path).not.toBe(path);
  });
});

describe('a suite whose programs are missing', () => {
  const runFixture = (required: string, long = '1'): { status: number | null; report: string } => {
    const cache = mkdtempSync(join(tmpdir(), 'programs-'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url)),
        'run',
        `--config=${join(here, 'fixture', 'vitest.config.ts')}`,
        '--reporter=verbose',
      ],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          XDG_CACHE_HOME: cache,
          ETCD_BUNDLE_REQUIRE_PROGRAMS: required,
          ETCD_BUNDLE_LONG_TESTS: long,
          NO_COLOR: '1',
          FORCE_COLOR: '0',
        },
      },
    );
    rmSync(cache, { recursive: true });
    return { status, report: stdout + stderr };
  };

  itLong('is skipped, and its title says what is missing', () => {
    const { status, report } = runFixture('');
    expect(status, report).toBe(0);
    expect(report).toMatch(
      /needs programs \(not run; missing: .*zlint, etcdctl-3\.6; see test\/programs\/install\)/,
    );
    expect(report).toMatch(/needs hosts \(not run; missing: .+; see test\/programs\/install\)/);
    expect(report).not.toContain('> runs');
  });

  it('is not run where it is long, and its title says so', () => {
    const { status, report } = runFixture('1', '');
    expect(status, report).toBe(0);
    expect(report).toContain('needs programs (not run; long, with etcdctl-3.6: ETCD_BUNDLE_LONG_TESTS=1)');
    expect(report).toContain('needs hosts (not run; long, on hosts: ETCD_BUNDLE_LONG_TESTS=1)');
  });

  itLong('fails where programs are required', () => {
    const { status, report } = runFixture('1');
    expect(status).not.toBe(0);
    expect(report).toMatch(/Tests\s+2 failed \(2\)/);
    expect(report).toMatch(/missing: .*zlint, etcdctl-3\.6/);
  });
});

describeWithPrograms(
  ['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7'],
  'the etcd of each release',
  (program) => {
    it.each(['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7'] as const)('%s is the pinned one', (name) => {
      const { path, version } = program(name);
      const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
      expect(stdout).toContain(`etcd Version: ${version}\n`);
    });
  },
);

describeWithPrograms(['shellcheck'], 'the scripts', (program) => {
  it.each(['install', '../hosts/base-root', '../hosts/boot', '../hosts/clean'])('%s are sound', (script) => {
    const { status, stdout } = spawnSync(program('shellcheck').path, [join(here, script)], {
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
  });
});
