import { ACCOUNT, type CaseKind, type LaboratoryCase, PKI, pairsOf } from '../laboratory-case.js';

const KEY = `${PKI}/server.key`;

interface Grant {
  readonly what: string;
  readonly service?: string;
  readonly setup?: string;
}

/** Ways of keeping a key, each with the bits that decide. */
const KEPT: readonly (readonly [what: string, setup: string])[] = [
  ['root:root 0600', `chown root:root ${KEY}; chmod 600 ${KEY}`],
  ['root:keys 0640', `groupadd keys; chown root:keys ${KEY}; chmod 640 ${KEY}`],
  ['root:root 0644', `chown root:root ${KEY}; chmod 644 ${KEY}`],
  ['etcd:etcd 0400', `chmod 400 ${KEY}`],
  ['etcd:root 0060', `chown etcd:root ${KEY}; chmod 060 ${KEY}`],
];
const GRANTS: readonly Grant[] = [
  { what: 'nothing' },
  { what: 'SupplementaryGroups=', service: 'SupplementaryGroups=keys' },
  { what: 'group(5)', setup: 'usermod -aG keys etcd' },
  { what: 'Group=', service: 'Group=keys' },
  { what: 'CAP_DAC_READ_SEARCH', service: 'AmbientCapabilities=CAP_DAC_READ_SEARCH' },
  {
    what: 'CAP_DAC_OVERRIDE out of bounds',
    service: 'AmbientCapabilities=CAP_DAC_OVERRIDE\nCapabilityBoundingSet=CAP_CHOWN',
  },
  { what: '+chown', service: `ExecStartPre=+/bin/chown etcd ${KEY}` },
  { what: 'chown without rights', service: `ExecStartPre=-/bin/chown etcd ${KEY}` },
];
/** Of each way of keeping, the grants by which etcd runs; all others leave it refused. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'root:root 0600': ['CAP_DAC_READ_SEARCH', '+chown'],
  'root:keys 0640': ['SupplementaryGroups=', 'group(5)', 'Group=', 'CAP_DAC_READ_SEARCH', '+chown'],
  'root:root 0644': GRANTS.map(({ what }) => what),
  'etcd:etcd 0400': GRANTS.map(({ what }) => what),
  'etcd:root 0060': ['CAP_DAC_READ_SEARCH'],
};

const kept = pairsOf(KEPT, GRANTS).map(
  ([[key, setup], { what, service = '', setup: grant = '' }]): LaboratoryCase => ({
    name: `key ${key}, ${what}`,
    runs: RUNS[key]?.includes(what) ?? false,
    service: `User=etcd\n${service}`,
    setup: `${ACCOUNT}; groupadd -f keys; ${setup.replace('groupadd keys; ', '')}; ${grant}`,
  }),
);

/** Folders above the key, and how they are kept. */
const folders = pairsOf([PKI, '/etc/etcd', '/etc/etcd/pki/deep'], [
  ['root:root 0700', false],
  ['root:root 0711', true],
  ['root:etcd 0710', true],
  ['root:etcd 0740', false],
  ['etcd:etcd 0500', true],
] as const).map(([folder, [mode, runs]]): LaboratoryCase => {
  const [owner = '', bits = ''] = mode.split(' ');
  const isDeep = folder.endsWith('deep');
  return {
    name: `${folder} ${mode}`,
    runs,
    service: 'User=etcd',
    setup: `${ACCOUNT}; ${isDeep ? `mkdir ${folder}; mv ${KEY} ${folder}/; ` : ''}chown ${owner} ${folder}; chmod ${bits} ${folder}`,
    ...(isDeep
      ? { flags: { 'key-file': `${folder}/server.key`, 'peer-key-file': `${folder}/server.key` } }
      : {}),
  };
});

const SERVICES: readonly LaboratoryCase[] = [
  { name: 'root', runs: true },
  { name: 'an account', runs: true, service: 'User=etcd', setup: ACCOUNT },
  { name: 'no such user', runs: false, service: 'User=nosuch' },
  { name: 'no such group', runs: false, service: 'Group=nosuch' },
  { name: 'no such supplementary group', runs: false, service: 'SupplementaryGroups=nosuch' },
  { name: 'a number without a name', runs: false, service: 'User=12345', setup: `chown -R 12345 ${PKI}` },
  { name: 'User=0', runs: true, service: 'User=0' },
  {
    name: 'an account that sysusers.d makes',
    runs: true,
    service: 'User=etcd\nStateDirectory=etcd',
    setup: `echo 'u etcd -' >/etc/sysusers.d/etcd.conf; echo 'Z ${PKI} - etcd etcd' >/etc/tmpfiles.d/etcd.conf`,
    boot: 'systemd-sysusers && systemd-tmpfiles --create etcd.conf',
  },
  { name: 'a dynamic user', runs: false, service: 'DynamicUser=yes\nStateDirectory=etcd' },
  {
    name: 'a dynamic user with keys for all',
    runs: true,
    service: 'DynamicUser=yes\nStateDirectory=etcd',
    setup: `chmod 644 ${KEY}`,
  },
  {
    name: 'a dynamic user with credentials',
    runs: true,
    service: `DynamicUser=yes\nStateDirectory=etcd\nLoadCredential=k:${KEY}`,
    flags: { 'key-file': '%d/k', 'peer-key-file': '%d/k' },
  },
  {
    name: 'root without capabilities and its own keys',
    runs: true,
    service: 'CapabilityBoundingSet=',
  },
  {
    name: 'root without capabilities and keys of another',
    runs: false,
    service: 'CapabilityBoundingSet=',
    setup: `useradd -r -M etcd; chown etcd: ${KEY}`,
  },
  {
    name: 'root in a user namespace and keys of another',
    runs: false,
    service: 'PrivateUsers=yes',
    setup: `useradd -r -M etcd; chown etcd: ${KEY}`,
  },
  {
    name: 'a credential that is not there',
    runs: false,
    service: `LoadCredential=k:${PKI}/none.key`,
    flags: { 'key-file': '%d/k', 'peer-key-file': '%d/k' },
  },
];

export const ACCOUNTS: readonly CaseKind[] = [
  { kind: 'accounts', cases: SERVICES },
  { kind: 'keys', cases: kept },
  { kind: 'folders above', cases: folders },
];
