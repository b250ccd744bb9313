import { MEMBER_PLACEHOLDER, revocationListFile, trustedAuthoritiesFile } from '../certificate-roles.js';
import type { ClusterSpec, EtcdSetting, MemberSpec, PairFiles, SubjectSpec } from '../cluster-spec.js';
import { EtcdBundleError } from '../errors.js';
import { type DistinguishedName, distinguishedName } from '../x509/distinguished-name.js';
import type { KeyUsage } from '../x509/key-usage.js';
import { refuseShutOut } from './allowed-names.js';
import { planAltNames } from './alt-names.js';
import type { AuthorityPlan, CertificatePlan, Holder, LeafPlan, PairPaths } from './certificate-plan.js';
import {
  type AuthorityRow,
  type CertificateTable,
  certificateTable,
  type PairRow,
  type Row,
  type SettingRow,
} from './certificate-table.js';
import { refuseSelfIssued } from './self-issued.js';

const SERVER_KEY_USAGE: readonly KeyUsage[] = ['digitalSignature', 'keyEncipherment'];

/**
 * Plans every certificate of a cluster, authorities first. A cluster without TLS has none.
 *
 * @throws EtcdBundleError `invalid-spec` where a certificate would bear its CA's own name, where members would have none to serve with,
 * or where the settings shut out the members' own certificates
 * @example
 * ```ts
 * const plans = planCertificates(spec);
 * plans.filter(({ type }) => type === 'authority').length; // => 2
 * ```
 * @public
 */
export function planCertificates(spec: ClusterSpec): readonly CertificatePlan[] {
  if (spec.certificates.tls === 'none') return [];
  const { usesPeerTls, table, pairs, authorities } = rowsOf(spec);
  refuseWithoutServer(pairs);
  const plans = [
    ...authorities.map((row) => planAuthority(row, spec, usesPeerTls)),
    ...memberPairs(pairs, table, spec, usesPeerTls),
    ...clientPairs(table, spec),
  ];
  refuseSelfIssued(plans, spec);
  refuseShutOut(plans, spec);
  return plans;
}

/**
 * The authorities of a cluster alone, which do not hang on how many members it has.
 *
 * @internal
 */
export function planAuthorities(spec: ClusterSpec): readonly AuthorityPlan[] {
  if (spec.certificates.tls === 'none') return [];
  const { usesPeerTls, authorities } = rowsOf(spec);
  return authorities.map((row) => planAuthority(row, spec, usesPeerTls));
}

/**
 * The files of certificates that the service of a member reads: its own pairs, and the authorities' certificates.
 *
 * @internal
 */
export function memberFiles(spec: ClusterSpec): (member: MemberSpec) => readonly string[] {
  if (spec.certificates.tls === 'none') return () => [];
  const { usesPeerTls, pairs, authorities } = rowsOf(spec);
  const { directory, tls } = spec.certificates;
  const filesOf = (row: Row, files: TrustedPaths): readonly string[] =>
    settingsOf(row.settings, files, usesPeerTls).flatMap(({ value }) =>
      value.startsWith('/') ? [value] : [],
    );
  const trusted = authorities.flatMap((row) => filesOf(row, authorityPaths(row, spec)));
  return (member) => {
    const name = sharedName(tls === 'shared' ? spec.members : [member], spec);
    return [...pairs.flatMap((row) => filesOf(row, pathsOf(row.files, directory, name))), ...trusted];
  };
}

interface Rows {
  readonly usesPeerTls: boolean;
  readonly table: CertificateTable;
  /** Those that this cluster has. */
  readonly pairs: readonly PairRow[];
  readonly authorities: readonly AuthorityRow[];
}

function rowsOf(spec: ClusterSpec): Rows {
  const usesPeerTls = spec.members.some(({ listenPeerUrls }) =>
    listenPeerUrls.some(({ scheme }) => scheme === 'https'),
  );
  const table = certificateTable(spec, usesPeerTls);
  const pairs = table.pairs.filter((row) => usesPeerTls || !isPeerOnly(row));
  const authorities = table.authorities.filter(
    ({ role }) => role === 'ca' || pairs.some(({ authority }) => authority === role),
  );
  return { usesPeerTls, table, pairs, authorities };
}

/**
 * True where the service itself reads the private key.
 *
 * @internal
 */
export function isReadByService(plan: LeafPlan): boolean {
  return plan.settings.length > 0;
}

