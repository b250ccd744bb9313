import type { ReleaseSpan } from '../../release-span.js';
import type { SettingDefinition, SettingKind, YamlPlace } from '../definition.js';
import { ALL, BOOLEAN, PATH, RESTRICTION, UNSIGNED } from './common.js';

type Section = NonNullable<YamlPlace['section']>;

const CLIENT: Section = 'client-transport-security';
const PEER: Section = 'peer-transport-security';
const CERTIFICATES = 'certificates';

const TLS_VERSION: SettingKind = { type: 'enum', values: { 'TLS1.2': ALL, 'TLS1.3': ALL } };
const TLS_VERSION_SPAN: ReleaseSpan = { since: { '3.4': 25, '3.5': 8 } };

/** A string in 3.5.14 alone, a list after that, and before 3.5.14 not read at all (etcd `embed/config.go`, securityConfig). */
function restrictionPlaces(section: Section, key: string): readonly YamlPlace[] {
  return [
    { since: { '3.5': 15 }, section, key },
    { since: { '3.5': 14 }, until: '3.5', section, key, single: true },
  ];
}

function fromCertificates(
  section: Section,
  prefix: string,
  key: string,
  kind: SettingKind,
  span: ReleaseSpan = ALL,
): SettingDefinition {
  return {
    name: `${prefix}${key}`,
    ...span,
    kind,
    yaml: [{ section, key }],
    writtenFrom: CERTIFICATES,
  };
}

/** A configuration file cannot name a CRL: the key is ignored, and revoked certificates pass (etcd `embed/config.go`). */
const NOT_IN_YAML: readonly YamlPlace[] = [];

/**
 * TLS between members and with clients.
 *
 * @internal
 */
export const securitySettings: readonly SettingDefinition[] = [
  fromCertificates(CLIENT, '', 'cert-file', PATH),
  fromCertificates(CLIENT, '', 'key-file', PATH),
  fromCertificates(CLIENT, '', 'client-cert-file', PATH, { since: '3.5' }),
  fromCertificates(CLIENT, '', 'client-key-file', PATH, { since: '3.5' }),
  fromCertificates(CLIENT, '', 'client-cert-auth', BOOLEAN),
  fromCertificates(CLIENT, '', 'trusted-ca-file', PATH),
  { name: 'client-crl-file', kind: PATH, yaml: NOT_IN_YAML },
  {
    name: 'client-cert-allowed-hostname',

    kind: RESTRICTION,
    yaml: restrictionPlaces(CLIENT, 'allowed-hostname'),
  },
  { name: 'auto-tls', kind: BOOLEAN, yaml: [{ section: CLIENT, key: 'auto-tls' }] },
  fromCertificates(PEER, 'peer-', 'cert-file', PATH),
  fromCertificates(PEER, 'peer-', 'key-file', PATH),
  fromCertificates(PEER, 'peer-', 'client-cert-file', PATH, { since: '3.5' }),
  fromCertificates(PEER, 'peer-', 'client-key-file', PATH, { since: '3.5' }),
  fromCertificates(PEER, 'peer-', 'client-cert-auth', BOOLEAN),
  fromCertificates(PEER, 'peer-', 'trusted-ca-file', PATH),
  { name: 'peer-crl-file', kind: PATH, yaml: NOT_IN_YAML },
  {
    name: 'peer-cert-allowed-cn',

    kind: RESTRICTION,
    yaml: restrictionPlaces(PEER, 'allowed-cn'),
  },
  {
    name: 'peer-cert-allowed-hostname',

    kind: RESTRICTION,
    yaml: restrictionPlaces(PEER, 'allowed-hostname'),
  },
  {
    name: 'peer-auto-tls',

    kind: BOOLEAN,
    yaml: [{ section: PEER, key: 'auto-tls' }],
  },
  {
    name: 'peer-skip-client-san-verification',
    since: '3.6',
    kind: BOOLEAN,
    yaml: [{ since: '3.6', section: PEER, key: 'skip-client-san-verification' }],
  },
  {
    name: 'experimental-peer-skip-client-san-verification',
    until: '3.6',
    kind: BOOLEAN,
    yaml: [{ since: '3.6', until: '3.6', key: 'experimental-peer-skip-client-san-verification' }],
    renamedTo: 'peer-skip-client-san-verification',
    deprecated: { since: '3.6' },
  },
  {
    name: 'self-signed-cert-validity',
    since: '3.5',
    // Years; etcd refuses 0 as soon as it makes a certificate: "selfSignedCertValidity is invalid,it should be greater than 0".
    kind: { type: 'integer', min: 1n, max: 2n ** 64n - 1n },
    yaml: [{ since: { '3.5': 1 }, key: 'self-signed-cert-validity' }],
  },
  {
    name: 'cipher-suites',

    kind: { type: 'list', item: 'cipher-suite', yaml: 'list', many: ALL },
  },
  { name: 'tls-min-version', ...TLS_VERSION_SPAN, kind: TLS_VERSION },
  { name: 'tls-max-version', ...TLS_VERSION_SPAN, kind: TLS_VERSION },
  { name: 'auth-token', kind: { type: 'text', form: 'auth-token' } },
  { name: 'auth-token-ttl', since: { '3.4': 10 }, kind: UNSIGNED },
  // etcd falls back to 10 outside of this range, as bcrypt itself allows no other.
  { name: 'bcrypt-cost', kind: { type: 'integer', min: 4n, max: 31n } },
];
