import { describe, expect, it } from 'vitest';
import { writableDirectories } from '../../../src/systemd/state-directories.js';

describe('the directory that the write-ahead log lies in', () => {
  it.each([
    [{ dataDir: '/var/lib/etcd' }, ['/var/lib/etcd']],
    [{ dataDir: '/srv/etcd/' }, ['/srv/etcd']],
    [{ dataDir: '/srv/etcd//', walDir: '/ssd/wal//' }, ['/srv/etcd', '/ssd']],
    [{ dataDir: '/srv/etcd', walDir: '/srv/etcd/wal' }, ['/srv/etcd']],
    [{ dataDir: '/srv/etcd', walDir: '/srv/etcd-wal' }, ['/srv']],
    [{ dataDir: '/data/etcd/data', walDir: '/data/etcd/wal/' }, ['/data/etcd']],
    [{ dataDir: '/srv/etcd', walDir: '/ssd/etcd-wal' }, ['/srv/etcd', '/ssd']],
    [{ dataDir: '/srv/etcd', walDir: '/wal' }, ['/']],
  ])('is writable: %j', (state, directories) => {
    expect(writableDirectories(state)).toEqual(directories);
  });
});
