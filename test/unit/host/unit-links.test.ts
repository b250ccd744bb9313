import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { indexRoot } from '../../../src/host/host-root.js';
import { systemdServices } from '../../../src/host/service/systemd-service.js';
import { readHostFolder } from '../../../src/node/read/host-folder.js';
import { makeFolder } from '../cli/fake-io.js';

const UNIT = '[Service]\nExecStart=/usr/bin/etcd --name=%p --data-dir=/var/lib/%i\n';

async function services(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const root = makeFolder(files);
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  const found = systemdServices(indexRoot(await readHostFolder(root, 'h')));
  return found.map(({ path, args }) => [path, ...args].join(' ')).sort();
}

describe('a link to a unit', () => {
  const unit = { 'lib/systemd/system/etcd.service': UNIT };
  const alone = ['/lib/systemd/system/etcd.service --name=etcd --data-dir=/var/lib/'];

  it.each([
    ['absolute', '/lib/systemd/system/etcd.service'],
    ['relative', '../../../lib/systemd/system/etcd.service'],
  ])('is the same unit: %s', async (_, target) => {
    const links = {
      'etc/systemd/system/etcd2.service': target,
      'etc/systemd/system/multi-user.target.wants/etcd.service': target,
    };
    expect(await services(unit, links)).toEqual(alone);
  });

  it('is the same unit behind /lib -> usr/lib, and under the name of an override', async () => {
    const links = { lib: 'usr/lib', 'etc/systemd/system/etcd2.service': '/lib/systemd/system/etcd.service' };
    const files = { 'usr/lib/systemd/system/etcd.service': UNIT };
    expect(await services(files, links)).toEqual([
      '/usr/lib/systemd/system/etcd.service --name=etcd --data-dir=/var/lib/',
    ]);
    const override = { 'etc/systemd/system/etcd.service': UNIT.replace('%p', 'mine') };
    expect(await services({ ...files, ...override }, links)).toEqual([
      '/etc/systemd/system/etcd.service --name=mine --data-dir=/var/lib/',
    ]);
  });

  it('lends it the drop-ins of its name', async () => {
    const dropIn = '[Service]\nExecStart=\nExecStart=/usr/bin/etcd --name=dropped\n';
    const files = { ...unit, 'etc/systemd/system/etcd2.service.d/a.conf': dropIn };
    const links = { 'etc/systemd/system/etcd2.service': '/lib/systemd/system/etcd.service' };
    expect(await services(files, links)).toEqual(['/lib/systemd/system/etcd.service --name=dropped']);
  });

  it('keeps its own name where the file lies elsewhere', async () => {
    const links = { 'etc/systemd/system/etcd.service': '/opt/etcd/other.service' };
    expect(await services({ 'opt/etcd/other.service': UNIT }, links)).toEqual([
      '/etc/systemd/system/etcd.service --name=etcd --data-dir=/var/lib/',
    ]);
  });

  it('makes an instance of a template', async () => {
    const links = {
      'etc/systemd/system/etcd@e1.service': '/lib/systemd/system/etcd@.service',
      'etc/systemd/system/etcd@e2.service': '/lib/systemd/system/etcd@.service',
    };
    expect(await services({ 'lib/systemd/system/etcd@.service': UNIT }, links)).toEqual([
      '/etc/systemd/system/etcd@e1.service --name=etcd --data-dir=/var/lib/e1',
      '/etc/systemd/system/etcd@e2.service --name=etcd --data-dir=/var/lib/e2',
    ]);
  });

  it('that enables an instance makes it one, with its own drop-ins over those of the template', async () => {
    const template = { 'etc/systemd/system/etcd@.service': UNIT };
    const links = { 'etc/systemd/system/multi-user.target.wants/etcd@e1.service': '../etcd@.service' };
    const dropIn = (name: string): string =>
      `[Service]\nExecStart=\nExecStart=/usr/bin/etcd --name=${name}-%i\n`;
    const both = {
      'etc/systemd/system/etcd@.service.d/a.conf': dropIn('template'),
      'etc/systemd/system/etcd@e1.service.d/a.conf': dropIn('own'),
    };
    expect(await services(template, links)).toEqual([
      '/etc/systemd/system/etcd@.service --name=etcd --data-dir=/var/lib/e1',
    ]);
    expect(await services({ ...template, ...both }, links)).toEqual([
      '/etc/systemd/system/etcd@.service --name=own-e1',
    ]);
  });

  it('counts once in a folder that is no whole host', async () => {
    expect(await services({ 'units/etcd.service': UNIT }, { 'units/etcd2.service': 'etcd.service' })).toEqual(
      ['/units/etcd.service --name=etcd --data-dir=/var/lib/'],
    );
  });
});
