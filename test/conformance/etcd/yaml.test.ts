import { expect, it } from 'vitest';
import type { ConfigStyle, EtcdSetting, EtcdVersion } from '../../../src/cluster-spec.js';
import { gateOfFlag } from '../../../src/etcd/feature-gates.js';
import { releaseDefaults } from '../../../src/etcd/release-defaults.js';
import { isInSpan } from '../../../src/etcd/release-span.js';
import type { YamlPlace } from '../../../src/etcd/setting/definition.js';
import { renderEnvironment } from '../../../src/etcd/setting/render/environment.js';
import { renderFlags } from '../../../src/etcd/setting/render/flags.js';
import { renderYaml } from '../../../src/etcd/setting/render/yaml.js';
import { SETTINGS, settingInVersion, yamlPlace } from '../../../src/etcd/setting/table.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sampleOf } from '../../support/setting-samples.js';
import { clusterSpec } from '../../unit/etcd/fixture.js';
import { ALONE, type EtcdInput, inPairs, runEtcd } from './etcd-process.js';

/** A value of a type that no key has, in a file that is refused for something else where the key is not read. */
function misuse({ section, key }: YamlPlace): string {
  const line = `${key}: {not: {of: this type}}`;
  const end = 'listen-peer-urls: http://etcd.example.org:1\n';
  return section === undefined ? `${line}\n${end}` : `${section}:\n  ${line}\n${end}`;
}

const IS_READ = /cannot unmarshal|cannot parse/;
const IS_NOT_READ = /expected IP in URL for binding/;

/** These are read from the file a second time, after everything else was found sound (etcd `etcdmain/config.go`, configProxy). */
const READ_LATER = /^(?:proxy|discovery-fallback)/;

