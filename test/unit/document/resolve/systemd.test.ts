import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { MEMBER, refusals, refusedAt } from './document.js';

const directives = (section: string, entries: object): object => ({
  systemd: { directives: { [section]: entries } },
});

describe('a unit', () => {
  it.each([
    'service',
    'timer',
    'socket',
    'target',
    'mount',
    'path',
    'slice',
    'scope',
    'device',
    'swap',
    'automount',
  ])('is named without its suffix .%s', (suffix) => {
    expect(refusals({ systemd: { unit: `etcd.main.${suffix}` } })).toEqual([
      'systemd.unit unit-suffix: Write etcd.main.',
    ]);
  });

  it.each(['etcd.services', 'service', 'my-etcd_3:a'])('%s has none', (unit) => {
    expect(refusedAt({ systemd: { unit } })).toEqual([]);
  });

  it('has a user of its own, or root', () => {
    expect(refusedAt({ systemd: { user: 'nobody' } })).toEqual(['systemd.user user-nobody']);
    expect(refusedAt({ systemd: { user: 'root' } })).toEqual([]);
  });
});

describe('accounts', () => {
  it('are the user and its group, or another group and fixed numbers', () => {
    const read = (systemd: object) => parseClusterSpec({ members: [MEMBER], systemd }).systemd;
    expect(read({ user: 'keeper' })).toMatchObject({ user: 'keeper', group: 'keeper' });
    expect(Object.keys(read({}))).not.toContain('uid');
    expect(read({ group: 'kube-cert', uid: 232, gid: 233 })).toMatchObject({
      user: 'etcd',
      group: 'kube-cert',
      uid: 232,
      gid: 233,
    });
    expect(read({ user: 'root', group: 'kube-cert', gid: 233 })).toMatchObject({ group: 'kube-cert' });
  });

  it.each([
    [{ group: 'root' }, ['systemd.group group-root']],
    [{ group: 'Kube Cert' }, ['systemd.group malformed-value']],
    [{ user: 'root', uid: 5 }, ['systemd.uid root-id']],
    [{ user: 'root', gid: 5 }, ['systemd.gid root-id']],
    [{ gid: '5' }, ['systemd.gid wrong-type']],
  ])('%j is refused', (systemd, expected) => {
    expect(refusedAt({ systemd })).toEqual(expected);
  });
});

describe('an account', () => {
  it.each([0, -1, 1.5, 65534, 65535, 4294967295])('has not the number %d', (uid) => {
    expect(refusedAt({ systemd: { uid } })).toEqual(['systemd.uid malformed-value']);
  });
});

describe('an instance of a template', () => {
  it.each(['devstack@etcd', 'etcd@10.0.0.1'])('%s is a unit', (unit) => {
    expect(refusedAt({ systemd: { unit } })).toEqual([]);
  });

  it.each(['etcd@', '@etcd', 'a@b@c', 'getty@tty1', 'user@1000', 'etcd@a/b'])('%s is not', (unit) => {
    expect(refusedAt({ systemd: { unit } })).toEqual([
      expect.stringMatching(/^systemd\.unit (?:malformed-value|taken-unit)$/),
    ]);
  });
});

