import { describe, expect, it } from 'vitest';
import { type HardeningInput, hardeningFor, SANDBOX } from '../../../src/systemd/hardening.js';
import { renderUnit } from '../../../src/systemd/unit.js';

const input: HardeningInput = { dataDir: '/var/lib/etcd', ports: [2379, 2380], memoryLock: false };
const directives = (change: Partial<HardeningInput>): ReadonlyMap<string, readonly string[]> =>
  new Map(hardeningFor({ ...input, ...change }).map(({ name, values }) => [name, values]));
const sandbox: ReadonlyMap<string, readonly string[]> = new Map(
  SANDBOX.map(({ name, values }) => [name, values]),
);

describe('the sandbox', () => {
  // systemd.exec(5), "Sandboxing" and "Capabilities"; test/conformance/systemd runs etcd in it.
  it('is these directives, none of them weaker', () => {
    expect(renderUnit([{ name: 'Service', directives: SANDBOX }])).toBe(
      [
        '[Service]',
        'UMask=0077',
        'NoNewPrivileges=true',
        'CapabilityBoundingSet=',
        'AmbientCapabilities=',
        'PrivateTmp=true',
        'PrivateDevices=true',
        'PrivateUsers=true',
        'ProtectHome=true',
        'ProtectSystem=strict',
        'ProtectClock=true',
        'ProtectHostname=true',
        'ProtectKernelTunables=true',
        'ProtectKernelModules=true',
        'ProtectKernelLogs=true',
        'ProtectControlGroups=true',
        'ProtectProc=invisible',
        'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK',
        'RestrictNamespaces=true',
        'RestrictRealtime=true',
        'RestrictSUIDSGID=true',
        'LockPersonality=true',
        'MemoryDenyWriteExecute=true',
        'RemoveIPC=true',
        'SystemCallArchitectures=native',
        'SystemCallFilter=@system-service',
        'SystemCallFilter=~@privileged @resources',
        'SystemCallErrorNumber=EPERM',
        '',
      ].join('\n'),
    );
  });
});

describe('hardeningFor', () => {
  it('is the sandbox, with the data directory writable', () => {
    expect(hardeningFor(input)).toEqual([
      { name: 'StateDirectory', values: ['etcd'] },
      { name: 'StateDirectoryMode', values: ['0700'] },
      { name: 'ReadWritePaths', values: ['/var/lib/etcd'] },
      ...SANDBOX,
    ]);
  });

  it('names no directive twice', () => {
    const names = hardeningFor({ ...input, memoryLock: true }).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('lets a service bind low ports, which no capability of a user namespace does', () => {
    const low = directives({ ports: [2380, 1023] });
    expect(low.get('CapabilityBoundingSet')).toEqual(['CAP_NET_BIND_SERVICE']);
    expect(low.get('AmbientCapabilities')).toEqual(['CAP_NET_BIND_SERVICE']);
    expect(low.get('PrivateUsers')).toEqual(['false']);
    expect(directives({ ports: [1024] }).get('CapabilityBoundingSet')).toEqual(['']);
  });

  it('lifts the limit on locked memory, and nothing else', () => {
    const locked = hardeningFor({ ...input, memoryLock: true });
    expect(locked.filter(({ name }) => name !== 'LimitMEMLOCK')).toEqual(hardeningFor(input));
    expect(directives({ memoryLock: true }).get('LimitMEMLOCK')).toEqual(['infinity']);
  });

  it.each([
    [{ dataDir: '/home/etcd' }, 'ProtectHome', 'read-only'],
    [{ dataDir: '/homes/etcd' }, 'ProtectHome', 'true'],
    [{ readPaths: ['/root/pki/ca.crt'] }, 'ProtectHome', 'read-only'],
    [{ walDir: '/home/wal/wal' }, 'ProtectHome', 'read-only'],
    // ReadWritePaths=/root beside ProtectHome=read-only stays read-only; so does / beside ProtectSystem=strict.
    [{ walDir: '/root/wal' }, 'ProtectHome', 'false'],
    [{ walDir: '/wal' }, 'ProtectSystem', 'full'],
    [{ dataDir: '/tmp' }, 'PrivateTmp', 'false'],
    [{ readPaths: ['/usr/bin/etcd', '/var/tmp/pki'] }, 'PrivateTmp', 'false'],
    [{ dataDir: '/var/tmpfs' }, 'PrivateTmp', 'true'],
  ])('opens what would hide a path: %j', (change, name, value) => {
    const changed = directives(change);
    expect(changed.get(name)).toEqual([value]);
    for (const [other, values] of sandbox) if (other !== name) expect(changed.get(other)).toEqual(values);
  });

  it.each([
    ['/var/lib/etcd/data//', ['etcd/data']],
    ['/var/lib', undefined],
    ['/var/lib/a:b', undefined],
    ['/var/lib/a b', undefined],
    ['/srv/etcd', undefined],
  ])('makes %s a state directory of %j', (dataDir, value) => {
    expect(directives({ dataDir }).get('StateDirectory')).toEqual(value);
    // Nothing else comes or goes with it.
    expect(hardeningFor({ ...input, dataDir }).map(({ name }) => name)).toEqual([
      ...(value === undefined ? [] : ['StateDirectory', 'StateDirectoryMode']),
      'ReadWritePaths',
      ...SANDBOX.map(({ name }) => name),
    ]);
  });

  it('quotes the writable paths and lets etcd replace its write-ahead log', () => {
    const changed = directives({ dataDir: '/srv/a b%', walDir: '/ssd/etcd/wal' });
    expect(changed.get('ReadWritePaths')).toEqual(['"/srv/a b%%" /ssd/etcd']);
  });
});
