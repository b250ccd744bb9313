import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ETCD_RELEASES, type EtcdRelease } from '../../../src/etcd-releases.js';
import { explainMessage } from '../../../src/explain/diagnosis.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { loopbackCluster } from '../../support/loopback.js';
import { makeAuthority } from '../verify/authority.js';
import { connectionFaults } from './connection-faults.js';
import type { Fault } from './fault.js';
import { stopAll } from './processes.js';
import { settingFaults } from './setting-faults.js';
import { makeStage, member, READY, type Stage } from './stage.js';

const PROGRAMS = ETCD_RELEASES.flatMap((release) => [`etcd-${release}`, `etcdctl-${release}`] as const);
const AT_ONCE = 5;
/** The oldest and the newest release that have the fault. */
const runs = [...settingFaults, ...connectionFaults].flatMap((fault) =>
  [...new Set([fault.releases[0], fault.releases.at(-1)])].flatMap((release) =>
    release === undefined ? [] : [{ fault, release, title: `${fault.name}, etcd ${release}` }],
  ),
);

describeWithPrograms([...PROGRAMS, 'openssl'], 'what real programs say', (program) => {
  const said = new Map<string, string>();
  /** What was said the second time, where something was unknown the first time. */
  const saidAgain = new Map<string, string>();
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'explain-'));
    // One of the faults runs as another user.
    chmodSync(folder, 0o755);
    const openssl = program('openssl').path;
    const [authority, foreignAuthority] = [
      makeAuthority(folder, openssl),
      makeAuthority(folder, openssl, { commonName: 'foreign-ca' }),
    ];
    const stageOf = async (release: EtcdRelease): Promise<Stage> => {
      const [etcd, etcdctl] = [program(`etcd-${release}`).path, program(`etcdctl-${release}`).path];
      return makeStage(folder, await loopbackCluster(), {
        release,
        etcd,
        etcdctl,
        openssl,
        authority,
        foreignAuthority,
      });
    };
    const waiting: { readonly title: string; readonly release: EtcdRelease; readonly run: Fault['run'] }[] = [
      ...runs.map(({ title, release, fault }) => ({ title, release, run: fault.run })),
      ...ETCD_RELEASES.map((release) => ({ title: `healthy ${release}`, release, run: runHealthy })),
    ];
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        said.set(next.title, await next.run(await stageOf(next.release)));
        if (unknownIn(said.get(next.title)).length > 0)
          saidAgain.set(next.title, await next.run(await stageOf(next.release)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 240_000);

  afterAll(async () => {
    await stopAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is enough to judge by', () => {
    expect(new Set(runs.map(({ fault }) => fault.id)).size).toBeGreaterThan(45);
  });

  it.each(runs)('names the entry: $title', ({ title, fault }) => {
    const { explanations } = explainMessage(said.get(title) ?? '');
    expect(explanations.map(({ id }) => id)).toContain(fault.id);
    expect(alwaysUnknown(title)).toEqual([]);
    for (const { cause, cure, title: shown } of explanations)
      expect(`${shown}${cause}${cure}`).not.toMatch(/[[\]{}]{2}|undefined/);
  });

  it.each(ETCD_RELEASES)('finds no error in what a healthy cluster says: etcd %s', (release) => {
    const { explanations, lines } = explainMessage(said.get(`healthy ${release}`) ?? '');
    expect(lines).toBeGreaterThan(20);
    expect(alwaysUnknown(`healthy ${release}`)).toEqual([]);
    expect(explanations.filter(({ level }) => level === 'error')).toEqual([]);
  });

  /** What members say of one another while one of them stops or starts depends on who comes first. */
  function alwaysUnknown(title: string): readonly string[] {
    const again = new Set(unknownIn(saidAgain.get(title)));
    return unknownIn(said.get(title)).filter((message) => again.has(message));
  }
});

function unknownIn(text = ''): readonly string[] {
  return explainMessage(text).unknown.map(({ message }) => message);
}

/** Two members with TLS among peers, up to their first leader. */
async function runHealthy(stage: Stage): Promise<string> {
  const etcds = [1, 2].map((n) => {
    const altNames = `IP:${stage.address(n)},IP:127.0.0.1`;
    return stage.etcd(member(stage, n, 2, stage.pair(`p${n}`, { altNames })));
  });
  await Promise.all(etcds.map((etcd) => etcd.says(READY)));
  await Promise.all(etcds.map((etcd) => etcd.stop()));
  return etcds.map((etcd) => etcd.output()).join('\n');
}
