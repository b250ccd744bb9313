import { expect, it } from 'vitest';
import { explainMessage } from '../../../src/explain/diagnosis.js';

function answer(line: string): string {
  return explainMessage(line)
    .explanations.map(({ cause, cure }) => `${cause} ${cure}`)
    .join('\n');
}

const variable = (name: string): string =>
  `{"level":"warn","msg":"unrecognized environment variable","environment-variable":"${name}=hunter2"}`;

it.each([
  ['flag provided but not defined: -enable-v2', /3\.4 and 3\.5, and gone since 3\.6/],
  [
    'flag provided but not defined: -experimental-compact-hash-check-enabled',
    /--feature-gates=CompactHashCheck=true/,
  ],
  ['flag provided but not defined: -log-output', /Write --log-outputs\./],
  ['flag provided but not defined: -debug', /Write --log-level=debug instead/],
  ['flag provided but not defined: -data_dir', /Is --data-dir meant\?/],
  ['flag provided but not defined: -listen-client-url', /Is --listen-client-urls meant\?/],
  ['flag provided but not defined: -peer-ca-file', /Write --peer-trusted-ca-file/],
  ['flag provided but not defined: -cacert', /ETCDCTL_API=3/],
  ['Error: unknown flag: --ca-file', /Write --cacert\./],
  ['Error: unknown flag: --cert-file', /Write --cert\./],
  ['Error: unknown flag: --snapshot-count', /a flag of etcd itself/],
  [variable('ETCD_ENABLE_V2'), /gone since 3\.6/],
  [variable('ETCD_EXPERIMENTAL_INITIAL_CORRUPT_CHECK'), /ETCD_FEATURE_GATES=InitialCorruptCheck=true/],
  [variable('ETCD_DATADIR'), /Is ETCD_DATA_DIR meant\?/],
  [variable('ETCD_UNSUPPORTED_ARCH'), /Nothing: keep the variable/],
  [variable('ETCD_CLUSTER_OWNER'), /ETCD_CLUSTER_OWNER is not a setting of any etcd from 3\.4 to 3\.\d/],
  ['unrecognized feature gate: CompactHash', /Is CompactHashCheck meant\?|No release has/],
])('looks up %s', (line, expected) => {
  expect(answer(line)).toMatch(expected);
  expect(answer(line)).not.toContain('hunter2');
});
