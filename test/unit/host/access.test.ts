import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../src/host/account/access.js';
import { firstFreePort } from '../../../src/host/account/first-free-port.js';
import { indexRoot, type RootDirectory, type RootIndex } from '../../../src/host/host-root.js';
import { systemdServices } from '../../../src/host/service/systemd-service.js';

const ACCOUNTS = {
  'etc/passwd': 'root:x:0:0::/root:/bin/sh\netcd:x:990:990::/:/bin/false\n',
  'etc/group': 'root:x:0:\netcd:x:990:\nssl-cert:x:120:\nadm:x:4:etcd\n',
};
const KEY = 'etc/pki/etcd.key';

interface Given {
  readonly service?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** Of the key: mode, user, group. */
  readonly key?: readonly [mode: number, user?: string, group?: string];
  readonly folders?: Readonly<Record<string, readonly [mode: number, user: string, group: string]>>;
}

function hostOf({ service = 'User=etcd', files = ACCOUNTS, key = [0o600], folders = {} }: Given): RootIndex {
  const [mode, user, group] = key;
  const unit = `[Service]\n${service}\nExecStart=${service.includes('prefix:') ? service.split('prefix:')[1] : ''}/usr/bin/etcd\n`;
  const listed = { ...files, 'etc/systemd/system/etcd.service': unit };
  const owned = ([bits, owner, own]: readonly [number, string, string]): Omit<RootDirectory, 'path'> => ({
    mode: bits,
    owner: { user: owner, group: own },
  });
  return indexRoot({
    name: 'h',
    files: [
      ...Object.entries(listed).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
      {
        path: KEY,
        bytes: new Uint8Array(),
        mode,
        ...(user === undefined ? {} : { owner: { user, group: group ?? user } }),
      },
    ],
    directories: Object.entries(folders).map(([path, folder]) => ({ path, ...owned(folder) })),
  });
}

function accessTo(given: Given): ReturnType<typeof accessOf> {
  const root = hostOf(given);
  const [service] = systemdServices(root);
  if (service === undefined) throw new Error('no service');
  return accessOf(service, root);
}

const ROOTS = [0o600, 'root', 'root'] as const;
const FOR_GROUP = [0o640, 'root', 'ssl-cert'] as const;

describe('an account reads a key', () => {
  it.each<readonly [string, Given]>([
    ['of its own', { key: [0o400, 'etcd'] }],
    ['of its own, by number', { key: [0o400, '990'] }],
    ['of its group', { key: [0o640, 'root', 'etcd'] }],
    ['of a group that lists it', { key: [0o640, 'root', 'adm'] }],
    ['of a supplementary group', { key: FOR_GROUP, service: 'User=etcd\nSupplementaryGroups=adm ssl-cert' }],
    ['of the group that Group= gives', { key: FOR_GROUP, service: 'User=etcd\nGroup=120' }],
    ['that all may read', { key: [0o644, 'root'] }],
    ['of root, as root', { key: ROOTS, service: '' }],
    ['of root, as User=0', { key: ROOTS, service: 'User=0' }],
    ['of another, as root', { key: [0o000, 'etcd'], service: '' }],
    ['of root, by +', { key: ROOTS, service: 'User=etcd\n#prefix:+' }],
    ['of root, by !', { key: ROOTS, service: 'User=etcd\n#prefix:!' }],
    ['by a capability', { key: ROOTS, service: 'User=etcd\nAmbientCapabilities=CAP_DAC_READ_SEARCH' }],
    [
      'by all capabilities but one',
      { key: ROOTS, service: 'User=etcd\nAmbientCapabilities=~CAP_NET_BIND_SERVICE' },
    ],
    ['in a folder of its own', { key: [0o600, 'etcd'], folders: { 'etc/pki': [0o700, 'etcd', 'etcd'] } }],
    [
      'that tmpfiles.d gives it',
      { key: ROOTS, files: { ...ACCOUNTS, 'etc/tmpfiles.d/x.conf': 'z /etc/pki/*.key 0640 root etcd -\n' } },
    ],
    [
      'that tmpfiles.d gives it with the whole folder',
      { key: ROOTS, files: { ...ACCOUNTS, 'usr/lib/tmpfiles.d/x.conf': 'Z /etc/pki - etcd etcd -\n' } },
    ],
    [
      'that ExecStartPre gives it',
      {
        key: ROOTS,
        service:
          'User=etcd\nExecStartPre=+/bin/sh -c "chown -R etcd: /etc/pki && chmod 0400 /etc/pki/etcd.key"',
      },
    ],
    [
      'that ExecStartPre gives it, with PermissionsStartOnly',
      {
        key: ROOTS,
        service:
          'User=etcd\nPermissionsStartOnly=true\nExecStartPre=/bin/chgrp etcd /etc/pki/etcd.key\nExecStartPre=/bin/chmod 640 /etc/pki/etcd.key',
      },
    ],
    [
      'of a group that sysusers.d adds it to',
      { key: FOR_GROUP, files: { 'etc/sysusers.d/e.conf': 'u etcd -\nm etcd ssl-cert\n' } },
    ],
  ])('%s', (_, given) => {
    expect(accessTo(given).toRead(`/${KEY}`).type).toBe('granted');
  });

  it.each<readonly [string, Given]>([
    ['of root', { key: ROOTS }],
    ['of its own without the bit', { key: [0o077, 'etcd'] }],
    ['of its group without the bit, although all others may', { key: [0o604, 'root', 'etcd'] }],
    ['of a group that it is not in', { key: FOR_GROUP }],
    ['behind a folder of root', { key: [0o600, 'etcd'], folders: { 'etc/pki': [0o700, 'root', 'root'] } }],
    ['behind a folder further up', { key: [0o644, 'etcd'], folders: { etc: [0o750, 'root', 'root'] } }],
    ['of another, as root without capabilities', { key: [0o600, 'etcd'], service: 'CapabilityBoundingSet=' }],
    [
      'by a capability that the bounding set lacks',
      {
        key: ROOTS,
        service: 'User=etcd\nAmbientCapabilities=CAP_DAC_OVERRIDE\nCapabilityBoundingSet=CAP_CHOWN',
      },
    ],
    ['of another, as root in a namespace', { key: [0o600, 'etcd'], service: 'PrivateUsers=yes' }],
    ['as a dynamic user', { key: ROOTS, service: 'DynamicUser=yes' }],
    [
      'that ExecStartPre would give it as root',
      { key: ROOTS, service: 'User=etcd\nExecStartPre=/bin/chown etcd /etc/pki/etcd.key' },
    ],
    [
      'that a masked file of tmpfiles.d would give it',
      {
        key: ROOTS,
        files: {
          ...ACCOUNTS,
          'usr/lib/tmpfiles.d/x.conf': 'z /etc/pki/etcd.key 0644\n',
          'etc/tmpfiles.d/x.conf': '',
        },
      },
    ],
  ])('not: %s', (_, given) => {
    expect(accessTo(given).toRead(`/${KEY}`).type).toBe('denied');
  });

  it.each<readonly [string, Given]>([
    ['without an owner', { key: [0o640] }],
    ['of a number, without accounts', { key: [0o640, '990'], files: {} }],
  ])('which nobody can tell: %s', (_, given) => {
    expect(accessTo(given).toRead(`/${KEY}`).type).toBe('unknown');
  });

  it('is open where a command before it is unknown', () => {
    expect(accessTo({ service: 'ExecStartPre=/usr/local/bin/prepare' }).isOpen).toBe(true);
    expect(accessTo({ service: 'User=etcd\nExecStartPre=/usr/local/bin/prepare' }).isOpen).toBe(false);
  });
});

