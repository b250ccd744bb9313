import { describe, expect, it } from 'vitest';
import type { EtcdSpec } from '../../../../src/cluster-spec.js';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { newestRelease } from '../../../../src/etcd/version.js';
import { MEMBER, refusedAt } from './document.js';

function read(etcd: object): EtcdSpec {
  return parseClusterSpec({ members: [MEMBER], etcd }).etcd;
}

describe('the version', () => {
  it.each([
    ['3.4', { release: '3.4' }],
    ['3.6.16', { release: '3.6', patch: 16 }],
    [3.5, { release: '3.5' }],
    [undefined, { release: newestRelease() }],
  ])('%s is %j', (version, expected) => {
    expect(read({ version }).version).toEqual(expected);
  });
});

describe('paths', () => {
  it('lose a slash at their end, and are there where they are given', () => {
    expect(read({ dataDir: '/data/etcd/', walDir: '/wal/etcd/', binary: '/opt/etcd' })).toMatchObject({
      dataDir: '/data/etcd',
      walDir: '/wal/etcd',
      binary: '/opt/etcd',
    });
    expect(Object.keys(read({}))).not.toContain('walDir');
  });

  it.each(['/a_b/c@d/e+f/g=h/i.j/k-l/9', '/..a/.b/c..'])('%s is one', (dataDir) => {
    expect(refusedAt({ etcd: { dataDir } })).toEqual([]);
  });

  it.each([
    '/a//b',
    '/a/./b',
    '/a/../b',
    '/a/..',
    '/a//',
    '//a',
    '/a b',
    '/a"b',
    "/a'b",
    '/a$b',
    '/a%b',
    '/a:b',
    '/a*',
    '/ä',
  ])('%s is none', (path) => {
    for (const key of ['dataDir', 'walDir', 'binary'])
      expect(refusedAt({ etcd: { [key]: path } })).toContainEqual(
        expect.stringMatching(new RegExp(`^etcd\\.${key} path-(?:not-shortest|character)$`)),
      );
  });
});

describe('data', () => {
  it.each([
    '/',
    '/etc',
    '/home',
    '/opt',
    '/srv',
    '/usr',
    '/var',
    '/var/lib',
    '/var/log',
    '/tmp',
    '/run',
    '/root',
  ])('never take over %s', (directory) => {
    expect(refusedAt({ etcd: { dataDir: directory } })).toContain('etcd.dataDir system-folder');
    expect(refusedAt({ etcd: { walDir: directory } })).toContain('etcd.walDir system-folder');
  });

  it.each(['/var/lib/etcd', '/varlib', '/var/log/etcd', '/data', '/srv/etcd'])('may lie in %s', (dataDir) => {
    expect(refusedAt({ etcd: { dataDir } })).toEqual([]);
  });

  it.each([
    ['/etc/etcd/pki', ['certificates-inside-data']],
    ['/etc/etcd/pki/data', ['certificates-inside-data']],
    ['/etc/etcd', ['certificates-inside-data']],
    ['/etc/etcd/pki2', []],
    ['/etc/etcd/data', []],
  ])('and certificates in /etc/etcd/pki: %s %j', (directory, codes) => {
    expect(refusedAt({ etcd: { dataDir: directory } })).toEqual(codes.map((code) => `etcd.dataDir ${code}`));
    expect(refusedAt({ etcd: { walDir: directory } })).toEqual(codes.map((code) => `etcd.walDir ${code}`));
    // Without TLS there are no certificates to keep out of.
    expect(refusedAt({ etcd: { dataDir: directory }, certificates: { tls: 'none' } })).toEqual([]);
  });

  it.each([
    ['/data/etcd', ['etcd.walDir wal-inside-data']],
    ['/data', ['etcd.walDir wal-inside-data']],
    ['/data/etcd/member', ['etcd.walDir wal-inside-data']],
    ['/data/etcd/member/wal', ['etcd.walDir wal-inside-data']],
    ['/data/etcd/wal', []],
    ['/data/etcd-wal', []],
  ])('in /data/etcd and a write-ahead log in %s: %j', (walDir, expected) => {
    expect(refusedAt({ etcd: { dataDir: '/data/etcd', walDir } })).toEqual(expected);
  });
});
