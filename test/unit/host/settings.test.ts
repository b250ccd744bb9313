import { describe, expect, it } from 'vitest';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { readArguments } from '../../../src/host/settings/command-line.js';
import { readConfigFile } from '../../../src/host/settings/config-file.js';
import { readEnvironment } from '../../../src/host/settings/environment.js';
import { parseInitialCluster } from '../../../src/host/settings/initial-cluster.js';
import type { SettingEntry, SettingFault } from '../../../src/host/settings/settings.js';
import { parseUrlList } from '../../../src/net/etcd-url.js';

const V3_6 = { release: '3.6' } as const;

function pairs(entries: readonly SettingEntry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}

function kinds(faults: readonly SettingFault[]): readonly string[] {
  return faults.map(({ kind, name }) => `${kind} ${name}`.trim());
}

describe('readArguments', () => {
  it('takes one or two hyphens, a value behind "=" or in the next word, and none for a boolean', () => {
    const { entries, faults } = readArguments(
      ['-name', 'e1', '--data-dir=/d', '--client-cert-auth', '--pre-vote=false', '--cors='],
      V3_6,
      '/u',
    );
    expect(faults).toEqual([]);
    expect(pairs(entries)).toEqual({
      name: 'e1',
      'data-dir': '/d',
      'client-cert-auth': 'true',
      'pre-vote': 'false',
      cors: '',
    });
  });

  it('passes over what every release ignores', () => {
    expect(readArguments(['--snapshot', '--name', 'e1'], V3_6, '/u').entries).toHaveLength(1);
  });

  it.each([
    [['--client-cert-auth', 'true'], 'not-a-flag', '"true" is not a valid flag'],
    [['--foo=1', '--name=e1'], 'unknown-flag foo', 'flag provided but not defined: -foo'],
    [['--name'], 'missing-value name', 'flag needs an argument: -name'],
    [['---name=e1'], 'not-a-flag', 'bad flag syntax: ---name=e1'],
    [
      ['--client-cert-auth=yes'],
      'bad-value client-cert-auth',
      'invalid boolean value "yes" for -client-cert-auth: parse error',
    ],
    [
      ['--heartbeat-interval=100ms'],
      'bad-value heartbeat-interval',
      'invalid value "100ms" for flag -heartbeat-interval: parse error',
    ],
    [
      ['--initial-cluster-state=joining'],
      'bad-value initial-cluster-state',
      'invalid value "joining" for flag -initial-cluster-state: invalid value',
    ],
    [
      ['--listen-peer-urls=https://10.0.0.1:2380/'],
      'bad-value listen-peer-urls',
      'invalid value "https://10.0.0.1:2380/" for flag -listen-peer-urls: URL must not contain a path: https://10.0.0.1:2380/',
    ],
    [
      ['--listen-client-urls=unix://localhost:m12345'],
      'bad-value listen-client-urls',
      'invalid value "unix://localhost:m12345" for flag -listen-client-urls: parse "unix://localhost:m12345": invalid port ":m12345" after host',
    ],
    [
      ['--feature-gates=Foo=true'],
      'bad-value feature-gates',
      'invalid value "Foo=true" for flag -feature-gates: unrecognized feature gate: Foo',
    ],
  ])('refuses %j as etcd does', (args, kind, says) => {
    const { faults } = readArguments(args, V3_6, '/u');
    expect(kinds(faults)).toEqual([kind]);
    expect(faults[0]?.says).toBe(says);
  });

  it('goes on reading behind what ends etcd, and names all of it', () => {
    const { entries, faults } = readArguments(
      [
        '--foo',
        'x',
        '--name=e1',
        '--client-cert-auth',
        'true',
        '--bar=1',
        '--peer-cert-file',
        '/p.crt',
        '--',
        '--data-dir=/d',
        '--baz',
      ],
      V3_6,
      '/u',
    );
    expect(kinds(faults)).toEqual([
      'unknown-flag foo',
      'not-a-flag',
      'unknown-flag bar',
      'not-a-flag',
      'unknown-flag baz',
    ]);
    expect(pairs(entries)).toEqual({ name: 'e1', 'client-cert-auth': 'true', 'peer-cert-file': '/p.crt' });
  });

  it.each(['0x10', '0b1', '1_000', '+5'])('takes the number %s, as Go does', (value) => {
    expect(readArguments([`--snapshot-count=${value}`], V3_6, '/u').faults).toEqual([]);
  });

  it('knows what each release has', () => {
    const flag = ['--experimental-initial-corrupt-check=true'];
    const lacking = ETCD_RELEASES.filter(
      (release) => readArguments(flag, { release }, '/u').faults.length > 0,
    );
    expect(lacking).toEqual(ETCD_RELEASES.slice(ETCD_RELEASES.indexOf('3.7')));
  });
});

describe('readEnvironment', () => {
  const variable = (name: string, value: string) => ({ name, value, path: '/etc/etcd.env' });

  it('reads what etcd knows, and tells of what it does not', () => {
    const { entries, faults } = readEnvironment(
      [
        variable('ETCD_NAME', 'e1'),
        variable('ETCD_NAM', 'e2'),
        variable('PATH', '/'),
        variable('ETCD_DATA_DIR', ''),
      ],
      new Set(),
      V3_6,
    );
    expect(pairs(entries)).toEqual({ name: 'e1' });
    expect(kinds(faults)).toEqual(['unknown-variable ETCD_NAM']);
  });

  it('finds a conflict even with an empty variable', () => {
    expect(kinds(readEnvironment([variable('ETCD_NAME', '')], new Set(['name']), V3_6).faults)).toEqual([
      'conflict name',
    ]);
  });
});

