import { ACCOUNT, ADDRESS, type CaseKind, type LaboratoryCase, PKI } from '../laboratory-case.js';

const inPlace = (folder: string): Pick<LaboratoryCase, 'setup' | 'flags'> => ({
  setup: `mkdir -p ${folder}; cp -a ${PKI}/. ${folder}/`,
  flags: Object.fromEntries(
    ['cert-file', 'key-file', 'trusted-ca-file'].flatMap((name) => {
      const file = `${folder}/${name === 'trusted-ca-file' ? 'ca.crt' : name === 'key-file' ? 'server.key' : 'server.crt'}`;
      return [
        [name, file],
        [`peer-${name}`, file],
      ];
    }),
  ),
});
const moved = `mkdir -p /srv/real; mv ${PKI}/* /srv/real/`;

const SANDBOX: readonly LaboratoryCase[] = [
  { name: 'strict', runs: false, service: 'ProtectSystem=strict' },
  { name: 'strict with StateDirectory=', runs: true, service: 'ProtectSystem=strict\nStateDirectory=etcd' },
  { name: 'STRICT is no value', runs: true, service: 'ProtectSystem=STRICT' },
  { name: 'full', runs: true, service: 'ProtectSystem=full' },
  { name: 'Yes for the homes', runs: false, service: 'ProtectHome=Yes', ...inPlace('/home/pki') },
  { name: 'read-only homes', runs: true, service: 'ProtectHome=read-only', ...inPlace('/home/pki') },
  { name: 'empty homes', runs: false, service: 'ProtectHome=tmpfs', ...inPlace('/root/pki') },
  { name: 'keys in a private /tmp', runs: false, service: 'PrivateTmp=yes', ...inPlace('/tmp/pki') },
  { name: 'keys in a private /var/tmp', runs: false, service: 'PrivateTmp=on', ...inPlace('/var/tmp/pki') },
  { name: 'an empty file system over the keys', runs: false, service: 'TemporaryFileSystem=/etc/etcd' },
  {
    name: 'keys bound over an empty file system',
    runs: true,
    service: `TemporaryFileSystem=/etc/etcd\nBindReadOnlyPaths=/srv/real:${PKI}`,
    setup: moved,
  },
  { name: 'keys bound', runs: true, service: `BindReadOnlyPaths=/srv/real:${PKI}`, setup: moved },
  { name: 'keys bound from nowhere', runs: false, service: `BindPaths=/srv/none:${PKI}` },
  { name: 'keys bound from nowhere, optional', runs: true, service: `BindPaths=-/srv/none:${PKI}` },
  { name: 'inaccessible keys', runs: false, service: 'InaccessiblePaths=/etc/etcd' },
  { name: 'read-only data', runs: false, service: 'ReadOnlyPaths=/var/lib' },
  {
    name: 'read-only data with a writable folder in it',
    runs: true,
    service: 'ReadOnlyPaths=/var/lib\nReadWritePaths=/var/lib/etcd',
    setup: 'mkdir -m 700 /var/lib/etcd',
  },
  { name: 'a writable path that is not there', runs: false, service: 'ReadWritePaths=/srv/none' },
  { name: 'a writable path that may be missing', runs: true, service: 'ReadWritePaths=-/srv/none' },
  { name: 'nothing may be executed', runs: false, service: 'NoExecPaths=/usr/local' },
  {
    name: 'nothing but etcd may be executed',
    runs: true,
    service: 'NoExecPaths=/\nExecPaths=/usr/local/bin/etcd /usr/lib /lib /lib64',
  },
  {
    name: 'a root that lacks etcd',
    runs: false,
    service: 'RootDirectory=/srv/jail',
    setup: 'mkdir -p /srv/jail',
  },
  {
    name: 'a root with all that it takes',
    runs: true,
    service: `RootDirectory=/srv/jail\nMountAPIVFS=yes\nBindReadOnlyPaths=/usr/local ${PKI}\nBindPaths=/var/lib`,
    setup: 'mkdir -p /srv/jail',
  },
  {
    name: 'read-only and writable at once',
    runs: false,
    service: 'ReadWritePaths=/var/lib/etcd\nReadOnlyPaths=/var/lib/etcd',
    setup: 'mkdir -m 700 /var/lib/etcd',
  },
  {
    name: 'all writable and read-only at once',
    runs: false,
    service: 'ProtectSystem=strict\nReadWritePaths=/',
  },
  {
    name: 'a writable path below an empty file system',
    runs: false,
    service: 'TemporaryFileSystem=/srv\nReadWritePaths=/srv/x',
    setup: 'mkdir /srv/x',
  },
  {
    name: 'a writable path below an empty file system, optional',
    runs: true,
    service: 'TemporaryFileSystem=/srv\nReadWritePaths=-/srv/x',
    setup: 'mkdir /srv/x',
  },
  {
    name: 'data in empty homes',
    runs: true,
    service: 'ProtectHome=tmpfs',
    flags: { 'data-dir': '/home/etcd' },
  },
  {
    name: 'a working directory in a private /tmp',
    runs: false,
    service: 'PrivateTmp=yes\nWorkingDirectory=/var/tmp/pki',
    setup: 'mkdir -p /var/tmp/pki',
  },
  {
    name: 'a private /tmp as working directory',
    runs: true,
    service: 'PrivateTmp=yes\nWorkingDirectory=/tmp',
  },
  {
    name: 'data in the working directory in homes that are closed',
    runs: false,
    service: 'ProtectHome=yes\nWorkingDirectory=/home',
    setup: ACCOUNT,
    flags: { 'data-dir': '/home/etcd' },
  },
  { name: 'the socket of systemd hidden', runs: false, service: 'TemporaryFileSystem=/run' },
  { name: 'the socket of systemd inaccessible', runs: false, service: 'InaccessiblePaths=/run/systemd' },
  {
    name: 'the socket of systemd bound',
    runs: true,
    service: 'TemporaryFileSystem=/run\nBindPaths=/run/systemd/notify',
  },
  {
    name: 'no socket of systemd and nobody who waits',
    runs: true,
    service: 'Type=simple\nTemporaryFileSystem=/run',
  },
  {
    name: 'data in RuntimeDirectory=',
    runs: true,
    service: 'ProtectSystem=strict\nRuntimeDirectory=etcd',
    flags: { 'data-dir': '/run/etcd' },
  },
  {
    name: 'a log in an empty folder',
    runs: false,
    service: 'TemporaryFileSystem=/srv',
    setup: 'mkdir /srv/log',
    flags: { 'log-outputs': '/srv/log/etcd.log' },
  },
  { name: 'few threads for its user', runs: false, service: 'User=etcd\nLimitNPROC=4', setup: ACCOUNT },
  { name: 'few threads for root’s processes', runs: true, service: 'LimitNPROC=4' },
  { name: 'no network', runs: false, service: 'PrivateNetwork=yes' },
  { name: 'no family but unix', runs: false, service: 'RestrictAddressFamilies=AF_UNIX' },
  { name: 'IPv4 and unix', runs: true, service: 'RestrictAddressFamilies=AF_INET AF_UNIX' },
  { name: 'no IPv4', runs: false, service: 'RestrictAddressFamilies=~AF_INET' },
];

