import { ACCOUNT, ADDRESS, type CaseKind, type LaboratoryCase, PKI } from '../laboratory-case.js';

const UNITS = '/etc/systemd/system';
const KEY = `${PKI}/server.key`;
const write = (path: string, text: string): string =>
  `mkdir -p $(dirname ${path}); printf '${text.replaceAll('\n', '\\n')}\\n' >${path}`;
const REMOVED: readonly LaboratoryCase[] = [
  { name: 'a star that no shell fills in', runs: true, service: 'ExecStartPre=/bin/rm -rf /var/lib/etcd/*' },
  {
    name: 'files of a snapshot that was cut',
    runs: true,
    service: "ExecStartPre=-/usr/bin/find /var/lib/etcd -name '*.snap.db.tmp*' -delete",
  },
  { name: 'other data after it ran', runs: true, service: 'ExecStartPost=/bin/rm -rf /var/lib/etcd-old' },
];

const OTHERS: readonly LaboratoryCase[] = [
  {
    name: 'a value that systemd drops, and then its account',
    runs: true,
    service: 'User=etcd\nProtectSystem=strikt',
    setup: ACCOUNT,
  },
  { name: 'a type that is none', runs: true, service: 'Type=notfy' },
  {
    name: 'a start that waits for a word that is none',
    runs: true,
    service: 'Type=notify\nTimeoutStartSec=0.01sek',
  },
  { name: 'an account that is none', runs: false, service: 'User=et/cd' },
  { name: 'a working directory that is relative', runs: false, service: 'WorkingDirectory=var/lib/etcd' },
  {
    name: 'a working directory that is relative and may be missing',
    runs: true,
    service: 'WorkingDirectory=-var/lib/etcd',
  },
  {
    name: 'families of sockets that are misspelt',
    runs: false,
    service: 'RestrictAddressFamilies=AF_INTE AF_INTE6 AF_UNX',
  },
  {
    name: 'one family that is misspelt',
    runs: true,
    service: 'RestrictAddressFamilies=AF_INET AF_INTE6 AF_UNIX AF_NETLINK',
  },
  {
    name: 'capabilities that are misspelt',
    runs: false,
    service: 'User=etcd\nCapabilityBoundingSet=CAP_NET_BIND_SERVCE\nAmbientCapabilities=CAP_NET_BIND_SERVCE',
    setup: ACCOUNT,
    flags: {
      'listen-client-urls': `https://${ADDRESS}:379`,
      'advertise-client-urls': `https://${ADDRESS}:379`,
    },
    endpoint: `https://${ADDRESS}:379`,
  },
  {
    name: 'a state whose path is absolute',
    runs: false,
    service: 'User=etcd\nStateDirectory=/var/lib/etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  { name: 'a limit of files that is dropped', runs: true, service: 'LimitNOFILE=100k' },
  { name: 'threads that are dropped', runs: true, service: 'TasksMax=4x' },
  {
    name: 'paths of which one is relative',
    runs: false,
    service: 'User=etcd\nProtectSystem=strict\nReadWritePaths=var/lib/etcd',
    setup: ACCOUNT,
  },
  {
    name: 'a drop-in with another user',
    runs: true,
    service: 'User=nosuch',
    setup: `${ACCOUNT}; ${write(`${UNITS}/etcd.service.d/user.conf`, '[Service]\nUser=etcd')}`,
  },
  {
    name: 'a drop-in of systemd that is emptied',
    runs: true,
    setup: `${write('/usr/lib/systemd/system/etcd.service.d/a.conf', '[Service]\nUser=nosuch')}; mkdir -p ${UNITS}/etcd.service.d; : >${UNITS}/etcd.service.d/a.conf`,
  },
  {
    name: 'a member of a group by sysusers.d with numbers',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd',
    setup: `printf 'g pki 4555\\nu etcd 4556:4555\\n' >/etc/sysusers.d/e.conf; printf 'z ${KEY} 0640 root pki\\n' >/etc/tmpfiles.d/e.conf`,
    boot: 'systemd-sysusers && systemd-tmpfiles --create e.conf',
  },
  {
    name: 'a key by a link to a folder that is closed',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; install -d -m 700 /srv/vault; mv ${KEY} /srv/vault/k; ln -s /srv/vault/k ${KEY}`,
  },
  {
    name: 'a folder of keys that is a link',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; mv ${PKI} /srv/pki; ln -s /srv/pki ${PKI}`,
  },
  {
    name: 'data by a link to a folder of its own',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; mv /var/lib/etcd /srv/data; ln -s ../../srv/data /var/lib/etcd`,
  },
  {
    name: 'data by a link that leads nowhere',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd; ln -s /srv/none /var/lib/etcd`,
  },
  {
    name: 'an account whose folder is not its home',
    runs: true,
    service: 'User=etcd\nWorkingDirectory=~',
    setup: `${ACCOUNT}; mkdir -p /home/etcd; chown etcd: /home/etcd`,
  },
  {
    name: 'its group alone, keys of the group',
    runs: true,
    service: 'Group=keys',
    setup: `groupadd keys; chown root:keys ${KEY}; chmod 640 ${KEY}`,
  },
  {
    name: 'root without what root may',
    runs: false,
    service: 'CapabilityBoundingSet=~CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH',
    setup: `${ACCOUNT}`,
  },
  {
    name: 'a dynamic user with keys by credentials',
    runs: true,
    service: `DynamicUser=yes\nStateDirectory=etcd\nLoadCredential=k:${KEY}\nLoadCredential=c:${PKI}/server.crt`,
    flags: { 'key-file': '%d/k', 'cert-file': '%d/c', 'peer-key-file': '%d/k', 'peer-cert-file': '%d/c' },
  },
  {
    name: 'a state with mode 0500',
    runs: false,
    service: 'User=etcd\nStateDirectory=etcd\nStateDirectoryMode=0500',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  {
    name: 'a state with mode 0770',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd\nStateDirectoryMode=0770',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  {
    name: 'every address and its own',
    runs: false,
    flags: { 'listen-client-urls': `https://0.0.0.0:2379,https://${ADDRESS}:2379` },
  },
  {
    name: 'its own address and the loopback',
    runs: true,
    flags: { 'listen-client-urls': `https://${ADDRESS}:2379,https://127.0.0.1:2379` },
  },
  {
    name: 'peers on the port of clients, another address',
    runs: true,
    flags: {
      'listen-peer-urls': 'https://127.0.0.1:2379',
      'initial-advertise-peer-urls': 'https://127.0.0.1:2379',
      'initial-cluster': 'a1=https://127.0.0.1:2379',
    },
  },
  {
    name: 'an instance with a dash',
    runs: true,
    unit: 'etcd@a-1',
    flags: { name: '%i', 'initial-cluster': `%i=https://${ADDRESS}:2380` },
    setup: `mv ${UNITS}/etcd.service ${UNITS}/etcd@.service; systemctl enable etcd@a-1`,
  },
  {
    name: 'a unit that links to a file elsewhere',
    runs: true,
    setup: `mkdir -p /opt/etcd; mv ${UNITS}/etcd.service /opt/etcd/; systemctl link /opt/etcd/etcd.service`,
  },
  {
    name: 'an environment file by a pattern',
    runs: true,
    service: 'EnvironmentFile=/etc/etcd/*.env',
    flags: { name: undefined },
    setup: 'echo ETCD_NAME=a1 >/etc/etcd/a.env',
  },
  {
    name: 'two environment files, the later with another name',
    runs: false,
    service: 'EnvironmentFile=/etc/etcd/a.env\nEnvironmentFile=-/etc/etcd/b.env',
    flags: { name: undefined },
    setup: 'echo ETCD_NAME=a1 >/etc/etcd/a.env; echo ETCD_NAME=b1 >/etc/etcd/b.env',
  },
  { name: 'a condition that is turned round', runs: false, head: `ConditionPathExists=!${PKI}/ca.crt` },
  {
    name: 'two conditions of which one is enough',
    runs: true,
    head: `ConditionPathExists=|/srv/none\nConditionPathExists=|${PKI}/ca.crt`,
  },
  {
    name: 'an assertion about data that is there',
    runs: false,
    head: 'AssertDirectoryNotEmpty=/var/lib/etcd',
  },
  {
    name: 'homes that are empty, keys in one',
    runs: false,
    service: 'ProtectHome=tmpfs',
    flags: { 'key-file': '/home/a/server.key' },
    setup: `mkdir -p /home/a; cp ${KEY} /home/a/`,
  },
  {
    name: 'a private /tmp with its log',
    runs: true,
    service: 'PrivateTmp=yes',
    flags: { 'log-outputs': '/tmp/etcd.log' },
  },
  {
    name: 'a program that is not executable',
    runs: false,
    command: (flags) => `/opt/etcd ${flags}`,
    setup: 'cp /usr/local/bin/etcd /opt/etcd; chmod 644 /opt/etcd',
  },
  { name: 'a program without a path', runs: true, command: (flags) => `etcd ${flags}` },
  { name: 'a program that is nowhere', runs: false, command: (flags) => `etcdd ${flags}`, setup: 'true' },
];

export const OTHER_HOSTS: readonly CaseKind[] = [
  { kind: 'what is removed', cases: REMOVED },
  { kind: 'other words', cases: OTHERS },
];
