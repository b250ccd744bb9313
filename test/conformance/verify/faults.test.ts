import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import { verifyPaths } from '../../../src/node/verify-paths.js';
import type { Finding } from '../../../src/verify/finding.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { loopbackCluster } from '../../support/loopback.js';
import { makeAuthority } from './authority.js';
import type { FaultCase } from './faults/making.js';
import { faultCases } from './faults.js';
import { type RealVerdict, runCluster } from './real-etcd.js';
import { makeCluster, writeHost } from './roots.js';

interface Row {
  readonly fault: FaultCase;
  readonly real: RealVerdict;
  readonly errors: readonly Finding[];
}

/** Clusters at once: each is idle while it waits. */
const LANES = 5;

describeWithPrograms(
  ['openssl', 'etcd-3.5', 'etcdctl-3.5', 'etcd-3.7', 'etcdctl-3.7'],
  'verify and real etcd',
  (program) => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'verify-faults-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(['3.5', '3.7'] as const)(
      'agree on every fault, etcd %s',
      async (release) => {
        const { path: openssl } = program('openssl');
        const binaries = {
          etcd: program(`etcd-${release}`).path,
          etcdctl: program(`etcdctl-${release}`).path,
        };
        const etcdVersion = parseEtcdVersion(program(`etcd-${release}`).version);
        const only = process.env['ETCD_BUNDLE_FAULT'];
        // Another user's etcd takes root to start.
        const isRoot = process.getuid?.() === 0;
        const chosen = faultCases.filter(
          ({ name, user }) =>
            (only === undefined || new RegExp(only).test(name)) && (isRoot || user === undefined),
        );

        async function judge(fault: FaultCase): Promise<Row> {
          const home = mkdtempSync(join(folder, `${release}-`));
          const cluster = makeCluster(makeAuthority(home, openssl), fault.members, await loopbackCluster());
          fault.make(cluster, { openssl, folder: home });
          const roots = [...cluster.hosts, cluster.admin].map((host) => writeHost(join(home, 'roots'), host));
          const { findings } = await verifyPaths(roots, {
            at: Math.floor(Date.now() / 1000),
            ...(etcdVersion === undefined ? {} : { etcdVersion }),
          });
          const real = await runCluster(cluster, home, binaries, fault.user);
          // Every member has laid out 64 MB of log.
          rmSync(home, { recursive: true, force: true });
          return { fault, real, errors: findings.filter(({ level }) => level === 'error') };
        }

        const rows: Row[] = new Array(chosen.length);
        const waiting = [...chosen.entries()];
        await Promise.all(
          Array.from({ length: LANES }, async () => {
            for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
              rows[next[0]] = await judge(next[1]);
          }),
        );
        process.stdout.write(renderTable(release, rows));
        expect(rows.filter((row) => !agrees(row)).map(describe)).toEqual([]);
      },
      900_000,
    );
  },
);

/** Refused and told so by the rule that knows, or accepted and no error. */
function agrees({ fault, real, errors }: Row): boolean {
  if (real.accepted) return errors.length === 0;
  return errors.some(({ rule }) => fault.rule.split('|').includes(rule));
}

function describe({ fault, real, errors }: Row): string {
  return `${fault.name}: etcd ${real.accepted ? 'accepts' : `refuses (${real.why})`}, verify ${errors.map(({ rule, message }) => `${rule}: ${message}`).join(' | ') || 'has no error'}`;
}

/** Whether the line that verify foretold, or its part before the first detail, is in what etcd and etcdctl said. */
function foretold({ real, errors }: Row): string {
  if (real.accepted) return '';
  const log = real.log.replaceAll('\\"', '"');
  const core = (text: string): string =>
    text
      .replace(/current time.*|\[.*|open \S*\/|.*"error":/, '')
      .slice(0, 60)
      .trim();
  return errors.some(({ etcdSays }) => core(etcdSays) !== '' && log.includes(core(etcdSays))) ? 'yes' : 'no';
}

function renderTable(release: string, rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { fault, real, errors } = row;
    const rules = [...new Set(errors.map(({ rule }) => rule))].join(', ');
    return [
      fault.name.padEnd(48),
      (real.accepted ? 'accepts' : 'refuses').padEnd(8),
      (errors.length > 0 ? 'error' : 'sound').padEnd(6),
      (agrees(row) ? 'agree' : 'DISAGREE').padEnd(9),
      foretold(row).padEnd(4),
      rules,
    ].join(' ');
  });
  const agreed = rows.filter(agrees).length;
  const head = `${'fault'.padEnd(48)} ${'etcd'.padEnd(8)} ${'verify'.padEnd(6)} ${''.padEnd(9)} log  rules`;
  return `\netcd ${release}: ${agreed} of ${rows.length} agree\n${head}\n${lines.join('\n')}\n`;
}
