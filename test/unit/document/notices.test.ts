import { describe, expect, it } from 'vitest';
import { documentNotices } from '../../../src/document/notices.js';
import { parseClusterSpec } from '../../../src/document/parse.js';

function noticesOf(count: number): readonly string[] {
  const members = Array.from({ length: count }, (_, index) => ({
    name: `e${index + 1}`,
    address: `10.0.0.${index + 1}`,
  }));
  return documentNotices(parseClusterSpec({ members })).map(({ path, message }) => `${path}: ${message}`);
}

describe('a notice', () => {
  it.each([1, 3, 5, 7])('is not given of %d members', (count) => {
    expect(noticesOf(count)).toEqual([]);
  });

  it.each([
    [2, 'does not survive the loss of any, like one of 1'],
    [4, 'survives the loss of 1, like one of 3'],
    [6, 'survives the loss of 2, like one of 5'],
  ])('is given of %d members', (count, words) => {
    expect(noticesOf(count)).toEqual([
      `members: A cluster of ${count} ${words}, and has one member more to lose.`,
    ]);
  });

  it.each([
    ['certificates.directory', { certificates: { directory: '/tmp/etcd' } }],
    ['certificates.directory', { certificates: { directory: '/var/tmp/pki' } }],
    ['etcd.configFile', { etcd: { config: 'yaml', configFile: '/run/etcd/etcd.yml' } }],
    [
      'etcd.settings.auth-token',
      { etcd: { settings: { 'auth-token': 'jwt,sign-method=HS256,priv-key=/run/etcd/jwt' } } },
    ],
  ])('is given of files of the bundle in a folder that is emptied: %s', (path, document) => {
    expect(codesOf(document)).toEqual([`${path} folder-is-emptied`]);
  });

  it('is given of each further CA whose clients are let in', () => {
    expect(codesOf({ certificates: { trust: ['a.pem', 'b.pem'] } })).toEqual([
      'certificates.trust[0] further-clients',
      'certificates.trust[1] further-clients',
    ]);
    expect(codesOf({ certificates: { trust: [] } })).toEqual([]);
  });

  it('is not given of data there, nor of folders with names like theirs', () => {
    expect(codesOf({ etcd: { dataDir: '/run/etcd' } })).toEqual([]);
    expect(codesOf({ certificates: { directory: '/tmpfiles/etcd' } })).toEqual([]);
  });
});

function codesOf(document: object): readonly string[] {
  const spec = parseClusterSpec({ members: [{ name: 'e1', address: '10.0.0.1' }], ...document });
  return documentNotices(spec).map(({ path, code }) => `${path} ${code}`);
}
