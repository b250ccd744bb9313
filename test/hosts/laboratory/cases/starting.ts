import { ACCOUNT, ADDRESS, type CaseKind, type LaboratoryCase, PKI } from '../laboratory-case.js';

const UNITS = '/etc/systemd/system';
const KEY = `${PKI}/server.key`;
const dropIn = (folder: string, text: string, name = '1.conf'): string =>
  `mkdir -p ${folder}; printf '${text.replaceAll('\n', '\\n')}\\n' >${folder}/${name}`;
const nobody = '[Service]\nUser=nosuch';
/** The unit under another name. */
const renamed = (name: string): string => `mv ${UNITS}/etcd.service ${UNITS}/${name}.service`;
const instance = { name: '%i', 'initial-cluster': `%i=https://${ADDRESS}:2380` };

const TEMPLATES: readonly LaboratoryCase[] = [
  {
    name: 'an instance',
    runs: true,
    unit: 'etcd@a1',
    flags: instance,
    setup: `${renamed('etcd@')}; systemctl enable etcd@a1`,
  },
  {
    name: 'an instance that is not in the list',
    runs: false,
    unit: 'etcd@b1',
    flags: { name: '%i' },
    setup: `${renamed('etcd@')}; systemctl enable etcd@b1`,
  },
  {
    name: 'a drop-in of the template',
    runs: false,
    unit: 'etcd@a1',
    flags: instance,
    setup: `${renamed('etcd@')}; systemctl enable etcd@a1; ${dropIn(`${UNITS}/etcd@.service.d`, nobody)}`,
  },
  {
    name: 'a drop-in of the instance over one of the template',
    runs: true,
    unit: 'etcd@a1',
    flags: instance,
    setup: `${renamed('etcd@')}; systemctl enable etcd@a1; ${dropIn(`${UNITS}/etcd@.service.d`, nobody)}; ${dropIn(`${UNITS}/etcd@a1.service.d`, '[Service]\nUser=root')}`,
  },
  {
    name: 'a drop-in of /usr/local/lib',
    runs: false,
    setup: dropIn('/usr/local/lib/systemd/system/etcd.service.d', nobody),
  },
  {
    name: 'a drop-in of the first part of its name',
    runs: false,
    unit: 'etcd-a1',
    setup: `${renamed('etcd-a1')}; ${dropIn(`${UNITS}/etcd-.service.d`, nobody)}`,
  },
  {
    name: 'a drop-in of every service',
    runs: false,
    setup: dropIn(`${UNITS}/service.d`, '[Service]\nExecStartPre=/bin/false'),
  },
  {
    name: 'a drop-in that takes a command away',
    runs: true,
    service: 'ExecStartPre=/bin/false',
    setup: dropIn(`${UNITS}/etcd.service.d`, '[Service]\nExecStartPre='),
  },
  {
    name: 'a file in the folder of drop-ins that is none',
    runs: true,
    setup: dropIn(`${UNITS}/etcd.service.d`, nobody, '1.conf.bak'),
  },
  {
    name: 'an alias',
    runs: true,
    unit: 'etcd-server',
    setup: `${renamed('etcd-main')}; ln -s etcd-main.service ${UNITS}/etcd-server.service`,
  },
  {
    name: 'a drop-in of an alias',
    runs: false,
    unit: 'etcd-server',
    setup: `${renamed('etcd-main')}; ln -s etcd-main.service ${UNITS}/etcd-server.service; ${dropIn(`${UNITS}/etcd-server.service.d`, nobody)}`,
  },
];

const CONDITIONS: readonly LaboratoryCase[] = [
  { name: 'a program', runs: true, head: 'ConditionFileIsExecutable=/usr/local/bin/etcd' },
  { name: 'a program that is none', runs: false, head: `ConditionFileIsExecutable=${PKI}/ca.crt` },
  {
    name: 'an empty folder',
    runs: false,
    head: 'ConditionDirectoryNotEmpty=/srv/empty',
    setup: 'mkdir /srv/empty',
  },
  { name: 'a pattern', runs: true, head: `ConditionPathExistsGlob=${PKI}/*.crt` },
  { name: 'a pattern of nothing', runs: false, head: 'ConditionPathExistsGlob=/srv/*.crt' },
  { name: 'a link that is none', runs: false, head: `ConditionPathIsSymbolicLink=${PKI}/ca.crt` },
  { name: 'its host', runs: true, head: 'ConditionHost=a1' },
  { name: 'another host', runs: false, head: 'ConditionHost=b1' },
  {
    name: 'root, who starts it',
    runs: true,
    head: 'ConditionUser=root',
    service: 'User=etcd',
    setup: ACCOUNT,
  },
  {
    name: 'the account that it gets',
    runs: false,
    head: 'ConditionUser=etcd',
    service: 'User=etcd',
    setup: ACCOUNT,
  },
];

