// @ts-check
import { CHANGED_DEFAULTS, ETCD_DEFAULTS, etcdDefault } from '../../dist/etcd/defaults.js';
import { isInSpan } from '../../dist/etcd/release-span.js';
import { SETTINGS } from '../../dist/etcd/setting/table.js';
import { ask, differences } from './ask.js';

/** @typedef {import('../../dist/cluster-spec.js').EtcdVersion} EtcdVersion */
/** @typedef {Readonly<Record<string, string | undefined>>} Values */

/** What keeps a start off the default ports. */
const ELSEWHERE = {
  'listen-peer-urls': 'http://127.0.0.1:0',
  'listen-client-urls': 'http://127.0.0.1:0',
  'advertise-client-urls': 'http://127.0.0.1:1',
};
/** Zap's line for a port that is served, and what stands for it with capnslog. */
const SERVING = /"serving client traffic insecurely.*"address":"([^"]+)"/;
const READY = new RegExp(`${SERVING.source}|serving insecure client requests`);
const STARTING = /^\{.*"starting an etcd server".*\}$/m;
const UNSET_MODE = 'unsupported compaction mode';

/**
 * The defaults of the table, all of them, and every boolean that is not in it: it is off. What a running etcd tells or does counts, and
 * its help for the rest.
 *
 * @param {string} path
 * @param {EtcdVersion} version
 */
export async function defaultDifferences(path, version) {
  const given = {
    ...(await helpDefaults(path)),
    ...(await startDefaults(path)),
    ...(await listenDefaults(path)),
    ...(await loggerDefault(path)),
    'enable-grpc-gateway': String(await hasGateway(path, words({ ...ELSEWHERE, logger: 'zap' }))),
  };
  return [
    ...differences('default', ...inTable(version, 'flags', given)),
    ...differences('default of a file', ...inTable(version, 'yaml', await fileDefaults(path))),
  ];
}

/**
 * Pairs of the table, and of the program, for the names that both can be asked for.
 *
 * @param {EtcdVersion} version
 * @param {import('../../dist/cluster-spec.js').ConfigStyle} config
 * @param {Values} given
 * @returns {[readonly string[], readonly string[]]}
 */
function inTable(version, config, given) {
  const known = SETTINGS.filter((row) => isInSpan(version, row));
  const listed = [...Object.keys(ETCD_DEFAULTS), ...CHANGED_DEFAULTS.map(({ name }) => name)];
  const booleans = known.flatMap(({ name, kind }) => (kind.type === 'boolean' ? [name] : []));
  const names = [...new Set([...listed, ...booleans])].filter(
    (name) => known.some((row) => row.name === name) && (config === 'flags' || name in given),
  );
  const byTable = (/** @type {string} */ name) =>
    etcdDefault(name, version, config) ?? (booleans.includes(name) ? 'false' : 'none');
  return [
    names.map((name) => `${name}=${byTable(name)}`),
    // A boolean of which the help says nothing is one that is off: it would have to be named to be switched off.
    names.map((name) => `${name}=${given[name] ?? (booleans.includes(name) ? 'false' : 'none')}`),
  ];
}

/**
 * @param {string} path
 * @returns {Promise<Values>}
 */
async function helpDefaults(path) {
  const help = await ask(path, ['--help']);
  return Object.fromEntries(
    [...help.matchAll(/^ +--([a-z0-9-]+) (?:'([^'\n]*)'|(\d+))$/gm)].map(([, name = '', quoted, bare]) => [
      name,
      (quoted ?? bare) || undefined,
    ]),
  );
}

/**
 * What etcd says that it runs with.
 *
 * @param {string} path
 * @returns {Promise<Values>}
 */
async function startDefaults(path) {
  const output = await ask(path, words({ ...ELSEWHERE, logger: 'zap' }), { until: STARTING });
  const told = JSON.parse(STARTING.exec(output)?.[0] ?? '{}');
  const interval = told['compact-check-time-interval'];
  return present({
    name: told.name,
    'initial-advertise-peer-urls': told['initial-advertise-peer-urls']?.join(),
    'initial-cluster-token': told['initial-cluster-token'],
    'initial-election-tick-advance': text(told['initial-election-tick-advance']),
    'heartbeat-interval': milliseconds(told['heartbeat-interval']),
    'election-timeout': milliseconds(told['election-timeout']),
    'pre-vote': text(told['pre-vote']),
    'force-new-cluster': text(told['force-new-cluster']),
    'auto-compaction-mode': told['auto-compaction-mode'],
    'auto-compaction-retention': told['auto-compaction-retention']?.replace(/^0s$/, '0'),
    'compact-hash-check-time': interval?.replace(/m0s$/, 'm'),
    'experimental-compact-hash-check-time': interval?.replace(/m0s$/, 'm'),
  });
}

/**
 * Where etcd would listen; it says so before it tries.
 *
 * @param {string} path
 * @returns {Promise<Values>}
 */
async function listenDefaults(path) {
  const listening = async (/** @type {string} */ name, /** @type {string} */ kind) => {
    const others = Object.fromEntries(Object.entries(ELSEWHERE).filter(([other]) => other !== name));
    const said = new RegExp(`"configuring ${kind} listeners",.*"${name}":\\["([^"]*)"\\]`);
    return said.exec(await ask(path, words({ ...others, logger: 'zap' }), { until: said }))?.[1];
  };
  return {
    'listen-peer-urls': await listening('listen-peer-urls', 'peer'),
    'listen-client-urls': await listening('listen-client-urls', 'client'),
  };
}

/**
 * Zap writes JSON, and capnslog lines of text.
 *
 * @param {string} path
 * @returns {Promise<Values>}
 */
async function loggerDefault(path) {
  const output = await ask(path, words(ELSEWHERE), { until: READY });
  return { logger: STARTING.test(output) ? 'zap' : 'capnslog' };
}

/**
 * Of a configuration file the defaults that belong to flags in some release.
 *
 * @param {string} path
 * @returns {Promise<Values>}
 */
async function fileDefaults(path) {
  const file = (/** @type {Readonly<Record<string, string>>} */ more) =>
    Object.entries({ ...ELSEWHERE, 'data-dir': '@DIR/data', logger: 'zap', ...more })
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('');
  const retention = await ask(path, ['--config-file=@DIR/etcd.yaml'], {
    file: file({ 'auto-compaction-retention': '1h' }),
    until: new RegExp(`${READY.source}|${UNSET_MODE}`),
  });
  return {
    'auto-compaction-mode': retention.includes(UNSET_MODE) ? undefined : 'periodic',
    'enable-grpc-gateway': String(await hasGateway(path, ['--config-file=@DIR/etcd.yaml'], file({}))),
  };
}

/**
 * Whether etcd has the gateway on its client port.
 *
 * @param {string} path
 * @param {readonly string[]} start
 * @param {string} [file]
 */
async function hasGateway(path, start, file) {
  /** @type {number | undefined} */
  let status;
  await ask(path, start, {
    ...(file === undefined ? {} : { file }),
    until: SERVING,
    meanwhile: async (output) => {
      const address = SERVING.exec(output)?.[1];
      const answer = await fetch(`http://${address}/v3/maintenance/status`, { method: 'POST', body: '{}' });
      status = answer.status;
    },
  });
  if (status === undefined) throw new Error(`${path} does not serve`);
  // It is there where it tries to dial: behind a port that the kernel chose it finds nothing.
  return status !== 404;
}

/** @param {Readonly<Record<string, string>>} settings */
function words(settings) {
  return Object.entries({ ...settings, 'data-dir': '@DIR/data' }).map(
    ([name, value]) => `--${name}=${value}`,
  );
}

/** @param {Values} values */
function present(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** @param {unknown} value */
function text(value) {
  return value === undefined ? undefined : String(value);
}

/** @param {unknown} duration as Go prints those of these settings */
function milliseconds(duration) {
  const [, count, unit] = /^(\d+)(ms|s)$/.exec(String(duration)) ?? [];
  return count === undefined ? text(duration) : String(Number(count) * (unit === 's' ? 1000 : 1));
}
