import { describe, expect, it } from 'vitest';
import { parseUrlList } from '../../../src/net/etcd-url.js';

/** What etcd 3.4.23, 3.5.35, 3.6.16 and 3.7.3 say of a flag. */
describe('a URL that Go cannot read', () => {
  it.each([
    ['unix://localhost:m12345', 'invalid port ":m12345" after host'],
    ['unixs://localhost:m12345', 'invalid port ":m12345" after host'],
    ['unix://a:b:c', 'invalid port ":c" after host'],
    ['unix://[::1', "missing ']' in host"],
    ['unix://[::1]x', 'invalid port "x" after host'],
    ['unix://a b', 'invalid character " " in host name'],
    ['unix://a%zz:1', 'invalid URL escape "%zz"'],
    ['unix://%41:1', 'invalid URL escape "%41"'],
    ['http://localhost:m1', 'invalid port ":m1" after host'],
    ['http://127.0.0.1:%31', 'invalid port ":%31" after host'],
    ['http://[::1]:x', 'invalid port ":x" after host'],
    ['http://a%zz:1', 'invalid URL escape "%zz"'],
  ])('%s', (text, says) => {
    expect(parseUrlList(text)).toEqual({ urls: [], fault: `parse "${text}": ${says}` });
  });

  it.each([
    'unix://localhost:12345',
    'unix://localhost:',
    'unix://localhost',
    'unix://',
    'unix:///x/y:z',
    'unix://u@h:1',
    'http://a_b:1',
    'http://u:p@127.0.0.1:1',
    'http://[fe80::1%25lo]:1',
  ])('is not %s', (text) => {
    const { urls, fault } = parseUrlList(text);
    expect(fault).toBeUndefined();
    expect(urls).toHaveLength(1);
  });
});