const AROUND: readonly LaboratoryCase[] = [
  {
    name: 'a socket that systemd holds',
    runs: false,
    head: 'Requires=etcd.socket\nAfter=etcd.socket',
    setup: `printf '[Socket]\\nListenStream=${ADDRESS}:2379\\n' >${UNITS}/etcd.socket`,
  },
  {
    name: 'a socket on another port',
    runs: true,
    head: 'Requires=etcd.socket\nAfter=etcd.socket',
    setup: `printf '[Socket]\\nListenStream=${ADDRESS}:9999\\n' >${UNITS}/etcd.socket`,
  },
  {
    name: 'a timer that starts it',
    runs: true,
    setup: `printf '[Timer]\\nOnBootSec=1h\\n[Install]\\nWantedBy=timers.target\\n' >${UNITS}/etcd.timer; systemctl enable etcd.timer`,
  },
  {
    name: 'another member on its ports',
    runs: false,
    setup: `sed 's#/var/lib/etcd#/srv/etcd-b#' ${UNITS}/etcd.service >${UNITS}/etcd-b.service; systemctl enable etcd etcd-b`,
    boot: 'systemctl start --no-block etcd-b; sleep 3',
  },
  {
    name: 'another member on other ports',
    runs: true,
    setup: `sed 's#/var/lib/etcd#/srv/etcd-b#; s#:2379#:3379#g; s#:2380#:3380#g' ${UNITS}/etcd.service >${UNITS}/etcd-b.service; systemctl enable etcd etcd-b`,
    boot: 'systemctl start --no-block etcd-b; sleep 3',
  },
  {
    name: 'another member in its data directory',
    runs: false,
    setup: `sed 's#:2379#:3379#g; s#:2380#:3380#g' ${UNITS}/etcd.service >${UNITS}/etcd-b.service; systemctl enable etcd etcd-b`,
    boot: 'systemctl start --no-block etcd-b; sleep 3',
  },
  { name: 'a mount that nothing describes', runs: true, head: 'RequiresMountsFor=/var/lib/etcd' },
  { name: 'a unit that it is bound to and is not there', runs: false, head: 'BindsTo=none.service' },
  { name: 'a unit that has to run before and is not there', runs: false, head: 'Requisite=none.service' },
  { name: 'a unit that it is a part of and is not there', runs: true, head: 'PartOf=none.service' },
  {
    name: 'a unit that it requires and is masked',
    runs: false,
    head: 'Requires=etcd-keys.service',
    setup: `ln -s /dev/null ${UNITS}/etcd-keys.service`,
  },
  {
    name: 'a unit that it requires and fails',
    runs: false,
    head: 'Requires=etcd-keys.service\nAfter=etcd-keys.service',
    setup: `printf '[Service]\\nType=oneshot\\nExecStart=/bin/false\\n' >${UNITS}/etcd-keys.service`,
  },
  {
    name: 'a unit that it requires and succeeds',
    runs: true,
    head: 'Requires=etcd-keys.service\nAfter=etcd-keys.service',
    setup: `printf '[Service]\\nType=oneshot\\nExecStart=/bin/true\\n' >${UNITS}/etcd-keys.service`,
  },
  {
    name: 'a test that holds before',
    runs: true,
    service: `ExecStartPre=/usr/bin/test -f ${PKI}/ca.crt`,
  },
  {
    name: 'a test that does not hold before',
    runs: false,
    service: 'ExecStartPre=/usr/bin/test -f /srv/none',
  },
];

const ENVIRONMENTS: readonly LaboratoryCase[] = [
  { name: 'a file that is not there', runs: false, service: 'EnvironmentFile=/srv/none' },
  { name: 'a file that may be missing', runs: true, service: 'EnvironmentFile=-/srv/none' },
  {
    name: 'a file that only root may read',
    runs: true,
    service: 'User=etcd\nEnvironmentFile=/etc/etcd/env',
    flags: { name: undefined },
    setup: `${ACCOUNT}; echo ETCD_NAME=a1 >/etc/etcd/env; chmod 600 /etc/etcd/env`,
  },
  {
    name: 'a file that may be missing and gives another name',
    runs: false,
    service: 'EnvironmentFile=-/etc/etcd/env',
    flags: { name: undefined },
    setup: 'echo ETCD_NAME=b1 >/etc/etcd/env',
  },
  {
    name: 'a name that the flag has already',
    runs: false,
    service: 'Environment=ETCD_NAME=b1',
  },
  {
    name: 'lines with export',
    runs: true,
    service: 'EnvironmentFile=/etc/etcd/env',
    command: () => '/usr/local/bin/etcd --data-dir=/var/lib/etcd',
    setup: `printf 'export ETCD_NAME=a1\\nexport ETCD_LISTEN_CLIENT_URLS=http://${ADDRESS}:2379\\n' >/etc/etcd/env`,
    endpoint: 'http://127.0.0.1:2379',
  },
];

