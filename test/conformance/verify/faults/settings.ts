import { configFile, edit, environment, type FaultCase, PEER, PEER_KEY, row, setAll } from './making.js';

/** How etcd is told what to do. */
export const settingsFaults: readonly FaultCase[] = [
  row('nothing', 1, 'none', () => {}),
  row('nothing, two members', 2, 'none', () => {}),
  row('a flag that no release has', 1, 'etcd-flags', ({ host }) =>
    host.flags.set('listen-client-url', 'https://127.0.0.1:2379'),
  ),
  row('an experimental flag that 3.7 dropped', 1, 'etcd-flags', ({ host }) =>
    host.flags.set('experimental-initial-corrupt-check', 'true'),
  ),
  row('feature gates, which 3.5 has not', 1, 'etcd-flags', ({ host }) =>
    host.flags.set('feature-gates', 'InitialCorruptCheck=true'),
  ),
  row('a feature gate that does not exist', 1, 'setting-values|etcd-flags', ({ host }) =>
    host.flags.set('feature-gates', 'Foo=true'),
  ),
  row('a boolean with its value behind a space', 1, 'etcd-flags', ({ host }) =>
    host.words.push('--pre-vote true'),
  ),
  row('a boolean that Go does not parse', 1, 'setting-values', ({ host }) =>
    host.flags.set('client-cert-auth', 'yes'),
  ),
  row('a flag without its value', 1, 'etcd-flags', ({ host }) => host.words.push('--snapshot-count')),
  row('a flag and its variable', 1, 'environment-conflict', ({ host }) =>
    environment(host, 'ETCD_NAME=m1\n'),
  ),
  row('a flag and its variable, empty', 1, 'environment-conflict', ({ host }) =>
    environment(host, 'ETCD_DATA_DIR=\n'),
  ),
  row('a variable that etcd does not know', 1, 'none', ({ host }) =>
    environment(host, 'ETCD_LISTEN_CLIENT_URL=https://127.0.0.1:2379\n'),
  ),
  row('a variable with a bad value', 1, 'setting-values', ({ host }) =>
    environment(host, 'ETCD_HEARTBEAT_INTERVAL=100ms\n'),
  ),
  row('everything in the environment', 1, 'none', ({ host }) => {
    environment(
      host,
      [...host.flags]
        .map(([name, value]) => `ETCD_${name.toUpperCase().replaceAll('-', '_')}=${value}\n`)
        .join(''),
    );
    host.flags.clear();
    host.flags.set('logger', 'zap');
  }),
  row('a configuration file', 1, 'none', ({ host }) => configFile(host, '')),
  row('scalars that Go alone takes for text, in a configuration file', 1, 'none', ({ host }) =>
    configFile(host, 'initial-cluster-token: e1\nlog-format: json\n'),
  ),
  row('a number with an exponent where a file wants text', 1, 'config-file', ({ host }) =>
    configFile(host, 'initial-cluster-token: 1e5\n'),
  ),
  row('a duration in a configuration file', 1, 'config-file', ({ host }) =>
    configFile(host, 'grpc-keepalive-interval: 5s\n'),
  ),
  row('a number where a file wants text', 1, 'config-file', ({ host }) =>
    configFile(host, 'auto-compaction-retention: 1\n'),
  ),
  row('a retention without its mode in a configuration file', 1, 'config-file-defaults', ({ host }) =>
    configFile(host, 'auto-compaction-retention: "1h"\n'),
  ),
  row('a URL list in a configuration file', 1, 'config-file', ({ host }) =>
    configFile(host, 'listen-metrics-urls: [http://127.0.0.1:23810]\n'),
  ),
  row('an unknown key in a configuration file', 1, 'none', ({ host }) =>
    configFile(host, 'listen-client-url: http://127.0.0.1:1\n'),
  ),
  row('a configuration file that is no YAML', 1, 'config-file', ({ host }) =>
    configFile(host, '\tname: [\n'),
  ),
  row('peer keys misnamed in a configuration file', 1, 'tls-pairs', ({ host }) => {
    configFile(host, '');
    edit(host, '/etc/etcd/etcd.conf.yml', (text) =>
      text.replace(
        /peer-transport-security:\n {2}cert-file:.*\n {2}key-file:.*\n/,
        `peer-transport-security:\n  peer-cert-file: ${PEER}\n  peer-key-file: ${PEER_KEY}\n`,
      ),
    );
  }),
  row('flags beside a configuration file', 1, 'none', ({ host }) => {
    configFile(host, '');
    host.flags.set('name', 'other');
  }),
  row('no configuration file where one is named', 1, 'config-file', ({ host }) => {
    host.flags.clear();
    host.flags.set('config-file', '/etc/etcd/nothing.yml');
  }),
  row('a name to listen on', 1, 'listen-urls', ({ host }) =>
    host.flags.set('listen-client-urls', 'https://etcd.example.org:2379'),
  ),
  row('a path in a URL', 1, 'setting-values', ({ host }) =>
    host.flags.set('listen-client-urls', `https://${host.address}:2379/`),
  ),
  row('a URL without a port', 1, 'setting-values', ({ host }) =>
    host.flags.set('advertise-client-urls', `https://${host.address}`),
  ),
  row('a URL without a scheme', 1, 'setting-values', ({ host }) =>
    host.flags.set('listen-peer-urls', `${host.address}:2380`),
  ),
  row('no advertised client URL', 1, 'advertise-urls', ({ host }) =>
    host.flags.delete('advertise-client-urls'),
  ),
  row('clients and peers on one port', 1, 'port-clash', ({ host }) =>
    host.flags.set('listen-client-urls', `https://${host.address}:2380`),
  ),
  row('http and https peers on one port', 1, 'port-clash', ({ host }) =>
    host.flags.set('listen-peer-urls', `https://${host.address}:2380,http://${host.address}:2380`),
  ),
  row('no advertised client URL in a configuration file', 1, 'none', ({ host }) => {
    host.flags.delete('advertise-client-urls');
    configFile(host, '');
  }),
  row('an advertised name that the certificate lacks, and endpoints that it has', 1, 'none', ({ host }) =>
    host.flags.set('advertise-client-urls', 'https://etcd.example.org:2379'),
  ),
  row('metrics on the client port', 1, 'port-clash', ({ host }) =>
    host.flags.set('listen-metrics-urls', `http://${host.address}:2379`),
  ),
  row('a state that is none', 1, 'setting-values', ({ host }) =>
    host.flags.set('initial-cluster-state', 'joining'),
  ),
  row('elections shorter than five heartbeats', 1, 'setting-combinations', ({ host }) =>
    host.flags.set('heartbeat-interval', '300'),
  ),
  row('elections of a minute', 1, 'setting-combinations', ({ host }) =>
    host.flags.set('election-timeout', '60000'),
  ),
  row('a log level of other programs', 1, 'setting-values', ({ host }) =>
    host.flags.set('log-level', 'warning'),
  ),
  row('a retention in days', 1, 'setting-values', ({ host }) =>
    host.flags.set('auto-compaction-retention', '1d'),
  ),
  row('a compaction mode that is none', 1, 'setting-values', ({ host }) =>
    host.flags.set('auto-compaction-mode', 'hourly'),
  ),
  row('TLS 1.1', 1, 'setting-values', ({ host }) => host.flags.set('tls-min-version', 'TLS1.1')),
  row('a cipher suite that Go has not', 1, 'setting-values', ({ host }) =>
    host.flags.set('cipher-suites', 'ECDHE-RSA-AES128-GCM-SHA256'),
  ),
  row('cipher suites without the one of HTTP/2', 1, 'setting-combinations', ({ host }) =>
    host.flags.set('cipher-suites', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'),
  ),
  row('TLS 1.3 with cipher suites', 1, 'setting-combinations', ({ host }) =>
    host.flags
      .set('tls-min-version', 'TLS1.3')
      .set('cipher-suites', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'),
  ),
  row('plain http on loopback beside https', 1, 'none', ({ host }) =>
    host.flags.set('listen-client-urls', `https://${host.address}:2379,http://127.0.0.1:2379`),
  ),
  row('http and https on one port', 1, 'none', ({ host }) =>
    host.flags.set('listen-client-urls', `https://${host.address}:2379,http://${host.address}:2379`),
  ),
  row('a name that initial-cluster has not', 1, 'bootstrap', ({ host }) => host.flags.set('name', 'm9')),
  row('a space in initial-cluster', 2, 'bootstrap', ({ hosts }) =>
    setAll(hosts, 'initial-cluster', ({ flags }) => (flags.get('initial-cluster') ?? '').replace(',', ', ')),
  ),
  row('another URL than initial-cluster has', 1, 'bootstrap', ({ host }) =>
    host.flags.set('initial-advertise-peer-urls', `https://${host.address}:2390`),
  ),
  row('http in initial-cluster, https advertised', 1, 'bootstrap', ({ host }) =>
    host.flags.set('initial-cluster', `m1=http://${host.address}:2380`),
  ),
  row('one URL twice in initial-cluster', 1, 'bootstrap', ({ host }) =>
    host.flags.set('initial-cluster', `m1=https://${host.address}:2380,m2=https://${host.address}:2380`),
  ),
  row('tokens that differ', 2, 'cluster-agreement', ({ hosts }) =>
    hosts[1]?.flags.set('initial-cluster-token', 'other'),
  ),
  row('lists of members that differ', 2, 'cluster-agreement', ({ hosts }) =>
    hosts[1]?.flags.set('initial-cluster', `m2=https://${hosts[1].address}:2380`),
  ),
  row('one name for two members', 2, 'member-names|bootstrap', ({ hosts }) =>
    hosts[1]?.flags.set('name', 'm1'),
  ),
  row('http peers for https URLs', 2, 'advertised-schemes', ({ hosts }) =>
    setAll(hosts, 'listen-peer-urls', ({ address }) => `http://${address}:2380`),
  ),
  row('http clients for https URLs', 1, 'advertised-schemes', ({ host }) =>
    host.flags.set('listen-client-urls', `http://${host.address}:2379`),
  ),
];
