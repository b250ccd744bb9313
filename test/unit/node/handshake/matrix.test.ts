import { describe, expect, it } from 'vitest';
import { handshakeGrids, renderHandshakeGrid } from '../../../../src/node/handshake/grid.js';
import { handshakeMatrix } from '../../../../src/node/handshake/matrix.js';
import type { HandshakeClient, HandshakeMember } from '../../../../src/node/handshake/participant.js';
import { type Authority, type LeafOptions, makeAuthority, type Pair } from './openssl.js';

interface Fault {
  /** Of m2's peer pair. */
  readonly leaf?: LeafOptions;
  readonly pair?: (authority: Authority) => Pair;
  readonly member?: Partial<HandshakeMember>;
}

function hostOf(n: number): string {
  return `10.0.0.${n}`;
}

/** Two members that accept each other, and a client; m2 with a fault. */
function cluster(fault: Fault = {}) {
  const authority = makeAuthority();
  const members = [1, 2].map((n): HandshakeMember => {
    const altNames = `IP:${hostOf(n)},DNS:m${n}`;
    const leaf = authority.issue({ altNames, ...(n === 2 ? fault.leaf : {}) });
    const pair = n === 2 && fault.pair !== undefined ? fault.pair(authority) : leaf;
    return {
      name: `m${n}`,
      peer: { ...pair, ca: authority.certificate },
      server: { ...authority.issue({ altNames }), ca: authority.certificate },
      peerHosts: [hostOf(n)],
      clientHosts: [hostOf(n)],
      ...(n === 2 ? fault.member : {}),
    };
  });
  const client: HandshakeClient = {
    name: 'admin',
    ...authority.issue({ usages: 'clientAuth' }),
    ca: authority.certificate,
  };
  return { authority, members, client };
}

/** `m1>m2 dialler: …` of every refusal. */
async function refusals(
  members: readonly HandshakeMember[],
  clients: readonly HandshakeClient[] = [],
  at?: number,
): Promise<readonly string[]> {
  const results = await handshakeMatrix(members, clients, at === undefined ? {} : { at });
  return results.flatMap(({ from, to, refusals: found }) =>
    found.map(({ by, says }) => `${from}>${to} ${by}: ${says}`),
  );
}

const UNKNOWN = 'x509: certificate signed by unknown authority';
const USAGE = 'x509: certificate specifies an incompatible key usage';