/** Settings that the whole file below leaves out: another way of bootstrapping, files that are not there, and what undoes the rest. */
const NOT_TOGETHER =
  /^(?:discovery|.*-file$|force-new-cluster|.*client-cert-auth|.*auto-tls|.*allowed|wal-dir|enable-log-rotation|.*memory-mlock|log|debug|.*tls-m|cipher|initial-cluster)/;

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `the configuration file of etcd ${release}`, (program) => {
    const { path, version: text } = program(`etcd-${release}`);
    const version: EtcdVersion = parseEtcdVersion(text) ?? { release };
    const known = SETTINGS.filter((definition) => isInSpan(version, definition));

    it('has every key where the table places it', async () => {
      const placed = known.flatMap((definition) => {
        const place = yamlPlace(definition, version);
        return place === undefined || READ_LATER.test(definition.name)
          ? []
          : [{ name: definition.name, place }];
      });
      expect(placed.length).toBeGreaterThan(70);
      const unread = await inPairs(placed, async ({ name, place }) => {
        const input = place.key === 'listen-peer-urls' ? 'listen-peer-urls: {a: 1}\n' : misuse(place);
        const { output } = await runEtcd(path, { file: input });
        return IS_READ.test(output) ? [] : [name];
      });
      expect(unread.flat()).toEqual([]);
    });

    it('has no key where the table has no place', async () => {
      const unplaced = known.filter(
        (definition) => yamlPlace(definition, version) === undefined && !READ_LATER.test(definition.name),
      );
      const read = await inPairs(unplaced, async ({ name }) => {
        const places: readonly YamlPlace[] = [
          { key: name },
          { section: 'client-transport-security', key: name.replace(/^client-(?:cert-)?/, '') },
          { section: 'peer-transport-security', key: name.replace(/^peer-(?:cert-)?/, '') },
        ];
        const outputs = await Promise.all(places.map((place) => runEtcd(path, { file: misuse(place) })));
        return outputs.every(({ output }) => IS_NOT_READ.test(output)) ? [] : [name];
      });
      expect(read.flat()).toEqual([]);
    });

    it('takes every setting as it is written', async () => {
      const placed = known.filter((definition) => yamlPlace(definition, version) !== undefined);
      const refused = await inPairs(placed, async (definition) => {
        const setting = { name: definition.name, value: sampleOf(definition, version) };
        const unsound = { name: 'listen-peer-urls', value: 'http://etcd.example.org:1' };
        const { output } = await runEtcd(path, { file: renderYaml([setting, unsound], version) });
        const isAlone =
          definition.name === 'enable-log-rotation' && /requires a single file path/.test(output);
        const isTaken = IS_NOT_READ.test(output) || isAlone || definition.name === 'listen-peer-urls';
        return isTaken && !IS_READ.test(output) ? [] : [`${definition.name}: ${output}`];
      });
      expect(refused.flat()).toEqual([]);
    });

    it('brings the values across', async () => {
      const own = known.filter(
        (definition) =>
          settingInVersion(definition, version) === definition &&
          gateOfFlag(definition.name, version) === undefined &&
          yamlPlace(definition, version) !== undefined &&
          !NOT_TOGETHER.test(definition.name) &&
          !Object.hasOwn(ALONE, definition.name),
      );
      expect(own.length).toBeGreaterThan(30);
      const settings: readonly EtcdSetting[] = [
        ...Object.entries(ALONE).map(([name, value]) => ({ name, value })),
        ...own.map((definition) => ({ name: definition.name, value: sampleOf(definition, version) })),
        ...(release === '3.4' ? [{ name: 'logger', value: 'zap' }] : []),
      ];
      const distinct = [...new Map(settings.map((setting) => [setting.name, setting])).values()];
      const { output } = await runEtcd(
        path,
        { file: renderYaml(distinct, version) },
        /starting an etcd server.*\n/,
      );
      const line = output.split('\n').find((candidate) => candidate.includes('"starting an etcd server"'));
      expect(JSON.parse(line ?? output)).toMatchObject({
        name: 'n',
        'heartbeat-interval': '10ms',
        'election-timeout': '50ms',
        'quota-backend-bytes': 33554432,
        'max-wals': 33554432,
        'auto-compaction-mode': 'revision',
        'max-request-bytes': 33554432,
        'snapshot-count': 33554432,
        'pre-vote': true,
        cors: ['http://origin.example.org:80'],
        'host-whitelist': ['host.example.org'],
      });
    });

    it('starts the same server as flags and environment do', async () => {
      const [flags, environment, file] = await Promise.all(
        (['flags', 'environment', 'yaml'] as const).map(async (config) => {
          const alone = Object.entries(ALONE).map(([name, value]) => ({ name, value }));
          const settings = [...alone, ...releaseDefaults(clusterSpec({ etcd: { version, config } }).etcd)];
          const variables = renderEnvironment(settings).map(({ name, value }) => [name, value]);
          const inputs: Readonly<Record<ConfigStyle, EtcdInput>> = {
            flags: { words: renderFlags(settings) },
            environment: { environment: Object.fromEntries(variables) },
            yaml: { file: renderYaml(settings, version) },
          };
          const { output } = await runEtcd(path, inputs[config], /starting an etcd server.*\n/);
          const line = output
            .split('\n')
            .find((candidate) => candidate.includes('"starting an etcd server"'));
          const {
            ts,
            'data-dir': data,
            'member-dir': own,
            ...rest
          } = JSON.parse(line ?? JSON.stringify(output));
          return [typeof ts, typeof data, typeof own, rest];
        }),
      );
      expect(environment).toEqual(flags);
      expect(file).toEqual(flags);
    });

    it('reads strings as strings', async () => {
      const tokens = [
        'yes',
        'off',
        '~',
        'null',
        '1e3',
        '0x1f',
        '010',
        '1:20',
        '1_000',
        '.5',
        '2001-01-01',
        '- a',
        'a: b',
        '#a',
        "'",
        '"',
        '=',
        '<<',
        '0b1',
        '+1',
        '.inf',
        'y',
      ];
      const answers = await inPairs(tokens, async (token) => {
        const values = {
          ...ALONE,
          ...(release === '3.4' ? { logger: 'zap' } : {}),
          'initial-cluster-token': token,
        };
        const settings = Object.entries(values).map(([name, value]) => ({ name, value }));
        const { output } = await runEtcd(
          path,
          { file: renderYaml(settings, version) },
          /starting an etcd server.*\n/,
        );
        const line = output.split('\n').find((candidate) => candidate.includes('"starting an etcd server"'));
        return JSON.parse(line ?? JSON.stringify(output))['initial-cluster-token'];
      });
      expect(answers).toEqual(tokens);
    });
  });
}
