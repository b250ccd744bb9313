import { describe, expect, it } from 'vitest';
import { membersOf, seen } from '../../../support/host-files.js';

const UNIT = '[Service]\nExecStart=/usr/bin/etcd --name=e1\n';

function membersWith(dropIn: string): readonly string[] {
  const files = {
    '/etc/systemd/system/etcd.service': UNIT,
    '/etc/systemd/system/etcd.service.d/a.conf': dropIn,
  };
  return membersOf(files).map(seen);
}

describe('the drop-ins of a unit', () => {
  it('go on with its sections', () => {
    expect(membersWith('[Service]\nEnvironment=ETCD_DATA_DIR=/d\n')).toEqual(['ETCD_DATA_DIR=/d --name=e1']);
  });

  it('have no section before their first header (systemd: "Assignment outside of section. Ignoring.")', () => {
    expect(membersWith('Environment=ETCD_DATA_DIR=/d\n')).toEqual(['--name=e1']);
  });

  it('are read as files of their own: the end of one ends its last line', () => {
    expect(membersWith('\ufeff[Service]\nExecStart=\nExecStart=/usr/bin/etcd --name=e2 \\')).toEqual([
      '--name=e2',
    ]);
  });
});