describe('handshakeMatrix', () => {
  it('lets a sound cluster through, each with each', async () => {
    const { members, client } = cluster();
    const results = await handshakeMatrix(members, [client]);
    expect(results.map(({ from, to, listener, ok }) => [from, to, listener, ok])).toEqual([
      ['m1', 'm2', 'peer', true],
      ['m2', 'm1', 'peer', true],
      ['m1', 'm1', 'gateway', true],
      ['m2', 'm2', 'gateway', true],
      ['admin', 'm1', 'client', true],
      ['admin', 'm2', 'client', true],
    ]);
  });

  it('finds a key of another pair', async () => {
    const { members } = cluster({
      pair: (authority) => ({ certificate: authority.issue({}).certificate, key: authority.issue({}).key }),
    });
    const says = 'tls: private key does not match public key';
    expect(await refusals(members)).toEqual([`m1>m2 listener: ${says}`, `m2>m1 dialler: ${says}`]);
  });

  it("finds another member's pair, from both sides", async () => {
    const { members } = cluster({ leaf: { altNames: 'IP:10.0.0.1,DNS:m1' } });
    expect(await refusals(members)).toEqual([
      'm1>m2 dialler: x509: certificate is valid for 10.0.0.1, not 10.0.0.2',
      'm2>m1 listener: tls: "10.0.0.2" does not match any of DNSNames ["m1"]',
    ]);
  });

  it('finds what has ended, and what will have at another time', async () => {
    const { members } = cluster({ leaf: { altNames: 'IP:10.0.0.2', from: -9, to: -2 } });
    const ended = /^m1>m2 dialler: x509: certificate has expired.*is after \S+Z$/;
    expect(await refusals(members)).toEqual([
      expect.stringMatching(ended),
      expect.stringMatching(/^m2>m1 listener: x509: certificate has expired/),
    ]);
    // Before the authority's own beginning nothing holds, and nothing has ended.
    const then = Math.floor(Date.now() / 1000) - 5 * 86_400;
    const early = await refusals(members, [], then);
    expect(early).toHaveLength(6);
    for (const text of early) expect(text).toContain(' is before ');
  });

  it('finds a certificate of another authority', async () => {
    const foreign = makeAuthority();
    const { members } = cluster({ pair: () => foreign.issue({ altNames: 'IP:10.0.0.2' }) });
    expect(await refusals(members)).toEqual([`m1>m2 dialler: ${UNKNOWN}`, `m2>m1 listener: ${UNKNOWN}`]);
  });

  it('finds a peer certificate for servers alone, where it dials', async () => {
    const { members } = cluster({ leaf: { altNames: 'IP:10.0.0.2', usages: 'serverAuth' } });
    expect(await refusals(members)).toEqual([`m2>m1 listener: ${USAGE}`]);
  });

  it('lets a second pair serve the client side', async () => {
    const { authority, members } = cluster({ leaf: { altNames: 'IP:10.0.0.2', usages: 'serverAuth' } });
    const dialling = authority.issue({ altNames: 'IP:10.0.0.2', usages: 'clientAuth' });
    const repaired = members.map((member) =>
      member.name === 'm2' && member.peer !== undefined
        ? {
            ...member,
            peer: { ...member.peer, clientCertificate: dialling.certificate, clientKey: dialling.key },
          }
        : member,
    );
    expect(await refusals(repaired)).toEqual([]);
  });

  it('takes usages down the whole chain, as Go does', async () => {
    const { members } = cluster({
      pair: (authority) => {
        const inner = authority.below('serverAuth');
        const leaf = inner.issue({ altNames: 'IP:10.0.0.2' });
        return { certificate: leaf.certificate + inner.certificate, key: leaf.key };
      },
    });
    expect(await refusals(members)).toEqual([`m2>m1 listener: ${USAGE}`]);
  });

  it('does not look at the key usage, which OpenSSL does', async () => {
    const { members } = cluster({ leaf: { altNames: 'IP:10.0.0.2', keyUsage: 'keyEncipherment' } });
    expect(await refusals(members)).toEqual([]);
  });

  it('takes no common name for a host name', async () => {
    const { members } = cluster({
      leaf: { altNames: '', commonName: 'm2.example.org' },
      member: { peerHosts: ['m2.example.org'] },
    });
    expect(await refusals(members)).toEqual([
      'm1>m2 dialler: x509: certificate is not valid for any names, but wanted to match m2.example.org',
    ]);
  });

  it('holds a peer against the address that it comes from, unless told not to', async () => {
    const source = { sourceHosts: ['10.9.9.9'] };
    const leaf = { altNames: 'IP:10.0.0.2' };
    const [first, ...others] = cluster({ leaf, member: source }).members;
    const says = 'm2>m1 listener: x509: certificate is valid for 10.0.0.2, not 10.9.9.9';
    expect(await refusals(first === undefined ? [] : [first, ...others])).toEqual([says]);
    expect(
      await refusals(first === undefined ? [] : [{ ...first, skipsPeerNames: true }, ...others]),
    ).toEqual([]);
  });

  it('asks a client for a certificate where the listener has a CA, and not otherwise', async () => {
    const { authority, members } = cluster();
    const bare: HandshakeClient = { name: 'bare', ca: authority.certificate };
    const says = "listener: tls: client didn't provide a certificate";
    expect(await refusals(members, [bare])).toEqual([`bare>m1 ${says}`, `bare>m2 ${says}`]);
    const open = members.map(({ server, ...member }) =>
      server === undefined
        ? member
        : { ...member, server: { certificate: server.certificate, key: server.key } },
    );
    expect(await refusals(open, [bare])).toEqual([]);
  });

  it('dials loopback addresses of the member that the client is on, and no gateway that is off', async () => {
    const { authority, members, client } = cluster();
    const both = members.map((member) => ({
      ...member,
      clientHosts: [...member.clientHosts, '127.0.0.1'],
      hasGateway: false,
    }));
    expect(await refusals(both, [client])).toEqual([]);
    const says = 'x509: certificate is valid for 10.0.0.1, not 127.0.0.1';
    expect(await refusals(both, [{ ...client, on: 'm1' }])).toEqual([`admin>m1 dialler: ${says}`]);
    const bad = { ...authority.issue({ usages: 'serverAuth' }), ca: authority.certificate };
    expect(await refusals(both.map((member) => ({ ...member, server: bad })))).toEqual([]);
    expect(await refusals(members.map((member) => ({ ...member, server: bad })))).toEqual([
      `m1>m1 listener: ${USAGE}`,
      `m2>m2 listener: ${USAGE}`,
    ]);
  });

  it('holds common names against those that are allowed, in both directions', async () => {
    const { members } = cluster({ leaf: { altNames: 'IP:10.0.0.2', commonName: 'other' } });
    const strict = members.map((member) => ({ ...member, peerAllowedNames: ['other'] }));
    const says = 'client certificate authentication failed';
    expect(await refusals(strict)).toEqual([`m1>m2 listener: ${says}`, `m2>m1 dialler: ${says}`]);
  });
});

describe('renderHandshakeGrid', () => {
  it('marks each place and tells once what a number stands for', async () => {
    const { members } = cluster({ leaf: { altNames: 'IP:10.0.0.2', usages: 'serverAuth' } });
    const results = await handshakeMatrix(members, []);
    const lines = renderHandshakeGrid(results).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'Peers (each row dials each column)',
      '    m1  m2',
      'm1  -   ok',
      'm2  1   -',
    ]);
    expect(lines.at(-2)).toBe(`1  the listener says: ${USAGE}`);
    expect(handshakeGrids(results)).toMatchObject({
      grids: [
        { listener: 'peer', columns: ['m1', 'm2'], rows: [{ from: 'm1', marks: ['-', 'ok'] }, {}] },
        {},
      ],
      refusals: [`the listener says: ${USAGE}`],
    });
  });
});