function planAuthority(row: AuthorityRow, spec: ClusterSpec, usesPeerTls: boolean): AuthorityPlan {
  const { certificates } = spec;
  const paths = authorityPaths(row, spec);
  const { trust, list, ...files } = paths;
  return {
    type: 'authority',
    id: row.role,
    title: row.title,
    key: certificates.key,
    subject: subjectOf(row.commonName, certificates.caSubject),
    altNames: row.commonNameAsAltName ? [{ type: 'dns', name: row.commonName }] : [],
    keyUsage: usagesFor(row.keyUsage, spec),
    extendedKeyUsage: [],
    validity: certificates.validity.ca,
    ...(row.pathLength === undefined ? {} : { pathLength: row.pathLength }),
    files,
    ...(trust === undefined ? {} : { trustFile: trust }),
    ...(list === undefined ? {} : { revocationFile: list }),
    settings: settingsOf(row.settings, paths, usesPeerTls),
    keyHolders: certificates.caKeyOn,
  };
}

interface TrustedPaths extends PairPaths {
  /** The certificate together with the further CAs whose clients are let in; absent where there are none. */
  readonly trust?: string;
  /** What it has revoked; absent where members look into no list. */
  readonly list?: string;
}

function authorityPaths(row: AuthorityRow, { certificates }: ClusterSpec): TrustedPaths {
  const files = pathsOf(row.files, certificates.directory, '');
  return {
    ...files,
    ...(row.role === 'ca' && certificates.trust !== undefined
      ? { trust: trustedAuthoritiesFile(files.certificate) }
      : {}),
    ...(certificates.revocation === true ? { list: revocationListFile(files.certificate) } : {}),
  };
}

function memberPairs(
  rows: readonly PairRow[],
  table: CertificateTable,
  spec: ClusterSpec,
  usesPeerTls: boolean,
): readonly LeafPlan[] {
  const planners = rows.map((row) => pairPlanner(row, table, spec, usesPeerTls));
  if (spec.certificates.tls === 'shared') {
    const holder: Holder = { type: 'members', names: spec.members.map(({ name }) => name) };
    return planners.map((plan) => plan(spec.members, holder));
  }
  return spec.members.flatMap((member) => {
    const holder: Holder = { type: 'members', names: [member.name] };
    return planners.map((plan) => plan([member], holder, member.name));
  });
}

type PairPlanner = (members: readonly MemberSpec[], holder: Holder, memberName?: string) => LeafPlan;

/** What is alike in every member's pair is made and held once: a large cluster has thousands. */
function pairPlanner(
  row: PairRow,
  table: CertificateTable,
  spec: ClusterSpec,
  usesPeerTls: boolean,
): PairPlanner {
  const { certificates } = spec;
  const keyUsage = usagesFor(
    row.extendedKeyUsage.includes('serverAuth') ? SERVER_KEY_USAGE : table.clientKeyUsage,
    spec,
  );
  const subjectFor = (name: string): DistinguishedName =>
    subjectOf(row.commonName.replaceAll(MEMBER_PLACEHOLDER, name), certificates.subject);
  const placesFor = (name: string): Pick<LeafPlan, 'files' | 'settings'> => {
    const files = pathsOf(row.files, certificates.directory, name);
    return { files, settings: settingsOf(row.settings, files, usesPeerTls) };
  };
  const subjectOfAll = namesMember(row.commonName) ? undefined : subjectFor('');
  const placesOfAll = [row.files.certificate, row.files.key].some(namesMember) ? undefined : placesFor('');
  return (members, holder, memberName) => {
    const name = sharedName(members, spec);
    const { files, settings } = placesOfAll ?? placesFor(name);
    const earlier = secondsEarlier(members, spec);
    const plan: LeafPlan = {
      type: 'leaf',
      id: memberName === undefined ? row.role : `${row.role}/${memberName}`,
      role: row.role,
      title: row.title,
      authority: row.authority,
      holder,
      key: certificates.key,
      subject: subjectOfAll ?? subjectFor(name),
      altNames: planAltNames(row.altNames, members, spec),
      keyUsage,
      extendedKeyUsage: row.extendedKeyUsage,
      validity: certificates.validity.leaf - earlier,
      files,
      settings,
    };
    return earlier === 0 ? plan : Object.assign(plan, { earlier });
  };
}

/** Evenly from the first member of the document, whose leaves end first, to the last, whose leaves have the whole time. */
function secondsEarlier(
  [first, ...others]: readonly MemberSpec[],
  { members, certificates: { validity } }: ClusterSpec,
): number {
  const { spread = 0 } = validity;
  if (spread === 0 || first === undefined || others.length > 0) return 0;
  const last = members.length - 1;
  const after = last - members.indexOf(first);
  return after === 0 ? 0 : Math.floor((spread * after) / last);
}

