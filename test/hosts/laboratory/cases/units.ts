import { ACCOUNT, ADDRESS, type CaseKind, type LaboratoryCase, PKI } from '../laboratory-case.js';

const on = (port: number): Pick<LaboratoryCase, 'flags' | 'endpoint'> => ({
  flags: {
    'listen-client-urls': `https://${ADDRESS}:${port}`,
    'advertise-client-urls': `https://${ADDRESS}:${port}`,
  },
  endpoint: `https://${ADDRESS}:${port}`,
});
const listening = (urls: string): Pick<LaboratoryCase, 'flags'> => ({
  flags: { 'listen-client-urls': urls },
});

const PORTS: readonly LaboratoryCase[] = [
  { name: '443 as root', runs: true, ...on(443) },
  { name: '443 as root without capabilities', runs: false, service: 'CapabilityBoundingSet=', ...on(443) },
  { name: '443 as an account', runs: false, service: 'User=etcd', setup: ACCOUNT, ...on(443) },
  {
    name: '443 with the capability',
    runs: true,
    service: 'User=etcd\nAmbientCapabilities=CAP_NET_BIND_SERVICE',
    setup: ACCOUNT,
    ...on(443),
  },
  {
    name: '443 with all capabilities but that',
    runs: false,
    service: 'User=etcd\nAmbientCapabilities=~CAP_NET_BIND_SERVICE',
    setup: ACCOUNT,
    ...on(443),
  },
  {
    name: '443 with the capability in a user namespace',
    runs: false,
    service: 'User=etcd\nAmbientCapabilities=CAP_NET_BIND_SERVICE\nPrivateUsers=yes',
    setup: ACCOUNT,
    ...on(443),
  },
  { name: '1024 as an account', runs: true, service: 'User=etcd', setup: ACCOUNT, ...on(1024) },
  { name: 'two addresses', runs: true, ...listening(`https://${ADDRESS}:2379,http://127.0.0.1:2379`) },
  { name: 'all and one', runs: false, ...listening(`https://0.0.0.0:2379,http://127.0.0.1:2379`) },
  { name: 'one and all', runs: false, ...listening(`https://127.0.0.1:2379,https://0.0.0.0:2379`) },
  { name: 'one twice', runs: true, ...listening(`https://${ADDRESS}:2379,https://${ADDRESS}:2379`) },
  {
    name: 'peers and clients on one port',
    runs: false,
    ...listening(`https://${ADDRESS}:2380`),
  },
  {
    name: 'an address of another host',
    runs: false,
    ...listening('https://10.9.0.77:2379'),
  },
  {
    name: 'two of three members that are down',
    runs: false,
    flags: {
      'initial-cluster': `a1=https://${ADDRESS}:2380,b1=https://10.9.0.2:2380,c1=https://10.9.0.3:2380`,
    },
  },
  {
    name: 'a state of existing with itself alone',
    runs: false,
    flags: { 'initial-cluster-state': 'existing' },
  },
];

