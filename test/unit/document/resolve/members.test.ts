import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { MEMBER, refusals, refusedAt, TWO_MEMBERS } from './document.js';

describe('names', () => {
  it.each(['admin', 'Admin', 'control-plane', 'CONTROL-PLANE'])(
    '%s is the name of another tarball',
    (name) => {
      expect(refusedAt({ members: [MEMBER, { name, address: '10.0.0.2' }] })).toEqual([
        'members[1].name tarball-name-taken',
      ]);
    },
  );

  it('are told apart without letter case, each from the first that bears it', () => {
    const members = ['a', 'b', 'A', 'a'].map((name, index) => ({ name, address: `10.0.0.${index + 1}` }));
    const [first, second, ...others] = refusals({ members });
    expect([first, second].map((text) => text?.split(':')[0])).toEqual([
      'members[2].name repeated-member-name',
      'members[3].name repeated-member-name',
    ]);
    expect(others).toEqual([]);
  });

  it("of clients are no members' and no other client's, letter case aside", () => {
    expect(
      refusedAt({
        members: [{ name: 'Client-Backup', address: '10.0.0.1' }],
        clients: [{ name: 'other' }, { name: 'OTHER' }, { name: 'backup' }],
      }),
    ).toEqual(['clients[1].name repeated-client-name', 'clients[2].name tarball-name-taken']);
  });

  it.each([
    ['x'.repeat(64), []],
    ['💡'.repeat(64), []],
    ['x'.repeat(65), ['clients[0].commonName not-a-common-name']],
    ['', ['clients[0].commonName not-a-common-name']],
    ['a\nb', ['clients[0].commonName not-a-common-name']],
  ])('a common name %j: %j', (commonName, expected) => {
    expect(refusedAt({ clients: [{ name: 'a', commonName }] })).toEqual(expected);
  });

  it('a client without a common name is called by its name', () => {
    expect(parseClusterSpec({ members: [MEMBER], clients: [{ name: 'a' }] }).clients).toEqual([
      { name: 'a', commonName: 'a' },
    ]);
  });
});

describe('addresses', () => {
  it('are said where they are wrong, in a list and alone', () => {
    expect(
      refusedAt({
        members: [
          { name: 'e1', address: ['10.0.0.1', '::', '10.0.0.3'] },
          { name: 'e2', address: ['10.0.0.2', '10.0.0.1'] },
          { name: 'e3', address: '10.0.0.3' },
        ],
      }),
    ).toEqual([
      'members[0].address[1] unreachable-address',
      'members[1].address[1] repeated-address',
      'members[2].address repeated-address',
    ]);
  });

  it.each(['0.0.0.0', '::', '224.0.0.1', '255.255.255.255', 'ff02::1', 'fe80::1'])(
    '%s reaches no single host from others',
    (address) => {
      expect(refusedAt({ members: [{ name: 'e1', address }] })).toEqual([
        'members[0].address unreachable-address',
      ]);
    },
  );

  it.each([
    ['https://10.0.0.1:2379', 'without scheme and port'],
    ['HTTP://e1', 'without scheme and port'],
    ['10.0.0.1/24', 'without its prefix length: "10.0.0.1".'],
    ['fd00::1/64', 'without its prefix length: "fd00::1".'],
    ['fe80::1%eth0', 'zone'],
    ['[fd00::1]', 'without brackets: "fd00::1".'],
    ['e1:2379', 'etcd.clientPort and etcd.peerPort'],
    ['10.0.0.256', 'four decimal numbers'],
    ['10.0.01.1', 'four decimal numbers'],
    ['e_1.example.org', 'no underscore'],
    ['e1 .example.org', 'without spaces'],
  ])('%s: %s', (text, words) => {
    expect(refusals({ members: [{ name: 'e1', address: text }] })).toEqual([
      expect.stringMatching(/^members\[0\]\.address not-an-address: (?:Write|DNS) /),
    ]);
    expect(refusals({ members: [{ name: 'e1', address: text }] })[0]).toContain(words);
  });
});

describe('alternative names of a member', () => {
  it("are not another member's name or address, in whatever spelling", () => {
    const members = [
      { name: 'e1', address: '10.0.0.1', altNames: ['E2', '10.0.0.1', 'FD00:0::2', 'e3.example.org'] },
      { name: 'e2', address: ['10.0.0.2', 'fd00::2'] },
    ];
    expect(refusedAt({ members })).toEqual([
      'members[0].altNames[0] foreign-alt-name',
      'members[0].altNames[2] foreign-alt-name',
    ]);
    expect(refusedAt({ members, certificates: { tls: 'shared' } })).toEqual([]);
  });

  it("are not another member's address although they are the member's own name", () => {
    const named = { name: 'db.example.org', address: '10.0.0.1', altNames: ['db.example.org'] };
    const other = { name: 'e2', address: 'db.example.org' };
    expect(refusedAt({ members: [named, other] })).toEqual(['members[0].altNames[0] foreign-alt-name']);
    expect(refusedAt({ members: [other, named] })).toEqual(['members[1].altNames[0] foreign-alt-name']);
    expect(refusedAt({ members: [named] })).toEqual([]);
  });

  it('may be wildcards, and never the unspecified address', () => {
    expect(refusedAt({ members: [{ ...MEMBER, altNames: ['*.example.org', '::', 'a b'] }] })).toEqual([
      'members[0].altNames[1] unspecified-alt-name',
      'members[0].altNames[2] not-an-alt-name',
    ]);
  });
});

describe('a token', () => {
  it.each([
    ['!'.repeat(128), []],
    ['~', []],
    ['a'.repeat(129), ['cluster.token not-a-token']],
    ['', ['cluster.token not-a-token']],
    ['ä', ['cluster.token not-a-token']],
    ['a\u007f', ['cluster.token not-a-token']],
  ])('%j: %j', (token, expected) => {
    expect(refusedAt({ members: TWO_MEMBERS, cluster: { token } })).toEqual(expected);
  });

  it('called random is drawn', () => {
    expect(parseClusterSpec({ members: [MEMBER], cluster: { token: 'random' } }).cluster.token).toEqual({
      type: 'random',
    });
  });
});