/** What a pair is named after: its one member, or the cluster. */
function sharedName(members: readonly MemberSpec[], { cluster }: ClusterSpec): string {
  const [only] = members;
  return members.length === 1 && only !== undefined ? only.name : cluster.name;
}

/** Pairs that no member holds: the operator's, the control plane's, and those the document asks for. */
function clientPairs(table: CertificateTable, spec: ClusterSpec): readonly LeafPlan[] {
  const { directory } = spec.cluster;
  const client = (
    role: string,
    id: string,
    commonName: string,
    holder: Holder,
    title: string,
    files: PairPaths,
  ): LeafPlan => ({
    type: 'leaf',
    id,
    role,
    title,
    authority: 'ca',
    holder,
    key: spec.certificates.key,
    subject: subjectOf(commonName, spec.certificates.subject),
    altNames: [],
    keyUsage: usagesFor(table.clientKeyUsage, spec),
    extendedKeyUsage: ['clientAuth'],
    validity: spec.certificates.validity.leaf,
    files,
    settings: [],
  });
  const commonNameOf = (role: 'admin' | 'apiserver-etcd-client', fallback: string): string =>
    spec.certificates.commonNames[role] ?? fallback;
  const controlPlane =
    spec.kubernetes === undefined
      ? []
      : [
          client(
            'apiserver-etcd-client',
            'apiserver-etcd-client',
            commonNameOf('apiserver-etcd-client', 'kube-apiserver-etcd-client'),
            { type: 'control-plane' },
            'the apiserver uses to access etcd',
            {
              certificate: '/etc/kubernetes/pki/apiserver-etcd-client.crt',
              key: '/etc/kubernetes/pki/apiserver-etcd-client.key',
            },
          ),
        ];
  if (!spec.certificates.clientCertAuth) return controlPlane;
  const admin = client(
    'admin',
    'admin',
    commonNameOf('admin', 'etcd-admin'),
    { type: 'admin' },
    "the operator's own",
    {
      certificate: `${directory}/admin/client.crt`,
      key: `${directory}/admin/client.key`,
    },
  );
  const others = spec.clients.map(({ name, commonName }) =>
    client('client', `client/${name}`, commonName, { type: 'client', name }, `the client ${name}`, {
      certificate: `${directory}/clients/${name}/client.crt`,
      key: `${directory}/clients/${name}/client.key`,
    }),
  );
  return [...controlPlane, admin, ...others];
}

/** etcd would serve plain HTTP on an https URL's port, or not start; a spec read from JSON may name no such pair. */
function refuseWithoutServer(pairs: readonly PairRow[]): void {
  if (pairs.some(({ role }) => role === 'server')) return;
  throw new EtcdBundleError('invalid-spec', [
    {
      code: 'role-missing',
      path: 'certificates.pairs',
      message: 'There is no server, without which there is no TLS.',
      cure: 'Add server.',
    },
  ]);
}

function isPeerOnly(row: PairRow): boolean {
  return row.settings.length > 0 && row.settings.every(({ name }) => name.startsWith('peer-'));
}

function namesMember(text: string): boolean {
  return text.includes(MEMBER_PLACEHOLDER);
}

function pathsOf(files: PairFiles, directory: string, memberName: string): PairPaths {
  const absolute = (name: string): string => {
    const path = name.replaceAll(MEMBER_PLACEHOLDER, memberName);
    return path.startsWith('/') ? path : `${directory}/${path}`;
  };
  return { certificate: absolute(files.certificate), key: absolute(files.key) };
}

function settingsOf(
  rows: readonly SettingRow[],
  files: TrustedPaths,
  usesPeerTls: boolean,
): readonly EtcdSetting[] {
  return rows
    .filter(({ name }) => usesPeerTls || !name.startsWith('peer-'))
    .map(({ name, value }) => ({
      name,
      value: value === 'true' ? 'true' : (files[value] ?? files.certificate),
    }));
}

/** keyEncipherment means RSA key transport (RFC 5480, 3); kubeadm sets it on every leaf (kubernetes/kubeadm#3328). */
function usagesFor(usages: readonly KeyUsage[], spec: ClusterSpec): readonly KeyUsage[] {
  const { key, usages: policy } = spec.certificates;
  if (policy === 'kubeadm-compatible') return [...new Set<KeyUsage>([...usages, 'keyEncipherment'])];
  return key.startsWith('rsa') ? usages : usages.filter((usage) => usage !== 'keyEncipherment');
}

function subjectOf(commonName: string, { C, ST, L, O, OU }: SubjectSpec): DistinguishedName {
  return distinguishedName({ C, ST, L, O, OU, CN: commonName });
}
