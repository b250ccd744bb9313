import { expect, test } from 'vitest';
import { baseName, parentOf } from '../../../src/text/path.js';

test.each([
  ['/var/lib/etcd', '/var/lib'],
  ['/etcd.log', '/'],
  ['/', '/'],
])('%s lies in %s', (path, folder) => {
  expect(parentOf(path)).toBe(folder);
});

test.each([
  ['/usr/bin/etcd', 'etcd'],
  ['etcd', 'etcd'],
  ['/srv/', ''],
])('the name of %s is %j', (path, name) => {
  expect(baseName(path)).toBe(name);
});
