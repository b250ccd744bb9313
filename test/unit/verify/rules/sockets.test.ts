import { describeRule } from './describe-rule.js';
import { flag, line } from './hosts.js';

const SOCKETS = `members:
  - {name: e1, address: 10.0.0.1, listenClientUrls: ["https://10.0.0.1:2379", "unixs:///run/etcd/etcd.sock"]}
  - {name: e2, address: 10.0.0.2}
etcd: {version: "3.6.16", config: flags}
`;
const listen = (socket: string): ((text: string) => string) =>
  flag('listen-client-urls', `https://10.0.0.1:2379,${socket}`);

describeRule('socket-paths', [
  [
    'a socket for peers, whose path etcd does not take',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-peer-urls', 'https://10.0.0.1:2380,unix:///run/etcd/peer.sock')),
  ],
  [
    'one for metrics',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-metrics-urls', 'unix:///run/etcd/metrics.sock')),
  ],
  ['two slashes', 'warning', (hosts) => hosts.unit('e1', listen('unix://run/etcd/etcd.sock'))],
  ['no slash', 'warning', (hosts) => hosts.unit('e1', listen('unix:etcd.sock'))],
  ['a long path', 'error', (hosts) => hosts.unit('e1', listen(`unix:///tmp/${'e'.repeat(103)}`))],
]);

describeRule('socket-access', [
  [
    'a folder of root',
    'error',
    (hosts) =>
      hosts
        .directory('e1', 'srv', 0o755, 'root')
        .unit('e1', listen('unix:///srv/etcd.sock'))
        .unit('e1', line('ReadWritePaths=/srv')),
  ],
  [
    'a folder of nobody knows whom',
    'notice',
    (hosts) =>
      hosts
        .directory('e1', 'srv', 0o750)
        .unit('e1', listen('unix:///srv/etcd.sock'))
        .unit('e1', line('ReadWritePaths=/srv')),
  ],
  ['a folder that the sandbox closes', 'error', (hosts) => hosts.unit('e1', listen('unix:///srv/etcd.sock'))],
  [
    'a folder that the sandbox makes up',
    'warning',
    (hosts) => hosts.unit('e1', listen('unix:/tmp/etcd.sock')),
  ],
]);

describeRule(
  'socket-names',
  [
    [
      'another name than that of its file',
      'warning',
      (hosts) =>
        hosts.unit('e1', (text) =>
          text.replace('unixs:///run/etcd/etcd.sock', 'unixs:///run/etcd/other.sock'),
        ),
    ],
  ],
  SOCKETS,
);
