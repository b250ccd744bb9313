import type { SettingDefinition, SettingKind, YamlPlace } from '../setting-definition.js';
import type { Since } from '../version.js';
import { ALL, BOOLEAN, FROM_3_5, FROM_3_6, PATH, RESTRICTION, UNSIGNED } from './common.js';

type Section = NonNullable<YamlPlace['section']>;

const CLIENT: Section = 'client-transport-security';
const PEER: Section = 'peer-transport-security';
const CERTIFICATES = 'certificates';

const TLS_VERSION: SettingKind = { type: 'enum', values: { 'TLS1.2': ALL, 'TLS1.3': ALL } };
const TLS_VERSION_KNOWN: readonly Since[] = ['3.4.25', '3.5.8', '3.6', '3.7'];

/** A string in 3.5.14 alone, a list after that, and before 3.5.14 not read at all (etcd `embed/config.go`, securityConfig). */
function restrictionPlaces(section: Section, key: string): readonly YamlPlace[] {
  return [
    { known: ['3.5.15', '3.6', '3.7'], section, key },
    { known: ['3.5.14'], section, key, single: true },
  ];
}

function fromCertificates(
  section: Section,
  prefix: string,
  key: string,
  kind: SettingKind,
  known: readonly Since[] = ALL,
): SettingDefinition {
  return {
    name: `${prefix}${key}`,
    known,
    kind,
    yaml: [{ known, section, key }],
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
  fromCertificates(CLIENT, '', 'client-cert-file', PATH, FROM_3_5),
  fromCertificates(CLIENT, '', 'client-key-file', PATH, FROM_3_5),
  fromCertificates(CLIENT, '', 'client-cert-auth', BOOLEAN),
  fromCertificates(CLIENT, '', 'trusted-ca-file', PATH),
  { name: 'client-crl-file', known: ALL, kind: PATH, yaml: NOT_IN_YAML },
  {
    name: 'client-cert-allowed-hostname',
    known: ALL,
    kind: RESTRICTION,
    yaml: restrictionPlaces(CLIENT, 'allowed-hostname'),
  },
  { name: 'auto-tls', known: ALL, kind: BOOLEAN, yaml: [{ known: ALL, section: CLIENT, key: 'auto-tls' }] },
  fromCertificates(PEER, 'peer-', 'cert-file', PATH),
  fromCertificates(PEER, 'peer-', 'key-file', PATH),
  fromCertificates(PEER, 'peer-', 'client-cert-file', PATH, FROM_3_5),
  fromCertificates(PEER, 'peer-', 'client-key-file', PATH, FROM_3_5),
  fromCertificates(PEER, 'peer-', 'client-cert-auth', BOOLEAN),
  fromCertificates(PEER, 'peer-', 'trusted-ca-file', PATH),
  { name: 'peer-crl-file', known: ALL, kind: PATH, yaml: NOT_IN_YAML },
  {
    name: 'peer-cert-allowed-cn',
    known: ALL,
    kind: RESTRICTION,
    yaml: restrictionPlaces(PEER, 'allowed-cn'),
  },
  {
    name: 'peer-cert-allowed-hostname',
    known: ALL,
    kind: RESTRICTION,
    yaml: restrictionPlaces(PEER, 'allowed-hostname'),
  },
  {
    name: 'peer-auto-tls',
    known: ALL,
    kind: BOOLEAN,
    yaml: [{ known: ALL, section: PEER, key: 'auto-tls' }],
  },
  {
    name: 'peer-skip-client-san-verification',
    known: FROM_3_6,
    kind: BOOLEAN,
    yaml: [{ known: FROM_3_6, section: PEER, key: 'skip-client-san-verification' }],
  },
  {
    name: 'experimental-peer-skip-client-san-verification',
    known: ['3.4', '3.5', '3.6'],
    kind: BOOLEAN,
    yaml: [{ known: ['3.6'], key: 'experimental-peer-skip-client-san-verification' }],
    renamedTo: 'peer-skip-client-san-verification',
    deprecated: ['3.6'],
  },
  {
    name: 'self-signed-cert-validity',
    known: FROM_3_5,
    // Years; etcd refuses 0 as soon as it makes a certificate: "selfSignedCertValidity is invalid,it should be greater than 0".
    kind: { type: 'integer', min: 1n, max: 2n ** 64n - 1n },
    yaml: [{ known: ['3.5.1', '3.6', '3.7'], key: 'self-signed-cert-validity' }],
  },
  {
    name: 'cipher-suites',
    known: ALL,
    kind: { type: 'list', item: 'cipher-suite', yaml: 'list', many: ALL },
  },
  { name: 'tls-min-version', known: TLS_VERSION_KNOWN, kind: TLS_VERSION },
  { name: 'tls-max-version', known: TLS_VERSION_KNOWN, kind: TLS_VERSION },
  { name: 'auth-token', known: ALL, kind: { type: 'text', form: 'auth-token' } },
  { name: 'auth-token-ttl', known: ['3.4.10', '3.5', '3.6', '3.7'], kind: UNSIGNED },
  // etcd falls back to 10 outside of this range, as bcrypt itself allows no other.
  { name: 'bcrypt-cost', known: ALL, kind: { type: 'integer', min: 4n, max: 31n } },
];
