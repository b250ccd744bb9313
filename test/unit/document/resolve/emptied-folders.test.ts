import { describe, expect, it } from 'vitest';
import { refusedAt } from './document.js';

describe('folders that are emptied', () => {
  it.each([
    ['certificates.directory', { certificates: { directory: '/tmp/etcd' } }],
    ['certificates.directory', { certificates: { directory: '/var/tmp/pki' } }],
    ['etcd.configFile', { etcd: { config: 'yaml', configFile: '/run/etcd/etcd.yml' } }],
    [
      'etcd.settings.auth-token',
      { etcd: { settings: { 'auth-token': 'jwt,sign-method=HS256,priv-key=/run/etcd/jwt' } } },
    ],
  ])('hold no file of the bundle: %s', (path, document) => {
    expect(refusedAt(document)).toEqual([`${path} folder-is-emptied`]);
  });

  it('may hold data, and have others with names like theirs', () => {
    expect(refusedAt({ etcd: { dataDir: '/run/etcd' } })).toEqual([]);
    expect(refusedAt({ certificates: { directory: '/tmpfiles/etcd' } })).toEqual([]);
  });
});
