import { describe, expect, it } from 'vitest';
import type { SystemdSection } from '../../../src/cluster-spec.js';
import { sandboxOf } from '../../../src/systemd/sandbox/sandbox.js';
import { dataRemovedRules } from '../../../src/systemd/service-rules/data-removed.js';
import { checkServiceRules } from '../../../src/systemd/service-rules/service-rules.js';

function levels(directive: string, line: string): readonly string[] {
  const sections: readonly SystemdSection[] = [
    { name: 'Service', directives: [{ name: directive, values: [line] }] },
  ];
  const view = {
    sections,
    sandbox: sandboxOf(sections),
    account: { name: 'etcd', isRoot: false, capabilities: new Set<never>(), isInNamespace: false },
    variables: new Map([['ETCD_DATA_DIR', '/var/lib/etcd']]),
    binary: '/usr/local/bin/etcd',
    reads: [],
    writes: [
      { setting: 'data-dir', path: '/var/lib/etcd' },
      { setting: 'wal-dir', path: '/ssd/wal' },
    ],
    listeners: [],
    sockets: [],
    firstFreePort: 1024,
  };
  return [...checkServiceRules(dataRemovedRules, view)].map(({ rule }) => rule.level);
}

describe('a command removes what etcd has written', () => {
  it.each([
    ['ExecStartPre', '/bin/rm -rf /var/lib/etcd'],
    ['ExecStartPre', '-+/usr/bin/rm --recursive --force /var/lib/etcd/'],
    ['ExecStartPre', '/bin/rm -rf /var/lib'],
    ['ExecStop', '/bin/rm -r /var/lib/etcd/member'],
    ['ExecStopPost', '/bin/rm -f /var/lib/etcd/member/snap/db'],
    ['ExecStartPre', '/bin/rm -rf ${ETCD_DATA_DIR}'],
    ['ExecStartPre', '/bin/rm -rf /ssd/wal'],
    ['ExecStartPre', "/bin/sh -c 'rm -rf /var/lib/etcd/*'"],
    ['ExecStartPre', "/bin/bash -ec 'echo start; rm -rf $$ETCD_DATA_DIR/member; true'"],
    ['ExecStartPre', "/bin/sh -c 'cd /; sudo rm -fr /var/lib/etcd'"],
    ['ExecStartPre', '/usr/bin/find /var/lib/etcd -mindepth 1 -delete'],
    ['ExecStartPre', '/usr/bin/find /var/lib/etcd -type f -exec rm -f {} +'],
    ['ExecStartPre', "/usr/bin/find /var/lib/etcd -name '*.wal' -delete"],
    ['ExecStopPost', '/bin/mv /var/lib/etcd /var/lib/etcd.old'],
  ])('%s=%s', (directive, line) => {
    expect(levels(directive, line)).toEqual(['error']);
  });

  it.each([
    ['ExecStartPre', "/bin/sh -c 'test -f /etc/reset && rm -rf /var/lib/etcd'"],
    ['ExecStartPre', "/bin/sh -c 'if [ -f /etc/reset ]; then rm -rf /var/lib/etcd; fi'"],
    ['ExecStopPost', '/usr/bin/find /var/lib/etcd -mtime +7 -delete'],
  ])('at times: %s=%s', (directive, line) => {
    expect(levels(directive, line)).toEqual(['warning']);
  });

  it.each([
    ['ExecStartPre', '/bin/rm -rf /var/lib/etcd/*'],
    ['ExecStartPre', '/bin/rm -f /var/lib/etcd'],
    ['ExecStartPre', '/bin/rm -rf /var/lib/etcd-old'],
    ['ExecStartPre', '/bin/rm -rf /var/lib/etcd/lost+found'],
    ['ExecStartPre', "/usr/bin/find /var/lib/etcd -name '*.tmp' -delete"],
    ['ExecStartPre', '/usr/bin/find /var/lib/etcd -type d -print'],
    ['ExecStartPre', "/bin/sh -c 'echo rm -rf /var/lib/etcd'"],
    ['ExecStartPre', '/usr/bin/chown -R etcd /var/lib/etcd'],
  ])('never: %s=%s', (directive, line) => {
    expect(levels(directive, line)).toEqual([]);
  });
});
