import { expect, it } from 'vitest';
import { parseUnixSocket, socketServerName, unixSocketUrl } from '../../../src/net/unix-socket.js';

it.each(['unix:///run/etcd/etcd.sock', 'unixs:///run/etcd-1/a_b.sock', 'unix:///a'])('%s is one', (text) => {
  const socket = parseUnixSocket(text);
  expect(socket === undefined ? undefined : unixSocketUrl(socket)).toBe(text);
});

it.each([
  'unix://run/etcd.sock',
  'unix:/run/etcd.sock',
  'unix:etcd.sock',
  'unix://',
  'unix:///',
  'unix:///run/',
  'unix:///run//etcd.sock',
  'unix:///run/../etcd.sock',
  'unix:///run/.',
  'unix:///run/etcd%20a.sock',
  'unix:///run/etcd.sock?a',
  'unix:///run/etcd.sock,unix:///a',
  ' unix:///run/etcd.sock',
  'UNIX:///run/etcd.sock',
  'http:///run/etcd.sock',
])('%s is none', (text) => {
  expect(parseUnixSocket(text)).toBeUndefined();
});

it('has the name of its file for clients', () => {
  expect(socketServerName({ path: '/run/etcd/etcd.sock' })).toBe('etcd.sock');
});
