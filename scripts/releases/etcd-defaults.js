// @ts-check
import { ETCD_DEFAULTS } from '../../dist/etcd/defaults.js';
import { releaseDefaults } from '../../dist/etcd/release-defaults.js';
import { ask, differences } from './ask.js';

/** What keeps a start off the default ports. */
const ELSEWHERE = {
  'listen-peer-urls': 'http://127.0.0.1:0',
  'listen-client-urls': 'http://127.0.0.1:0',
  'advertise-client-urls': 'http://127.0.0.1:1',
};
const STARTING = /^\{.*"starting an etcd server".*\}$/m;
const UNSET_MODE = 'unsupported compaction mode';

/**
 * The defaults that etcd tells of when it starts, and those that a configuration file goes without.
 *
 * @param {string} path
 * @param {import('../../dist/cluster-spec.js').EtcdVersion} version
 */
export async function defaultDifferences(path, version) {
  return [...(await startDifferences(path)), ...(await fileDefaultDifferences(path, version))];
}

/** @param {string} path */
async function startDifferences(path) {
  const words = Object.entries(ELSEWHERE).map(([name, value]) => `--${name}=${value}`);
  const output = await ask(path, [...words, '--logger=zap', '--data-dir=@DIR/data'], { until: STARTING });
  const told = JSON.parse(STARTING.exec(output)?.[0] ?? '{}');
  const given = {
    name: told.name,
    'initial-advertise-peer-urls': told['initial-advertise-peer-urls']?.join(),
    'heartbeat-interval': milliseconds(told['heartbeat-interval']),
    'election-timeout': milliseconds(told['election-timeout']),
  };
  const pairs = (/** @type {Readonly<Record<string, unknown>>} */ values) =>
    Object.keys(given).map((name) => `${name}=${values[name]}`);
  return differences('default', pairs(ETCD_DEFAULTS), pairs(given));
}

/**
 * @param {string} path
 * @param {import('../../dist/cluster-spec.js').EtcdVersion} version
 */
async function fileDefaultDifferences(path, version) {
  const lines = Object.entries({ ...ELSEWHERE, 'auto-compaction-retention': '1h', logger: 'zap' });
  const file = lines.map(([name, value]) => `${name}: ${value}\n`).join('');
  const output = await ask(path, ['--config-file=@DIR/etcd.yaml'], {
    file,
    until: /ready to serve client requests|serving client traffic|unsupported compaction mode/,
  });
  const settings = releaseDefaults({ ...SPEC, version, config: 'yaml' }).map(({ name }) => name);
  return differences(
    'default missing from a file:',
    settings.filter((name) => name === 'auto-compaction-mode'),
    output.includes(UNSET_MODE) ? ['auto-compaction-mode'] : [],
  );
}

/** @type {Omit<import('../../dist/cluster-spec.js').EtcdSpec, 'version' | 'config'>} */
const SPEC = {
  binary: '/usr/local/bin/etcd',
  dataDir: '/var/lib/etcd',
  clientPort: 2379,
  peerPort: 2380,
  state: 'new',
  settings: [],
};

/** @param {unknown} duration as Go prints those of these settings */
function milliseconds(duration) {
  const [, count, unit] = /^(\d+)(ms|s)$/.exec(String(duration)) ?? [];
  return count === undefined ? duration : String(Number(count) * (unit === 's' ? 1000 : 1));
}
