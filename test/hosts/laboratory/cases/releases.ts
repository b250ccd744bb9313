import type { EtcdRelease } from '../../../../src/etcd-releases.js';
import { ACCOUNT, ADDRESS, type CaseKind, type LaboratoryCase, PKI } from '../laboratory-case.js';

type ReleaseCase = Omit<LaboratoryCase, 'runs' | 'release'>;

/** What every release does alike, of one that is neither the first nor the last. */
const ALIKE: readonly (readonly [ReleaseCase, runs: boolean])[] = [
  [{ name: 'an account', service: 'User=etcd', setup: ACCOUNT }, true],
  [
    {
      name: 'a folder above the key that only root may enter',
      service: 'User=etcd',
      setup: `${ACCOUNT}; chown root: /etc/etcd; chmod 700 /etc/etcd`,
    },
    false,
  ],
  [{ name: 'a state of existing with itself alone', flags: { 'initial-cluster-state': 'existing' } }, false],
  [
    {
      name: 'a dynamic user with credentials',
      service: `DynamicUser=yes\nStateDirectory=etcd\nLoadCredential=k:${PKI}/server.key`,
      flags: { 'key-file': '%d/k', 'peer-key-file': '%d/k' },
    },
    true,
  ],
  [
    {
      name: 'all and one',
      flags: { 'listen-client-urls': 'https://0.0.0.0:2379,http://127.0.0.1:2379' },
    },
    false,
  ],
];

/** Settings that come, change or go, with the releases on which etcd runs with them. */
const CHANGING: readonly (readonly [ReleaseCase, runs: readonly EtcdRelease[]])[] = [
  [{ name: 'a feature gate', flags: { 'feature-gates': 'InitialCorruptCheck=true' } }, ['3.6', '3.7']],
  [
    { name: 'an experimental setting', flags: { 'experimental-initial-corrupt-check': 'true' } },
    ['3.4', '3.5', '3.6'],
  ],
  [{ name: 'the second interface', flags: { 'enable-v2': 'true' } }, ['3.4', '3.5']],
  [
    {
      name: 'a token without its keys',
      flags: { 'auth-token': `jwt,pub-key=${PKI}/none,sign-method=RS256` },
    },
    [],
  ],
  [{ name: 'the lowest version of TLS', flags: { 'tls-min-version': 'TLS1.3' } }, ['3.5', '3.6', '3.7']],
  [{ name: 'a proxy', flags: { proxy: 'on' } }, []],
  [
    {
      name: 'a port that is none',
      flags: { 'listen-client-urls': `https://${ADDRESS}:2379,unix://localhost:m1` },
    },
    [],
  ],
];
const RELEASES: readonly EtcdRelease[] = ['3.4', '3.5', '3.7'];

const alike = RELEASES.flatMap((release) =>
  ALIKE.map(([of, runs]): LaboratoryCase => ({ ...of, name: `${of.name}, ${release}`, runs, release })),
);
const changing = RELEASES.flatMap((release) =>
  CHANGING.map(
    ([of, runs]): LaboratoryCase => ({
      ...of,
      name: `${of.name}, ${release}`,
      runs: runs.includes(release),
      release,
    }),
  ),
);

/** In the order of the releases: a host has one at a time. */
export const RELEASE_CASES: readonly CaseKind[] = [
  {
    kind: 'releases',
    cases: [...alike, ...changing].toSorted((a, b) => ((a.release ?? '') < (b.release ?? '') ? -1 : 1)),
  },
];