const STATE: readonly LaboratoryCase[] = [
  {
    name: 'two, of which one is its data',
    runs: true,
    service: 'User=etcd\nStateDirectory=other etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  {
    name: 'one inside of another',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd/a1',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
    flags: { 'data-dir': '/var/lib/etcd/a1' },
  },
  {
    name: 'one beside its data',
    runs: false,
    service: 'User=etcd\nStateDirectory=etcd-data',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  {
    name: 'one with a link for its data',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd-data:etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
  {
    name: 'a folder of the cache',
    runs: true,
    service: 'User=etcd\nCacheDirectory=etcd',
    setup: ACCOUNT,
    flags: { 'data-dir': '/var/cache/etcd' },
  },
  {
    name: 'a configuration whose folder is there',
    runs: true,
    service: 'User=etcd\nConfigurationDirectory=etcd\nConfigurationDirectoryMode=0700',
    setup: ACCOUNT,
  },
  {
    name: 'one that is read-only',
    runs: false,
    service: 'User=etcd\nStateDirectory=etcd\nReadOnlyPaths=/var/lib/etcd',
    setup: ACCOUNT,
  },
  {
    name: 'a state of existing with data of its own',
    runs: true,
    flags: { 'initial-cluster-state': 'existing' },
    setup: `timeout 4 /usr/local/bin/etcd --name a1 --data-dir /var/lib/etcd --listen-client-urls http://127.0.0.1:4379 --advertise-client-urls http://127.0.0.1:4379 --listen-peer-urls http://127.0.0.1:4380 --initial-advertise-peer-urls https://${ADDRESS}:2380 --initial-cluster a1=https://${ADDRESS}:2380 >/dev/null 2>&1`,
  },
];

const PEOPLE: readonly LaboratoryCase[] = [
  {
    name: 'an account that is locked',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; usermod -L -s /usr/sbin/nologin etcd`,
  },
  {
    name: 'an account that expired',
    runs: true,
    service: 'User=etcd',
    setup: `${ACCOUNT}; usermod -e 2020-01-01 etcd`,
  },
  {
    name: 'an account by its number',
    runs: true,
    service: 'User=4242',
    setup: ACCOUNT.replace('useradd', 'useradd -u 4242'),
  },
  {
    name: 'a supplementary group by its number',
    runs: true,
    service: 'User=etcd\nSupplementaryGroups=4243',
    setup: `${ACCOUNT}; groupadd -g 4243 keys; chown root:keys ${KEY}; chmod 640 ${KEY}`,
  },
  {
    name: 'a supplementary group that is taken away',
    runs: false,
    service: 'User=etcd\nSupplementaryGroups=keys\nSupplementaryGroups=',
    setup: `${ACCOUNT}; groupadd keys; chown root:keys ${KEY}; chmod 640 ${KEY}`,
  },
  {
    name: 'an account and its groups that sysusers.d makes',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd',
    setup: `printf 'g keys -\\nu etcd -\\nm etcd keys\\n' >/etc/sysusers.d/etcd.conf; printf 'z ${KEY} 0640 root keys\\n' >/etc/tmpfiles.d/etcd.conf`,
    boot: 'systemd-sysusers && systemd-tmpfiles --create etcd.conf',
  },
  {
    name: 'an account that sysusers.d makes, without the group of the key',
    runs: false,
    service: 'User=etcd\nStateDirectory=etcd',
    setup: `printf 'g keys -\\nu etcd -\\n' >/etc/sysusers.d/etcd.conf; printf 'z ${KEY} 0640 root keys\\n' >/etc/tmpfiles.d/etcd.conf`,
    boot: 'systemd-sysusers && systemd-tmpfiles --create etcd.conf',
  },
  {
    name: 'a dynamic user with the name of an account',
    runs: true,
    service: 'DynamicUser=yes\nUser=etcd\nStateDirectory=etcd',
    setup: `${ACCOUNT}; rmdir /var/lib/etcd`,
  },
];

export const STARTING: readonly CaseKind[] = [
  { kind: 'people', cases: PEOPLE },
  { kind: 'names and drop-ins', cases: TEMPLATES },
  { kind: 'conditions', cases: CONDITIONS },
  { kind: 'what lies around', cases: AROUND },
  { kind: 'variables', cases: ENVIRONMENTS },
  { kind: 'state', cases: STATE },
];
