import { expect, test } from 'vitest';
import { parentOf } from '../../../src/text/path.js';

test.each([
  ['/var/lib/etcd', '/var/lib'],
  ['/etcd.log', '/'],
  ['/', '/'],
])('%s lies in %s', (path, folder) => {
  expect(parentOf(path)).toBe(folder);
});
