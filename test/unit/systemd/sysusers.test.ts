import { describe, expect, it } from 'vitest';
import { isSystemAccountName, renderSysusers } from '../../../src/systemd/sysusers.js';
import { refusedAt } from './refusals.js';

const account = { user: 'etcd', description: 'etcd', home: '/var/lib/etcd' };

describe('renderSysusers', () => {
  it.each([
    [account, 'u etcd - "etcd" /var/lib/etcd\n'],
    [{ ...account, group: 'etcd' }, 'u etcd - "etcd" /var/lib/etcd\n'],
    [{ ...account, group: 'certs' }, 'g certs -\nu etcd -:certs "etcd" /var/lib/etcd\n'],
    [{ ...account, user: 'root' }, ''],
    [{ ...account, group: 'root' }, 'u etcd - "etcd" /var/lib/etcd\n'],
    [{ ...account, user: 'root', group: 'certs', gid: 7 }, 'g certs 7\n'],
    [{ ...account, uid: 232 }, 'u etcd 232 "etcd" /var/lib/etcd\n'],
    [{ ...account, uid: 232, gid: 232 }, 'u etcd 232 "etcd" /var/lib/etcd\n'],
    [{ ...account, uid: 232, gid: 233 }, 'g etcd 233\nu etcd 232:etcd "etcd" /var/lib/etcd\n'],
    [{ ...account, gid: 233 }, 'g etcd 233\nu etcd -:etcd "etcd" /var/lib/etcd\n'],
    [{ ...account, group: 'certs', uid: 5, gid: 7 }, 'g certs 7\nu etcd 5:certs "etcd" /var/lib/etcd\n'],
    [{ ...account, description: '100% "a:b" \\' }, 'u etcd - "100%% \\"a b\\" \\\\" /var/lib/etcd\n'],
    [{ ...account, home: '/srv/a b' }, 'u etcd - "etcd" "/srv/a b"\n'],
    [{ ...account, home: '/srv/a:b' }, 'u etcd - "etcd" -\n'],
  ])('writes %j', (given, text) => {
    expect(renderSysusers(given)).toBe(text);
  });

  it('refuses what systemd-sysusers skips', () => {
    expect(refusedAt(() => renderSysusers({ ...account, user: 'svc.etcd' }))).toBe('systemd.user');
    expect(refusedAt(() => renderSysusers({ ...account, group: '1' }))).toBe('systemd.user');
    expect(refusedAt(() => renderSysusers({ ...account, home: '/srv/../x' }))).toBe('');
    expect(refusedAt(() => renderSysusers({ ...account, description: 'a\nb' }))).toBe('');
  });
});

describe('isSystemAccountName', () => {
  it.each(['etcd', '_e-1', 'E', 'e'.repeat(31)])('takes %s', (name) => {
    expect(isSystemAccountName(name)).toBe(true);
  });
  it.each(['', '1000', '-e', 'a.b', 'e$', 'é', 'e'.repeat(32), 'e\n'])('refuses %j', (name) => {
    expect(isSystemAccountName(name)).toBe(false);
  });
});
