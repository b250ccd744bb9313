import { describe, expect, it } from 'vitest';
import { entryOf, foreignWord, mapOf, membersOfMap } from '../../../src/document/foreign-words.js';

describe('a word of another tool', () => {
  it.each([
    [[], 'hosts', 'Did you mean members?'],
    [[], 'cluster_name', 'Did you mean cluster.name?'],
    [['members', 0], 'ip', 'Did you mean address?'],
    [['members', 3], 'subjectAltNames', 'Did you mean altNames?'],
    [['clients', 0], 'cn', 'Did you mean commonName?'],
    [
      ['certificates'],
      'key_size',
      'Write the algorithm and its size in one word: key: ecdsa-p256, or rsa-2048.',
    ],
    [['certificates', 'files', 'server'], 'crt', 'Did you mean certificate?'],
    [['etcd'], 'quota-backend-bytes', 'Write it in etcd.settings, as quota-backend-bytes.'],
    [['etcd'], 'ETCD_SNAPSHOT_COUNT', 'Write it in etcd.settings, as snapshot-count.'],
    [['systemd'], 'service', 'Did you mean unit?'],
  ] as const)('%j %s: %s', (keys, key, cure) => expect(foreignWord(keys, key)).toBe(cure));

  it.each([
    [[], 'fridge'],
    [['members'], 'ip'],
    [['etcd', 'settings'], 'tls'],
    [[], 'toString'],
  ] as const)('is not known: %j %s', (keys, key) => expect(foreignWord(keys, key)).toBeUndefined());

  it('is a key of this format where it is a flag that has one', () => {
    expect(foreignWord(['etcd'], 'ETCD_DATA_DIR', ['dataDir'])).toBe('Did you mean dataDir?');
  });
});

describe('what a text stands for', () => {
  it.each([
    ['10.0.0.7', '{name: e2, address: 10.0.0.7}'],
    ['m=10.0.0.7', '{name: m, address: 10.0.0.7}'],
    ['m', '{name: m, address: 10.0.0.1}'],
    ['a b\n', '{name: e2, address: 10.0.0.1}'],
    [7, '{name: e2, address: 10.0.0.1}'],
  ])('a member: %j', (text, entry) => expect(entryOf('members', text, 1)).toBe(entry));

  it('a client', () => {
    expect(entryOf('clients', 'monitoring', 0)).toBe('{name: monitoring}');
    expect(entryOf('clients', 'a, b', 0)).toBe('{name: backup}');
  });

  it('members by name', () => {
    expect(membersOfMap({ m: '10.0.0.7' })).toBe('[{name: m, address: 10.0.0.7}]');
    expect(membersOfMap({ m: { address: '10.0.0.7' }, n: 1 })).toBe('[{name: m, address: 10.0.0.7}, …]');
    expect(membersOfMap({})).toBe('[{name: e1, address: 10.0.0.1}]');
  });

  it('a map of one value', () => {
    expect(mapOf('kubernetes', 1.3)).toBe('{version: "1.3"}');
    expect(mapOf('certificates.validity', '8760h')).toBe('{leaf: 8760h}');
    expect(mapOf('kubernetes', null)).toBeUndefined();
    expect(mapOf('certificates', 'x')).toBeUndefined();
  });
});
