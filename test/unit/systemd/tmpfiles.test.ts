import { describe, expect, it } from 'vitest';
import { planStateDirectories, renderTmpfiles } from '../../../src/systemd/tmpfiles.js';
import { refusedAt } from './refusals.js';

const owner = { user: 'etcd', group: 'etcd' };

describe('renderTmpfiles', () => {
  it('writes a line for each path', () => {
    const text = renderTmpfiles([
      { type: 'create-directory', path: '/var/lib/etcd', mode: 0o700, ...owner },
      { type: 'adjust', path: '/etc/etcd/pki/server.key', mode: 0o640, user: 'root', group: 'etcd' },
    ]);
    expect(text).toBe('d /var/lib/etcd 0700 etcd etcd -\nz /etc/etcd/pki/server.key 0640 root etcd -\n');
  });

  it('escapes patterns where systemd-tmpfiles takes them, and only there', () => {
    const path = '/a b/[x]*?{y}%\\';
    expect(renderTmpfiles([{ type: 'create-directory', path, mode: 0o7, ...owner }])).toBe(
      'd "/a b/[x]*?{y}%%\\\\" 0007 etcd etcd -\n',
    );
    const pattern = '"/a b/\\\\[x\\\\]\\\\*\\\\?\\\\{y\\\\}%%\\\\\\\\"';
    expect(renderTmpfiles([{ type: 'adjust', path, mode: 0o640, ...owner }])).toBe(
      `z ${pattern} 0640 etcd etcd -\n`,
    );
  });

  it.each(['relative', '/a/../b', '/a/.', '/a\nb', '/a\tb', '/\0'])('refuses %j', (path) => {
    expect(refusedAt(() => renderTmpfiles([{ type: 'create-directory', path, mode: 0o700, ...owner }]))).toBe(
      '',
    );
  });
});

describe('planStateDirectories', () => {
  const pathsOf = (...directories: string[]): string[] =>
    planStateDirectories(directories, owner).map(({ path }) => path);

  it('makes each directory once, the service’s alone', () => {
    expect(planStateDirectories(['/var/lib/etcd//', '/var/lib/etcd'], owner)).toEqual([
      { type: 'create-directory', path: '/var/lib/etcd', mode: 0o700, user: 'etcd', group: 'etcd' },
    ]);
    expect(pathsOf('/ssd/wal', '/srv/etcd')).toEqual(['/srv/etcd', '/ssd/wal']);
  });

  it('fills the way from one into another', () => {
    expect(pathsOf('/srv/etcd/a/b/wal', '/srv/etcd')).toEqual([
      '/srv/etcd',
      '/srv/etcd/a',
      '/srv/etcd/a/b',
      '/srv/etcd/a/b/wal',
    ]);
    expect(pathsOf('/srv/etcd', '/srv/etcd-wal/x')).toEqual(['/srv/etcd', '/srv/etcd-wal/x']);
  });
});