describe('directives', () => {
  it('are lines, in the order of the document, numbers and booleans as text', () => {
    const spec = parseClusterSpec({
      members: [MEMBER],
      ...directives('X-Notes', { A: [1, true, 'x'], B: 0, C: [] }),
    });
    expect(spec.systemd.directives.at(-1)).toEqual({
      name: 'X-Notes',
      directives: [
        { name: 'A', values: ['1', 'true', 'x'] },
        { name: 'B', values: ['0'] },
        { name: 'C', values: [] },
      ],
    });
  });

  it.each([
    ['Un it', 'Nice', ['systemd.directives["Un it"] unknown-section']],
    ['9', 'Nice', ['systemd.directives["9"] unknown-section']],
    ['Unit]', 'Nice', ['systemd.directives["Unit]"] unknown-section']],
    ['Service', 'Ni ce', ['systemd.directives.Service["Ni ce"] not-a-directive']],
    ['Service', '-Nice', ['systemd.directives.Service["-Nice"] not-a-directive']],
    ['Service', 'Nice=', ['systemd.directives.Service["Nice="] not-a-directive']],
    ['X-a1', 'A1-b', []],
  ])('%s, %s: %j', (section, name, expected) => {
    expect(refusedAt(directives(section, { [name]: 5 }))).toEqual(expected);
  });

  it('that other keys decide are refused in [Service], with that key', () => {
    expect(refusals(directives('Service', { ExecStart: 'a', User: 'b', Group: 'c' }))).toEqual([
      'systemd.directives.Service.ExecStart directive-decided-elsewhere: Write etcd.binary and etcd.settings.',
      'systemd.directives.Service.User directive-decided-elsewhere: Write systemd.user.',
      'systemd.directives.Service.Group directive-decided-elsewhere: Write systemd.group.',
    ]);
    expect(refusedAt(directives('X-Notes', { User: 'b' }))).toEqual([]);
    expect(refusedAt(directives('Service', { toString: 'b' }))).toEqual([
      'systemd.directives.Service.toString unknown-directive',
    ]);
  });

  it.each(['a\nb', 'a\rb', 'a\0b', 'a\u001fb', 'a\u007fb', 'a\\'])('%j is no line', (line) => {
    for (const value of [line, ['fine', line]])
      expect(refusedAt(directives('Service', { SyslogIdentifier: value }))).toEqual([
        'systemd.directives.Service.SyslogIdentifier unit-line',
      ]);
  });

  it.each(['a\tb', 'a\\b', 'ä', ''])('%j is one', (line) => {
    expect(refusedAt(directives('Service', { SyslogIdentifier: line }))).toEqual([]);
  });

  it.each([
    ['Environment', 'ETCD_UNSUPPORTED_ARCH=arm', []],
    ['Environment', 'ETCD_UNSUPPORTED_ARCH=arm ETCD_NAME=x', ['environment-of-etcd']],
    ['Environment', 'ETCD_NAME=x', ['environment-of-etcd']],
    ['Environment', '"GOGC=50" "ETCD_QUOTA_BACKEND_BYTES=1"', ['environment-of-etcd']],
    ['Environment', ['GOGC=50', 'ETCD_V2=1'], ['environment-of-etcd']],
    ['Environment', 'MY_ETCD_NAME=x', []],
    ['Environment', 'ETCD_NAME', ['directive-value']],
    ['Environment', 'GOGC=50', []],
    ['EnvironmentFile', '-/etc/ETCD_NAME=x', []],
  ])('%s=%j is refused: %j', (name, value, codes) => {
    expect(refusedAt(directives('Service', { [name]: value }))).toEqual(
      codes.map((code) => `systemd.directives.Service.${name} ${code}`),
    );
  });

  // With each of them a real systemd does not start etcd, or never calls it started.
  it.each([
    ['EnvironmentFile', '/etc/default/etcd', ['environment-file-missing']],
    ['EnvironmentFile', ['-/etc/default/etcd', '/etc/etcd/more.env'], ['environment-file-missing']],
    ['EnvironmentFile', ['', '-/etc/default/etcd'], ['environment-file-reset']],
    ['EnvironmentFile', '-/etc/default/etcd', []],
    ['Type', 'forking', ['service-type']],
    ['Type', 'oneshot', ['service-type']],
    ['Type', 'dbus', ['service-type']],
    ['Type', 'notify', []],
    ['Type', 'simple', []],
    ['RootDirectory', '/srv/etcd', ['service-root']],
    ['RootImage', '/srv/etcd.raw', ['service-root']],
    ['RootDirectory', '/', []],
    ['DynamicUser', true, ['directive-decided-elsewhere']],
    ['UnsetEnvironment', 'PATH ETCD_NAME', ['environment-of-etcd']],
    ['UnsetEnvironment', 'NODE_NAME=e1', ['environment-of-etcd']],
    ['UnsetEnvironment', 'PATH ETCD_UNSUPPORTED_ARCH', []],
    ['PrivateNetwork', true, ['service-isolated']],
    ['PrivateNetwork', 'no', []],
    ['UMask', '0777', ['service-umask']],
    ['UMask', '0077', []],
  ])('%s=%j keeps etcd from starting: %j', (name, value, codes) => {
    expect(refusedAt(directives('Service', { [name]: value }))).toEqual(
      codes.map((code) => `systemd.directives.Service.${name} ${code}`),
    );
    expect(refusedAt(directives('X-Notes', { [name]: value }))).toEqual([]);
  });
});