describe('an account writes', () => {
  const writes = (service: string, given: Given): string =>
    accessTo({
      service,
      folders: { var: [0o755, 'root', 'root'], 'var/lib': [0o755, 'root', 'root'] },
      ...given,
    }).toWrite(given.path ?? '/var/lib/etcd', true).type;

  it.each<readonly [string, string, Given]>([
    ['what systemd makes for it', 'User=etcd\nStateDirectory=etcd', {}],
    ['through a link that systemd makes for it', 'User=etcd\nStateDirectory=data:etcd', {}],
    ['below what systemd makes for it', 'User=etcd\nStateDirectory=etcd', { path: '/var/lib/etcd/a/b' }],
    [
      'what systemd gives it',
      'User=etcd\nStateDirectory=etcd',
      { folders: { 'var/lib/etcd': [0o700, 'root', 'root'] } },
    ],
    [
      'what tmpfiles.d makes',
      'User=etcd',
      { files: { ...ACCOUNTS, 'etc/tmpfiles.d/e.conf': 'd /var/lib/etcd 0700 etcd etcd -\n' } },
    ],
    [
      'what ExecStartPre makes',
      'User=etcd\nExecStartPre=+/usr/bin/install -d -m 0700 -o etcd -g etcd /var/lib/etcd',
      {},
    ],
    ['anything, as root', '', {}],
    ['as a dynamic user, what is its own', 'DynamicUser=yes\nStateDirectory=etcd', {}],
  ])('%s', (_, service, given) => {
    expect(writes(service, given)).toBe('granted');
  });

  it.each<readonly [string, string, Given]>([
    ['where only root may make it', 'User=etcd', {}],
    ['what is root’s', 'User=etcd', { folders: { 'var/lib/etcd': [0o755, 'root', 'root'] } }],
    ['what systemd keeps from it', 'User=etcd\nStateDirectory=etcd\nStateDirectoryMode=0500', {}],
    ['its configuration', 'User=etcd\nConfigurationDirectory=../var/lib/etcd', {}],
  ])('not: %s', (_, service, given) => {
    expect(writes(service, given)).toBe('denied');
  });
});

describe('the first free port', () => {
  it.each([
    ['1024 without sysctl.d', {}, 1024],
    ['what sysctl.d sets', { 'etc/sysctl.d/90.conf': 'net.ipv4.ip_unprivileged_port_start = 80\n' }, 80],
    [
      'what comes last',
      {
        'etc/sysctl.d/90.conf': 'net/ipv4/ip_unprivileged_port_start=80\n',
        'etc/sysctl.conf': 'net.ipv4.ip_unprivileged_port_start=443\n',
      },
      443,
    ],
  ])('%s', (_, files, port) => {
    expect(firstFreePort(hostOf({ files }))).toBe(port);
  });
});