const DATA: readonly LaboratoryCase[] = [
  {
    name: 'only root may make it',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  { name: 'root’s', runs: false, service: 'User=etcd', setup: `${ACCOUNT}; chown root: /var/lib/etcd` },
  {
    name: 'root’s, given by StateDirectory=',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd',
    setup: `${ACCOUNT}; chown root: /var/lib/etcd`,
  },
  {
    name: 'StateDirectoryMode=0500',
    runs: false,
    service: 'User=etcd\nStateDirectory=etcd\nStateDirectoryMode=0500',
    setup: ACCOUNT,
  },
  {
    name: 'made by tmpfiles.d',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd; echo 'd /var/lib/etcd 0700 etcd etcd -' >/etc/tmpfiles.d/etcd.conf`,
    boot: 'systemd-tmpfiles --create etcd.conf',
  },
  {
    name: 'made by ExecStartPre',
    runs: true,
    service: 'User=etcd\nExecStartPre=+/usr/bin/install -d -o etcd -g etcd -m 0700 /var/lib/etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  {
    name: 'made by ExecStartPre, given to nobody',
    runs: false,
    service: 'User=etcd\nExecStartPre=+/bin/mkdir -p /var/lib/etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  { name: 'a file', runs: false, setup: 'touch /var/lib/etcd' },
  {
    name: 'a log of root’s inside',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; mkdir -m 700 /var/lib/etcd/member`,
  },
  {
    name: 'a default of its own',
    runs: false,
    service: 'User=etcd',
    setup: ACCOUNT,
    flags: { 'data-dir': undefined },
  },
  {
    name: 'a default in its working directory',
    runs: true,
    service: 'User=etcd\nWorkingDirectory=/var/lib/etcd',
    setup: ACCOUNT,
    flags: { 'data-dir': undefined },
  },
  { name: 'a WAL in a folder to be made', runs: true, flags: { 'wal-dir': '/srv/a/b/wal' } },
  {
    name: 'a WAL beside which nothing can be made',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; install -d -m 700 -o etcd /srv/wal`,
    flags: { 'wal-dir': '/srv/wal' },
  },
  {
    name: 'a WAL in a folder of its own',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; install -d -m 700 -o etcd /srv/etcd`,
    flags: { 'wal-dir': '/srv/etcd/wal' },
  },
  { name: 'a log without a folder', runs: false, flags: { 'log-outputs': '/srv/log/etcd.log' } },
  {
    name: 'a log in LogsDirectory=',
    runs: true,
    service: 'User=etcd\nLogsDirectory=etcd',
    setup: ACCOUNT,
    flags: { 'log-outputs': '/var/log/etcd/etcd.log' },
  },
  {
    name: 'a log in a folder of root’s',
    runs: false,
    service: 'User=etcd',
    setup: ACCOUNT,
    flags: { 'log-outputs': '/var/log/etcd.log' },
  },
];

const SOCKET = '/run/etcd/etcd.sock';
const TOKEN = '/etc/etcd/token';
const clients = (socket: string): Readonly<Record<string, string>> => ({
  'listen-client-urls': `https://${ADDRESS}:2379,${socket}`,
});

const SOCKETS: readonly LaboratoryCase[] = [
  { name: 'a folder that is not there', runs: false, flags: clients(`unix://${SOCKET}`) },
  {
    name: 'RuntimeDirectory=',
    runs: true,
    service: 'User=etcd\nRuntimeDirectory=etcd',
    setup: ACCOUNT,
    flags: clients(`unix://${SOCKET}`),
  },
  {
    name: 'RuntimeDirectory=, with TLS, under ProtectSystem=strict',
    runs: true,
    service: 'User=etcd\nRuntimeDirectory=etcd\nStateDirectory=etcd\nProtectSystem=strict',
    setup: ACCOUNT,
    flags: clients(`unixs://${SOCKET}`),
  },
  {
    name: 'RuntimeDirectoryMode=0500',
    runs: false,
    service: 'User=etcd\nRuntimeDirectory=etcd\nRuntimeDirectoryMode=0500',
    setup: ACCOUNT,
    flags: clients(`unix://${SOCKET}`),
  },
  {
    name: 'made by tmpfiles.d',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; echo 'd /run/etcd 0750 etcd etcd -' >/etc/tmpfiles.d/etcd.conf`,
    boot: 'systemd-tmpfiles --create etcd.conf',
    flags: clients(`unix://${SOCKET}`),
  },
  {
    name: 'a folder of root’s',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; mkdir -p /srv/sockets`,
    flags: clients('unix:///srv/sockets/etcd.sock'),
  },
  {
    name: 'a folder of root’s, as root',
    runs: true,
    setup: 'mkdir -p /srv/sockets',
    flags: clients('unix:///srv/sockets/etcd.sock'),
  },
  {
    name: 'a folder that the sandbox closes',
    runs: false,
    service: 'ProtectSystem=strict\nStateDirectory=etcd',
    setup: 'mkdir -p /srv/sockets',
    flags: clients('unix:///srv/sockets/etcd.sock'),
  },
  {
    name: 'a folder that the sandbox opens',
    runs: true,
    service: 'ProtectSystem=strict\nStateDirectory=etcd\nReadWritePaths=/srv/sockets',
    setup: 'mkdir -p /srv/sockets',
    flags: clients('unix:///srv/sockets/etcd.sock'),
  },
  {
    name: 'no family but IPv4',
    runs: false,
    service: 'Type=exec\nRuntimeDirectory=etcd\nRestrictAddressFamilies=AF_INET',
    flags: clients(`unix://${SOCKET}`),
  },
  { name: 'a path that is too long', runs: false, flags: clients(`unix:///var/lib/${'e'.repeat(99)}`) },
  {
    name: 'advertised',
    runs: false,
    service: 'RuntimeDirectory=etcd',
    flags: { ...clients(`unix://${SOCKET}`), 'advertise-client-urls': `unix://${SOCKET}` },
  },
];

const tokens = (setup: string): Pick<LaboratoryCase, 'setup' | 'flags'> => ({
  setup: `${ACCOUNT}; install -d ${TOKEN}; openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out ${TOKEN}/jwt.key; openssl pkey -in ${TOKEN}/jwt.key -pubout -out ${TOKEN}/jwt.pub; chmod 600 ${TOKEN}/jwt.key; ${setup}`,
  flags: { 'auth-token': `jwt,pub-key=${TOKEN}/jwt.pub,priv-key=${TOKEN}/jwt.key,sign-method=RS256` },
});

const TOKENS: readonly LaboratoryCase[] = [
  { name: 'a private key of root’s, as root', runs: true, ...tokens('true') },
  { name: 'a private key of root’s', runs: false, service: 'User=etcd', ...tokens('true') },
  {
    name: 'a private key of its own',
    runs: true,
    service: 'User=etcd',
    ...tokens(`chown etcd: ${TOKEN}/jwt.key`),
  },
  {
    name: 'a private key of its group',
    runs: true,
    service: 'User=etcd',
    ...tokens(`chgrp etcd ${TOKEN}/jwt.key; chmod 640 ${TOKEN}/jwt.key`),
  },
  {
    name: 'a public key of root’s',
    runs: false,
    service: 'User=etcd',
    ...tokens(`chown etcd: ${TOKEN}/jwt.key; chmod 600 ${TOKEN}/jwt.pub`),
  },
  {
    name: 'a folder of root’s',
    runs: false,
    service: 'User=etcd',
    ...tokens(`chown etcd: ${TOKEN}/jwt.*; chmod 700 ${TOKEN}`),
  },
  {
    name: 'a folder that the sandbox hides',
    runs: false,
    service: `InaccessiblePaths=${TOKEN}`,
    ...tokens('true'),
  },
];

export const PLACES: readonly CaseKind[] = [
  { kind: 'sandboxes', cases: SANDBOX },
  { kind: 'data and logs', cases: DATA },
  { kind: 'unix sockets', cases: SOCKETS },
  { kind: 'keys that sign tokens', cases: TOKENS },
];
