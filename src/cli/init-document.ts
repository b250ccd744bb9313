import { layDocument } from '../document/merge.js';
import { releaseRange } from '../etcd/version.js';
import { newestKubernetes } from '../kubernetes/kubernetes-release.js';
import type { PresetName } from '../preset-names.js';
import { base } from '../presets/base.js';
import { presets } from '../presets/presets.js';
import { keyAlgorithms } from '../x509/key-algorithm.js';

/** @internal */
export interface InitMember {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** Where an explanation begins, where the line leaves room for it. */
const NOTE_COLUMN = 38;

/**
 * A document with these members and every common key as a comment: with its default under that preset, so that taking the `# ` away
 * changes nothing.
 *
 * @param schema - where editors find the document's schema; absent where there is none to name
 * @internal
 */
export function renderInitDocument(
  members: readonly InitMember[],
  preset: PresetName,
  schema: string | undefined,
): string {
  const names = Object.keys(presets).join(' | ');
  return [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    'version: 1',
    note(`preset: ${preset}`, names),
    '',
    note('members:', 'the only required part'),
    ...members.flatMap(({ name, addresses }) => [
      `  - name: ${scalar(name)}`,
      `    address: ${addresses.length === 1 ? addresses.map(scalar).join('') : `[${addresses.map(scalar).join(', ')}]`}`,
    ]),
    note('    # altNames: [e1.example.org]', 'more SANs, this member only'),
    note('    # listenClientUrls: [https://10.0.0.1:2379]', 'any of the four URL lists of etcd may be given'),
    '',
    '# Everything below is optional and shows its default: uncomment what you change.',
    '',
    ...defaults(preset).map((line) => (line === '' ? '' : `# ${line}`)),
    '',
  ].join('\n');
}

function defaults(preset: PresetName): readonly string[] {
  const { cluster, etcd, certificates, systemd } = layDocument(base, presets[preset].document);
  const isPlain = certificates.tls === 'none';
  const value = (found: unknown): string => scalar(String(found));
  return [
    'cluster:',
    `  name: ${value(cluster.name)}`,
    note(`  token: ${value(cluster.token)}`, 'initial-cluster-token, or random'),
    '',
    note('clients: []', 'more client certificates: [{name: backup, commonName: backup}]'),
    '',
    'etcd:',
    note(`  version: "${etcd.version}"`, `${releaseRange()}, or a patch such as "3.6.16"`),
    `  binary: ${value(etcd.binary)}`,
    note(`  config: ${etcd.config}`, 'flags | environment | yaml: where the settings are written'),
    `  dataDir: ${value(etcd.dataDir)}`,
    etcd.walDir === undefined
      ? note('  # walDir: /ssd/etcd-wal', 'a separate disk for the write-ahead log')
      : `  walDir: ${value(etcd.walDir)}`,
    `  clientPort: ${etcd.clientPort}`,
    `  peerPort: ${etcd.peerPort}`,
    note(
      `  loopback: ${etcd.loopback ?? (isPlain ? 'http' : 'https')}`,
      'https | http | none: a listener on 127.0.0.1',
    ),
    `  metricsUrls: [${etcd.metricsUrls.join(', ')}]`,
    note(`  state: ${etcd.state}`, 'new, or existing'),
    ...settings(etcd.settings),
    '',
    'certificates:',
    note(`  tls: ${certificates.tls}`, 'per-member | shared | none'),
    note(`  key: ${certificates.key}`, keyAlgorithms().join(' | ')),
    `  validity: {ca: ${certificates.validity.ca}, leaf: ${certificates.validity.leaf}}`,
    ...map('  subject', { ...certificates.subject }),
    note(`  altNames: ${list(certificates.altNames)}`, 'more SANs of every server certificate'),
    `  directory: ${value(certificates.directory)}`,
    note('  # ca: {certificate: ca.crt, key: ca.key}', 'an existing CA, relative to this document'),
    note(`  caKeyOn: ${list(certificates.caKeyOn)}`, 'members whose tarball carries the CA key'),
    '',
    'systemd:',
    note(`  unit: ${value(systemd.unit)}`, 'without .service'),
    `  user: ${value(systemd.user)}`,
    note('  # directives: {Service: {Nice: -5}}', 'override those of the unit'),
    '',
    note('# kubernetes:', 'kubeadm documents and a bundle for the control plane'),
    `#   version: "1.${newestKubernetes().minor}"`,
  ];
}

function settings(found: Readonly<Record<string, unknown>>): readonly string[] {
  const entries = Object.entries(found);
  if (entries.length === 0)
    return [note('  settings: {}', 'any other flag by its own name: {quota-backend-bytes: 6GiB}')];
  return ['  settings:', ...entries.map(([name, value]) => `    ${name}: ${scalar(value)}`)];
}

function map(key: string, values: Readonly<Record<string, string | undefined>>): readonly string[] {
  const entries = Object.entries(values).filter((entry) => entry[1] !== undefined);
  return [`${key}: {${entries.map(([name, value]) => `${name}: ${scalar(value)}`).join(', ')}}`];
}

function list(values: readonly string[]): string {
  return `[${values.map(scalar).join(', ')}]`;
}

function note(text: string, explanation: string): string {
  return `${text.padEnd(NOTE_COLUMN)} # ${explanation}`;
}

/** Plain where YAML 1.1 and 1.2 read the same string, quoted otherwise; numbers and booleans as they are. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = /^(?:[A-Za-z/][A-Za-z0-9/_. -]*|\d+(?:\.\d+){3})$/.test(value) && !value.endsWith(' ');
  return isPlain && !RESERVED.test(value) ? value : JSON.stringify(value);
}

/** What YAML 1.1 takes for a boolean or null (https://yaml.org/type/bool.html). */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