const UNITS: readonly LaboratoryCase[] = [
  { name: 'oneshot', runs: false, service: 'Type=oneshot' },
  { name: 'forking', runs: false, service: 'Type=forking' },
  { name: 'exec', runs: true, service: 'Type=exec' },
  { name: 'no type', runs: true, service: 'Type=simple' },
  { name: 'a misspelt limit', runs: true, service: 'LimitNOFLE=20' },
  { name: 'a limit of files', runs: false, service: 'LimitNOFILE=20' },
  { name: 'a limit of address space', runs: false, service: 'LimitAS=1G' },
  { name: 'a limit of file size', runs: false, service: 'LimitFSIZE=1M' },
  { name: 'no working directory', runs: false, service: 'WorkingDirectory=/srv/none' },
  { name: 'a working directory that may be missing', runs: true, service: 'WorkingDirectory=-/srv/none' },
  {
    name: 'a working directory that the account may not enter',
    runs: false,
    service: 'User=etcd\nWorkingDirectory=/root',
    setup: `${ACCOUNT}; chmod 700 /root`,
  },
  {
    name: 'a binary that is not there',
    runs: false,
    command: (flags) => `/usr/local/bin/etcd-none ${flags}`,
  },
  {
    name: 'a binary that nobody may execute',
    runs: false,
    setup: 'install -m 0644 /usr/local/bin/etcd /opt/etcd',
    command: (flags) => `/opt/etcd ${flags}`,
  },
  {
    name: 'a binary that only root may execute',
    runs: false,
    service: 'User=etcd',
    setup: `${ACCOUNT}; install -m 0700 /usr/local/bin/etcd /opt/etcd`,
    command: (flags) => `/opt/etcd ${flags}`,
  },
  { name: 'a specifier that there is not', runs: false, flags: { 'log-level': '%Zinfo' } },
  { name: 'a condition that holds', runs: true, head: `ConditionPathExists=${PKI}` },
  { name: 'a condition that does not', runs: false, head: 'ConditionPathExists=/srv/none' },
  { name: 'a condition turned round', runs: false, head: `ConditionPathExists=!${PKI}` },
  {
    name: 'one of two conditions',
    runs: true,
    head: `ConditionPathExists=|/srv/none\nConditionPathExists=|${PKI}`,
  },
  {
    name: 'a file that is empty',
    runs: false,
    head: 'ConditionFileNotEmpty=/srv/empty',
    setup: 'touch /srv/empty',
  },
  { name: 'a folder that is none', runs: false, head: `ConditionPathIsDirectory=${PKI}/ca.crt` },
  { name: 'an assertion that does not hold', runs: false, head: 'AssertPathExists=/srv/none' },
  { name: 'a unit that it requires', runs: true, head: 'Requires=basic.target' },
  { name: 'a unit that it requires and is not there', runs: false, head: 'Requires=none.service' },
  {
    name: 'a unit that it wants and is not there',
    runs: true,
    head: 'Wants=none.service\nAfter=none.service',
  },
  { name: 'a command before that fails', runs: false, service: 'ExecStartPre=/bin/false' },
  { name: 'a command before that may fail', runs: true, service: 'ExecStartPre=-/bin/false' },
  { name: 'a command before that is not there', runs: false, service: 'ExecStartPre=/srv/none' },
  { name: 'a condition of its own', runs: false, service: 'ExecCondition=/bin/false' },
  { name: 'a command after that fails', runs: false, service: 'ExecStartPost=/bin/false' },
  { name: 'a start limit of nothing', runs: false, service: 'TimeoutStartSec=1ms' },
  { name: 'a start limit of none', runs: true, service: 'TimeoutStartSec=0' },
  { name: 'a watchdog', runs: false, service: 'WatchdogSec=1', boot: 'true' },
  { name: 'an architecture besides its own', runs: true, service: 'SystemCallArchitectures=x86' },
  { name: 'a mask of modes', runs: false, service: 'User=etcd\nUMask=0777', setup: ACCOUNT },
  {
    name: 'masked',
    runs: false,
    setup:
      'mv /etc/systemd/system/etcd.service /usr/lib/systemd/system/; ln -s /dev/null /etc/systemd/system/etcd.service',
  },
  {
    name: 'masked by an empty file',
    runs: false,
    setup:
      'mv /etc/systemd/system/etcd.service /usr/lib/systemd/system/; touch /etc/systemd/system/etcd.service',
  },
  {
    name: 'a drop-in that is masked',
    runs: true,
    setup:
      'mkdir -p /usr/lib/systemd/system/etcd.service.d /etc/systemd/system/etcd.service.d; printf "[Service]\\nUser=nosuch\\n" >/usr/lib/systemd/system/etcd.service.d/1.conf; ln -s /dev/null /etc/systemd/system/etcd.service.d/1.conf',
  },
  {
    name: 'enabled',
    runs: true,
    setup: 'systemctl enable etcd',
  },
];

export const UNIT_CASES: readonly CaseKind[] = [
  { kind: 'ports and sockets', cases: PORTS },
  { kind: 'units', cases: UNITS },
];
