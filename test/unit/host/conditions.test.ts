import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../src/host/account/access.js';
import { conditionFacts } from '../../../src/host/account/condition-facts.js';
import { unmetCondition } from '../../../src/host/account/conditions.js';
import { hostWith, readFiles } from '../../support/host-files.js';

const FILES = {
  '/etc/hostname': 'a1\n',
  '/etc/etcd/pki/ca.crt': 'x',
  '/etc/etcd/empty': '',
};

/** The directive that keeps a unit with these lines from being started. */
function unmet(head: string): string | undefined {
  const files = {
    ...FILES,
    '/etc/systemd/system/etcd.service': `[Unit]\n${head}\n[Service]\nExecStart=/bin/etcd\n`,
  };
  const root = hostWith(files);
  const [service] = readFiles(files, root).services;
  if (service === undefined || service.type === 'layout') throw new Error('no unit');
  return unmetCondition(service.sections, 'Condition', accessOf(service, root), conditionFacts(root))
    ?.directive;
}

describe('a condition of a unit', () => {
  it.each([
    'ConditionPathExistsGlob=/etc/etcd/pki/*.crt',
    'ConditionPathExistsGlob=!/etc/etcd/pki/*.pem',
    // What nobody looked at.
    'ConditionPathExistsGlob=/srv/*.crt',
    'ConditionHost=a1',
    'ConditionHost=A?',
    'ConditionHost=!b1',
    'ConditionHost=0123456789abcdef0123456789abcdef',
    'ConditionUser=root',
    'ConditionUser=@system',
    'ConditionUser=!etcd',
    'ConditionPathIsSymbolicLink=!/etc/etcd/pki/ca.crt',
    'ConditionFileNotEmpty=/etc/etcd/pki/ca.crt',
    'ConditionHost=b1\nConditionHost=',
  ])('holds: %s', (head) => {
    expect(unmet(head)).toBeUndefined();
  });

  it.each([
    'ConditionPathExistsGlob=/etc/etcd/pki/*.pem',
    'ConditionHost=b*',
    'ConditionHost=!a1',
    'ConditionUser=etcd',
    'ConditionPathIsSymbolicLink=/etc/etcd/pki/ca.crt',
    'ConditionFileNotEmpty=/etc/etcd/empty',
  ])('does not hold: %s', (head) => {
    expect(unmet(head)).toBe(head.split('=')[0]);
  });
});
