import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { EtcdVersion } from '../../../src/cluster-spec.js';
import { isInSpan } from '../../../src/etcd/release-span.js';
import { environmentName } from '../../../src/etcd/setting/render/environment.js';
import { IGNORED_FLAGS, SETTINGS } from '../../../src/etcd/setting/table.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sampleOf } from '../../support/setting-samples.js';
import { inPairs, runEtcd } from './etcd-process.js';

/** 3.7 still prints these two, and refuses them. */
const PRINTED_AND_REFUSED = ['discovery', 'discovery-proxy'];

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `the flags of etcd ${release}`, (program) => {
    const { path, version: text } = program(`etcd-${release}`);
    const version: EtcdVersion = parseEtcdVersion(text) ?? { release };
    const known = SETTINGS.filter((definition) => isInSpan(version, definition));
    const unknown = SETTINGS.filter((definition) => !isInSpan(version, definition));

    it('are accepted where the table has them', () => {
      const words = known.map((definition) => `--${definition.name}=${sampleOf(definition, version)}`);
      // etcd reads all flags before it answers --version, and starts nothing then.
      const { status, stderr } = spawnSync(path, [...words, '--version'], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(known.length).toBeGreaterThan(80);
    });

    it('that do nothing are accepted too', () => {
      const words = IGNORED_FLAGS.map((name) => `--${name}=1`);
      const { status, stderr } = spawnSync(path, [...words, '--version'], { encoding: 'utf8' });
      expect({ status, stderr: stderr.replaceAll(/.*no longer supported - ignoring\.\n/g, '') }).toEqual({
        status: 0,
        stderr: '',
      });
    });

    it('are unknown where the table has them not', async () => {
      const answers = await inPairs(unknown, async (definition) => {
        const { output } = await runEtcd(path, { words: [`--${definition.name}=1`, '--version'] });
        return output.split('\n')[0];
      });
      expect(answers).toEqual(unknown.map(({ name }) => `flag provided but not defined: -${name}`));
    });

    it('are all in the table', () => {
      const { stdout, stderr } = spawnSync(path, ['--help'], { encoding: 'utf8' });
      const printed = [...`${stdout}${stderr}`.matchAll(/^ +--([a-z0-9-]+)/gm)].map(([, name = '']) => name);
      const names = known.map(({ name }) => name);
      expect(printed.length).toBeGreaterThan(70);
      expect(printed.filter((name) => !names.includes(name))).toEqual(
        release === '3.7' ? PRINTED_AND_REFUSED : [],
      );
    });

    it('are environment variables too', async () => {
      // The first two decide where settings come from and what is started at all; the third is given as a flag below.
      const asVariables = SETTINGS.filter(
        ({ name }) => !['config-file', 'version', 'listen-peer-urls'].includes(name),
      );
      // etcd's logger drops a message that comes more than a hundred times in a second.
      const batches = [0, 80, 160].map((start) => asVariables.slice(start, start + 80));
      const outcomes = await inPairs(batches, (batch) => {
        const pairs = batch.map((definition) => [
          environmentName(definition.name),
          sampleOf(definition, version),
        ]);
        // A flag that is checked later than the environment is read ends the run.
        return runEtcd(path, {
          words: ['--listen-peer-urls=http://etcd.example.org:1'],
          environment: Object.fromEntries(pairs),
        });
      });
      const output = outcomes.map((outcome) => outcome.output).join('\n');
      expect(outcomes.map(({ started }) => started)).toEqual([false, false, false]);
      expect(namesAfter('unrecognized environment variable', output)).toEqual(
        unknown.map(({ name }) => environmentName(name)).sort(),
      );
      expect(namesAfter('recognized and used environment variable', output)).toEqual(
        asVariables
          .filter((definition) => known.includes(definition))
          .map(({ name }) => environmentName(name))
          .sort(),
      );
    });
  });
}

/** `… variable ETCD_X=…` as 3.4 logs it, or as a field of its own. */
function namesAfter(message: string, output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => line.includes(message) && !line.includes(`un${message}`))
    .map((line) => /ETCD_[A-Z0-9_]+/.exec(line.slice(line.indexOf(message)))?.[0] ?? line)
    .sort();
}