describe('readConfigFile', () => {
  it('knows the keys of clients that have no flag, in the releases that read them', () => {
    const text = 'client-transport-security: {allowed-cn: [a], skip-client-san-verification: true}\n';
    const unknown = ETCD_RELEASES.map((release) =>
      readConfigFile(text, { release }, '/f').faults.map(({ name }) => name.replace(/^[^.]+\./, '')),
    );
    const [allowed, skip] = ['allowed-cn', 'skip-client-san-verification'];
    expect(unknown).toEqual([[allowed, skip], [skip], ...ETCD_RELEASES.slice(2).map(() => [])]);
  });

  it('reads sections under their flags, numbers and durations in the form of flags', () => {
    const text =
      'name: "e1"\nQuota-Backend-Bytes: 8589934592\ngrpc-keepalive-interval: 5000000000\nclient-transport-security: {cert-file: /c, client-cert-auth: true}\npeer-transport-security:\n  allowed-cn: [a, b]\nClientTLSInfo: {CRLFile: /crl}\n';
    const { entries, faults } = readConfigFile(text, V3_6, '/f');
    expect(faults).toEqual([]);
    expect(pairs(entries)).toEqual({
      name: 'e1',
      'quota-backend-bytes': '8589934592',
      'grpc-keepalive-interval': '5000000000ns',
      'cert-file': '/c',
      'client-cert-auth': 'true',
      'peer-cert-allowed-cn': 'a,b',
      'client-crl-file': '/crl',
    });
  });

  it('counts the last of repeated keys', () => {
    expect(pairs(readConfigFile('name: a\nname: b\n', V3_6, '/f').entries)).toEqual({ name: 'b' });
  });

  it.each(['e1', 'E2', '.', '._', '.e1', '+e1', '_1', '1e', '12:30', '12:30:45.5', '2001-01-01'])(
    'takes %s for text, as Go does',
    (name) => {
      const { entries, faults } = readConfigFile(`name: ${name}\n`, V3_6, '/f');
      expect(faults).toEqual([]);
      expect(pairs(entries)).toEqual({ name });
    },
  );

  it.each([
    '1e5',
    '1_e5',
    '.5',
    '-.5e1',
    '1.',
    '09',
    '0o17',
    '0x1F',
    '1_000',
    '+1',
    '.inf',
    '.NaN',
    'y',
    'on',
  ])('takes %s for a number or a boolean, as Go does', (name) => {
    expect(kinds(readConfigFile(`name: ${name}\n`, V3_6, '/f').faults)).toEqual(['file-type name']);
  });

  it('reads octal numbers in both of their forms', () => {
    const { entries, faults } = readConfigFile('snapshot-count: 0o17\nmax-wals: 017\n', V3_6, '/f');
    expect(faults).toEqual([]);
    expect(pairs(entries)).toEqual({ 'snapshot-count': '15', 'max-wals': '15' });
  });

  it.each([
    ['name: 123\n', 'file-type name'],
    ['heartbeat-interval: "100"\n', 'file-type heartbeat-interval'],
    ['listen-peer-urls: [http://127.0.0.1:2380]\n', 'file-type listen-peer-urls'],
    ['cipher-suites: TLS_A\n', 'file-type cipher-suites'],
    ['client-transport-security: [a]\n', 'file-type client-transport-security'],
    [
      'peer-transport-security: {peer-cert-file: /c}\n',
      'file-unknown-key peer-transport-security.peer-cert-file',
    ],
    ['client-crl-file: /crl\n', 'file-unknown-key client-crl-file'],
    ['raft-read-timeout: 5s\n', 'file-unknown-key raft-read-timeout'],
    ['name: [\n', 'file-syntax'],
    ['- a\n', 'file-syntax'],
    ['a: &a [*a]\n'.repeat(300), 'file-unread'],
  ])('tells of %j', (text, kind) => {
    expect(kinds(readConfigFile(text, V3_6, '/f').faults)).toEqual([kind]);
  });
});

describe('parseUrlList', () => {
  it('cuts spaces, drops repetitions and takes IPv6', () => {
    const { urls, fault } = parseUrlList(
      ' https://[fd00::0001]:2379 ,https://10.0.0.1:2379, https://10.0.0.1:2379',
    );
    expect(fault).toBeUndefined();
    expect(urls.map(({ host, port }) => `${host} ${port}`)).toEqual(['fd00::1 2379', '10.0.0.1 2379']);
  });

  it.each(['10.0.0.1:2379', 'ftp://10.0.0.1:2379', 'https://10.0.0.1', 'https://10.0.0.1:2379/', ''])(
    'refuses %j',
    (text) => {
      expect(parseUrlList(text).fault).toMatch(/^URL /);
    },
  );
});

describe('parseInitialCluster', () => {
  it('leaves spaces in names and gathers a name that comes twice', () => {
    const { members } = parseInitialCluster('a=http://h:1, b=http://h:2,a=http://h:3');
    expect([...members].map(([name, urls]) => [name, urls.length])).toEqual([
      ['a', 2],
      [' b', 1],
    ]);
  });
});
