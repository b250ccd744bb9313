import { describe, expect, it } from 'vitest';
import { parseClusterDocument } from '../../../src/document/parse.js';
import { isSystemDirectory } from '../../../src/systemd/system-directories.js';

const SYSTEM = [
  '/etc/ssl',
  '/etc/ssl/private',
  '/etc/ssl/certs',
  '/etc/ssh',
  '/etc/pki/tls/private',
  '/etc/default',
  '/etc/sysconfig',
  '/etc/pam.d',
  '/etc/cron.d',
  '/home',
  '/home/alice',
  '/home/alice/.ssh',
  '/root',
  '/root/.ssh',
  '/run/user/1000',
  '/usr/local/share/ca-certificates',
  '/var/lib',
  '/var/lib/private',
  '/var/log/journal',
] as const;
const OWN = [
  '/etc/etcd',
  '/etc/etcd/pki',
  '/etc/ssl/etcd',
  '/etc/ssl/etcd/ssl',
  '/etc/pki/etcd',
  '/etc/kubernetes/pki',
  '/etc/kubernetes/pki/etcd',
  '/etc/kubernetes/ssl',
  '/home/etcd/data',
  '/opt/etcd',
  '/srv/etcd',
  '/var/lib/etcd',
  '/var/log/etcd',
] as const;

describe('a folder of the system', () => {
  it.each(SYSTEM)('is told from a service’s own: %s', (path) => {
    expect(isSystemDirectory(path)).toBe(true);
    for (const part of [`certificates: {directory: ${path}}`, `etcd: {dataDir: ${path}}`])
      expect(() => parseClusterDocument(`members: [{name: e1, address: 10.0.0.1}]\n${part}\n`)).toThrow(
        /belongs to the system/,
      );
  });

  it.each(OWN)('is not what a service may have: %s', (path) => {
    expect(isSystemDirectory(path)).toBe(false);
  });
});
