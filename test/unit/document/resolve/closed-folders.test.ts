import { describe, expect, it } from 'vitest';
import { refusals, refusedAt } from './document.js';

describe('folders that are closed to all but root', () => {
  it.each([
    ['etcd.binary', { etcd: { binary: '/root/bin/etcd' } }],
    ['etcd.dataDir', { etcd: { dataDir: '/root/etcd' } }],
    ['etcd.dataDir', { etcd: { dataDir: '/var/lib/private/etcd' } }],
    ['etcd.walDir', { etcd: { walDir: '/root/wal' } }],
    ['certificates.directory', { certificates: { directory: '/root/pki' } }],
  ])('hold nothing that etcd reads: %s', (path, document) => {
    expect(refusals(document)).toEqual([
      `${path} folder-closed-to-service: Choose another folder, or write systemd.user: root.`,
    ]);
    expect(refusedAt({ ...document, systemd: { user: 'root' } })).toEqual([]);
  });

  it('are not those whose names only begin so', () => {
    expect(refusedAt({ etcd: { dataDir: '/rootless/etcd' } })).toEqual([]);
  });
});
