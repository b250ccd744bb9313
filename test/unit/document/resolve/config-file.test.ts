import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { MEMBER, refusedAt } from './document.js';

const FILE = '/etc/default/etcd';

function configFile(etcd: object, preset = 'hardened'): string | undefined {
  return parseClusterSpec({ preset, members: [MEMBER], etcd }).etcd.configFile;
}

describe('the configuration file', () => {
  it('is named after the unit, or lies where the document says', () => {
    expect(configFile({})).toBeUndefined();
    expect(configFile({ config: 'environment' })).toBe('/etc/etcd/etcd.env');
    expect(configFile({ config: 'yaml' })).toBe('/etc/etcd/etcd.conf.yml');
    expect(configFile({ config: 'environment', configFile: FILE })).toBe(FILE);
    expect(configFile({ config: 'yaml', configFile: '/etc/etcd/etcd.yml' })).toBe('/etc/etcd/etcd.yml');
  });

  it("holds what differs between hosts in environment-file's units", () => {
    expect(configFile({}, 'environment-file')).toBe('/etc/etcd.conf');
    expect(configFile({ configFile: FILE }, 'environment-file')).toBe(FILE);
  });

  it.each([
    [{ configFile: FILE }, ['config-file-beside-flags']],
    [{ config: 'environment', configFile: 'etcd.env' }, ['malformed-value']],
    [{ config: 'environment', configFile: '/etc/default/' }, ['file-is-folder']],
    [{ config: 'environment', configFile: '/etc' }, ['file-is-folder']],
    [{ config: 'environment', configFile: '/etc/systemd/system/etcd.service' }, ['file-is-folder']],
    [{ config: 'environment', configFile: '/var/lib/etcd/env' }, ['file-inside-data']],
    [{ config: 'environment', configFile: '/usr/local/bin/etcd' }, ['path-taken']],
    [{ config: 'yaml', walDir: '/wal', configFile: '/wal/etcd.yml' }, ['file-inside-data']],
  ])('is refused: %j', (etcd, codes) => {
    expect(refusedAt({ etcd })).toEqual(codes.map((code) => `etcd.configFile ${code}`));
  });

  it.each(['dataDir', 'walDir'])('lies outside of etcd.%s where the document does not name it', (key) => {
    const wal = key === 'walDir' ? { dataDir: '/var/lib/etcd' } : {};
    expect(
      refusedAt({
        etcd: { config: 'yaml', ...wal, [key]: '/etc/etcd' },
        certificates: { directory: '/srv/pki' },
      }),
    ).toEqual([`etcd.${key} file-inside-data`]);
  });
});
