import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import type { Fault } from './fault.js';
import { alone, goodPair, member, READY, type Stage, secured } from './stage.js';

const ENDED = /(?!)/;

/** What is wrong with settings: etcd says it and ends, or warns. */
export const settingFaults: readonly Fault[] = [
  refused('unknown flag', 'unknown-flag', { 'no-such-flag': 'x' }),
  refused('heartbeat and election too near', 'election-timeout-too-short', {
    'heartbeat-interval': '300',
    'election-timeout': '1000',
  }),
  refused('election timeout too long', 'election-timeout-too-long', { 'election-timeout': '60000' }),
  refused('DNS name in a listen URL', 'listen-url-needs-address', {
    'listen-client-urls': 'http://etcd.example.com:2379',
  }),
  refused('path in a URL', 'url-with-path', { 'listen-client-urls': 'http://127.0.0.1:2379/' }),
  refused('URL without a port', 'url-without-port', { 'listen-client-urls': 'http://127.0.0.1' }),
  refused('scheme of no use', 'url-scheme', { 'listen-client-urls': 'ftp://127.0.0.1:2379' }),
  refused('no advertised client URL', 'advertise-client-urls-missing', {
    'advertise-client-urls': undefined,
  }),
  refused('no host to advertise', 'advertise-url-without-host', { 'advertise-client-urls': 'http://:2379' }),
  refused('two ways to bootstrap', 'several-bootstrap-methods', { 'discovery-srv': 'example.org' }),
  refused('cluster state of no use', 'cluster-state-unknown', { 'initial-cluster-state': 'joining' }),
  refused('name not in initial-cluster', 'name-not-in-initial-cluster', { name: 'm9' }),
  refused('space in initial-cluster', 'name-not-in-initial-cluster', {
    'initial-cluster': 'm0=http://127.0.0.9:2380, m1=http://127.0.0.1:2380',
  }),
  refused('advertised URL not in initial-cluster', 'advertised-urls-differ', {
    'initial-advertise-peer-urls': 'http://@ADDRESS:2390',
  }),
  refused('the same URL twice', 'initial-cluster-duplicate-url', {
    'initial-advertise-peer-urls': 'http://@ADDRESS:2380',
    'initial-cluster': 'm1=http://@ADDRESS:2380,m2=http://@ADDRESS:2380',
  }),
  refused('compaction mode of no use', 'compaction-mode-unknown', {
    'auto-compaction-mode': 'foo',
    'auto-compaction-retention': '1',
  }),
  refused('days in a Go duration', 'duration-unit', { 'auto-compaction-retention': '1d' }),
  refused('log level of no use', 'log-level-unknown', { 'log-level': 'warning', logger: 'zap' }, [
    '3.4',
    '3.5',
    '3.6',
  ]),
  refused('a cipher suite of no use', 'cipher-suite-unknown', { 'cipher-suites': 'FOO' }),
  refused('a certificate without its key', 'key-without-certificate', {
    'peer-cert-file': '/tmp/none.crt',
    'listen-peer-urls': 'https://@ADDRESS:2380',
  }),
  refused('https client URL without a certificate', 'https-without-certificate', {
    'listen-client-urls': 'https://@ADDRESS:2379',
  }),
  refused('https peer URL without a certificate', 'https-without-certificate', {
    'listen-peer-urls': 'https://@ADDRESS:2380',
  }),
  refused(
    'https metrics URL without a certificate',
    'https-without-certificate',
    { 'listen-metrics-urls': 'https://@ADDRESS:2381' },
    ['3.4'],
  ),
  refused('TLS version of no use', 'tls-version', { 'tls-min-version': 'TLS1.1' }, ['3.5', '3.6', '3.7']),
  refused('feature gate of no use', 'feature-gate-unknown', { 'feature-gates': 'Foo=true' }, ['3.6', '3.7']),
  refused('experimental flag that is gone', 'unknown-flag', { 'experimental-corrupt-check-time': '1m' }, [
    '3.7',
  ]),
  refused(
    'old and new name of a setting',
    'experimental-and-stable',
    { 'experimental-corrupt-check-time': '1m', 'corrupt-check-time': '1m' },
    ['3.6'],
  ),
  refused('a logger that is gone', 'logger-removed', { logger: 'capnslog' }, ['3.5', '3.6']),
  refused('a name of a boolean that is none', 'invalid-flag-value', { 'client-cert-auth': 'yes' }),
  fault('a word that is no flag', 'word-is-no-flag', async (stage) =>
    stage.etcdSays([...alone(stage), '--client-cert-auth', 'true'], ENDED),
  ),
  fault('a setting as flag and variable', 'flag-and-variable', async (stage) =>
    stage.etcdSays(alone(stage), ENDED, { environment: { ETCD_NAME: 'm1' } }),
  ),
  fault('a variable of no use', 'unknown-variable', async (stage) =>
    stage.etcdSays(alone(stage), READY, { environment: { ETCD_NO_SUCH_THING: '1' } }),
  ),
  fault('a boolean variable that is none', 'invalid-variable-value', async (stage) =>
    stage.etcdSays(alone(stage), ENDED, { environment: { ETCD_CLIENT_CERT_AUTH: 'yes' } }),
  ),
  file(
    'a list where a file wants text',
    'config-file-type',
    'name: m1\nlisten-client-urls: [http://127.0.0.1:2379]\n',
  ),
  fault(
    'a retention without its mode in a file',
    'compaction-mode-missing',
    async (stage) => {
      const settings = [...alone(stage)].map((word) => word.replace(/^--([^=]+)=(.*)$/, '$1: $2\n'));
      const path = stage.file('etcd.yml', `${settings.join('')}auto-compaction-retention: "1h"\n`);
      return stage.etcdSays([`--config-file=${path}`], ENDED);
    },
    ['3.4', '3.5'],
  ),
  file('a duration in a file', 'config-file-type', 'name: m1\ngrpc-keepalive-interval: 5s\n'),
  fault('no configuration file', 'file-missing', async (stage) =>
    stage.etcdSays(['--config-file=/nowhere/etcd.yml'], ENDED),
  ),
  fault('peer port in use', 'address-in-use', (stage) => occupied(stage, 2380)),
  fault('client port in use', 'address-in-use', (stage) => occupied(stage, 2379)),
  fault('address of another host', 'address-not-local', (stage) =>
    stage.etcdSays(alone(stage, { 'listen-client-urls': 'http://192.0.2.1:2379' }), ENDED),
  ),
  fault('few open files', 'too-few-open-files', (stage) =>
    stage.shell(`ulimit -n 100; exec "$@"`, alone(stage)),
  ),
  fault('a data folder that is a file', 'data-dir-unusable', async (stage) => {
    stage.file('data', '');
    return stage.etcdSays(alone(stage), ENDED);
  }),
  fault('a data folder that everybody may read', 'data-dir-permissions', async (stage) => {
    mkdirSync(join(stage.folder, 'data'), { mode: 0o755 });
    return stage.etcdSays(alone(stage), READY);
  }),
  fault('a foreign file in the data folder', 'data-dir-foreign-file', async (stage) => {
    stage.file('data/lost+found', '');
    return stage.etcdSays(alone(stage), READY);
  }),
  fault('a quota beyond what is tested', 'quota-too-large', async (stage) =>
    stage.etcdSays(alone(stage, { 'quota-backend-bytes': '17179869184' }), READY),
  ),
  fault(
    'the name default',
    'default-name',
    async (stage) =>
      stage.etcdSays(
        alone(stage, { name: 'default', 'initial-cluster': `default=http://${stage.address(1)}:2380` }),
        READY,
      ),
    ['3.6', '3.7'],
  ),
  fault(
    'HTTP and gRPC on one port',
    'http-and-grpc-on-one-port',
    async (stage) => stage.etcdSays(alone(stage), READY),
    ['3.5', '3.6', '3.7'],
  ),
  fault('client certificates wanted on http', 'http-ignores-client-cert-auth', async (stage) => {
    const pair = goodPair(stage, 'server');
    const url = `http://${stage.address(1)}:2379`;
    return stage.etcdSays(
      secured(stage, pair, { 'listen-client-urls': url, 'advertise-client-urls': url }),
      READY,
    );
  }),
  fault('peer certificates on http', 'http-ignores-client-cert-auth', async (stage) => {
    const pair = goodPair(stage, 'peer');
    return stage.etcdSays(
      alone(stage, {
        'peer-cert-file': pair.certificate,
        'peer-key-file': pair.key,
        'peer-client-cert-auth': 'true',
        'peer-trusted-ca-file': stage.file('ca.crt', stage.authority.certificate),
      }),
      READY,
    );
  }),
  fault(
    'one URL for HTTP and gRPC',
    'http-and-grpc-same-url',
    async (stage) =>
      stage.etcdSays(alone(stage, { 'listen-client-http-urls': `http://${stage.address(1)}:2379` }), ENDED),
    ['3.5', '3.6', '3.7'],
  ),
  fault('a member that cannot be reached to join', 'cannot-fetch-cluster', (stage) =>
    stage.etcdSays(member(stage, 2, 2, undefined, { 'initial-cluster-state': 'existing' }), ENDED),
  ),
];

function refused(
  name: string,
  id: string,
  settings: Readonly<Record<string, string | undefined>>,
  releases?: Fault['releases'],
): Fault {
  return fault(name, id, (stage) => stage.etcdSays(alone(stage, settings), ENDED), releases);
}

function file(name: string, id: string, text: string): Fault {
  return fault(name, id, (stage) => stage.etcdSays([`--config-file=${stage.file('etcd.yml', text)}`], ENDED));
}

function fault(
  name: string,
  id: string,
  run: Fault['run'],
  releases: Fault['releases'] = ETCD_RELEASES,
): Fault {
  return { name, id, run, releases };
}

async function occupied(stage: Stage, port: number): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, stage.address(1), resolve));
  try {
    return await stage.etcdSays(alone(stage), ENDED);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
