import { expect, it } from 'vitest';
import type { HostRoot } from '../../../../src/host/host-root.js';
import { handshakeGrids, renderHandshakeGrid } from '../../../../src/node/handshake/grid.js';
import { describeWithPrograms } from '../../../programs/describe.js';
import { clientRoot, makeCluster, shakeAll } from './hosts.js';
import { makeAuthority } from './openssl.js';

/** `m1>m2 dialler: …` of every refusal. */
async function refusals(roots: readonly HostRoot[], at?: number): Promise<readonly string[]> {
  const { results } = await shakeAll(roots, at);
  return results.flatMap(({ from, to, refusals: found }) =>
    found.map(({ by, says }) => `${from}>${to} ${by}: ${says}`),
  );
}

const UNKNOWN = 'x509: certificate signed by unknown authority';
const USAGE = 'x509: certificate specifies an incompatible key usage';
const M2 = 'IP:10.0.0.2';

describeWithPrograms(['openssl'], 'handshakeMatrix', () => {
  it('lets a sound cluster through, each with each', async () => {
    const { results, findings } = await shakeAll(makeCluster().roots);
    expect(results.map(({ from, to, listener, ok }) => [from, to, listener, ok])).toEqual([
      ['m1', 'm2', 'peer', true],
      ['m2', 'm1', 'peer', true],
      ['m1', 'm1', 'gateway', true],
      ['m2', 'm2', 'gateway', true],
      ['admin:client.crt', 'm1', 'client', true],
      ['admin:client.crt', 'm2', 'client', true],
    ]);
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('finds a key of another pair', async () => {
    const { roots } = makeCluster((authority) => ({
      m2: {
        peer: { certificate: authority.issue({ altNames: M2 }).certificate, key: authority.issue({}).key },
      },
    }));
    const says = 'tls: private key does not match public key';
    expect(await refusals(roots)).toEqual([`m1>m2 listener: ${says}`, `m2>m1 dialler: ${says}`]);
  });

  it("finds another member's pair, from both sides", async () => {
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: 'IP:10.0.0.1,DNS:m1' } } }));
    expect(await refusals(roots)).toEqual([
      'm1>m2 dialler: x509: certificate is valid for 10.0.0.1, not 10.0.0.2',
      'm2>m1 listener: tls: "10.0.0.2" does not match any of DNSNames ["m1"]',
    ]);
  });

  it('finds what has ended, and what will have at another time', async () => {
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: M2, from: -9, to: -2 } } }));
    expect(await refusals(roots)).toEqual([
      expect.stringMatching(/^m1>m2 dialler: x509: certificate has expired.*is after \S+Z$/),
      expect.stringMatching(/^m2>m1 listener: x509: certificate has expired/),
    ]);
    // Before the authority's own beginning nothing holds, and nothing has ended.
    const early = await refusals(roots, Math.floor(Date.now() / 1000) - 5 * 86_400);
    expect(early).toHaveLength(10);
    for (const text of early) expect(text).toContain(' is before ');
  });

  it('finds a certificate of another authority', async () => {
    const foreign = makeAuthority('foreign');
    const { roots } = makeCluster(() => ({ m2: { peer: foreign.issue({ altNames: M2 }) } }));
    expect(await refusals(roots)).toEqual([`m1>m2 dialler: ${UNKNOWN}`, `m2>m1 listener: ${UNKNOWN}`]);
  });

  it('finds a peer certificate for servers alone, where it dials', async () => {
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: M2, usages: 'serverAuth' } } }));
    expect(await refusals(roots)).toEqual([`m2>m1 listener: ${USAGE}`]);
  });

  it('lets a second pair serve the client side', async () => {
    const { roots } = makeCluster((authority) => {
      const dialling = authority.issue({ altNames: M2, usages: 'clientAuth' });
      return {
        m2: {
          leaf: { altNames: M2, usages: 'serverAuth' },
          flags: {
            'peer-client-cert-file': '/etc/etcd/dial.crt',
            'peer-client-key-file': '/etc/etcd/dial.key',
          },
          files: { 'etc/etcd/dial.crt': dialling.certificate, 'etc/etcd/dial.key': dialling.key },
        },
      };
    });
    expect(await refusals(roots)).toEqual([]);
  });

  it('takes usages down the whole chain, as Go does', async () => {
    const { roots } = makeCluster((authority) => {
      const inner = authority.below('serverAuth');
      const leaf = inner.issue({ altNames: M2 });
      return { m2: { peer: { certificate: leaf.certificate + inner.certificate, key: leaf.key } } };
    });
    expect(await refusals(roots)).toEqual([`m2>m1 listener: ${USAGE}`]);
  });

  it('does not look at the key usage, which OpenSSL does', async () => {
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: M2, keyUsage: 'keyEncipherment' } } }));
    expect(await refusals(roots)).toEqual([]);
  });

  it('takes no common name for a host name', async () => {
    const { roots } = makeCluster(() => ({
      m2: { host: 'm2.example.org', leaf: { altNames: '', commonName: 'm2.example.org' } },
    }));
    expect(await refusals(roots)).toEqual([
      'm1>m2 dialler: x509: certificate relies on legacy Common Name field, use SANs instead',
    ]);
  });

  it('holds a peer against the address that it comes from, unless told not to', async () => {
    const listen = {
      'listen-peer-urls': 'https://10.9.9.9:2380',
      'initial-advertise-peer-urls': 'https://m2.example.org:2380',
    };
    const m2 = { host: 'm2.example.org', leaf: { altNames: 'IP:10.0.0.2' }, flags: listen };
    const says = 'm2>m1 listener: x509: certificate is valid for 10.0.0.2, not 10.9.9.9';
    expect(await refusals(makeCluster(() => ({ m2 })).roots)).toContain(says);
    const skip = { flags: { 'peer-skip-client-san-verification': 'true' } };
    expect(await refusals(makeCluster(() => ({ m1: skip, m2 })).roots)).not.toContain(says);
  });

  it('asks a client for a certificate where the listener has a CA, and not otherwise', async () => {
    const { authority, roots } = makeCluster();
    const bare = clientRoot(authority, undefined, 'https://10.0.0.1:2379,https://10.0.0.2:2379');
    const says = "listener: tls: client didn't provide a certificate";
    expect(await refusals([...roots.slice(0, 2), bare])).toEqual([
      `admin:etcdctl.env>m1 ${says}`,
      `admin:etcdctl.env>m2 ${says}`,
    ]);
    const open = { flags: { 'trusted-ca-file': undefined, 'client-cert-auth': undefined } };
    const { authority: other, roots: others } = makeCluster(() => ({ m1: open, m2: open }));
    const there = clientRoot(other, undefined, 'https://10.0.0.1:2379,https://10.0.0.2:2379');
    expect(await refusals([...others.slice(0, 2), there])).toEqual([]);
  });

  it('tells of a client that speaks plain HTTP to TLS, and of TLS to plain HTTP', async () => {
    const { authority, roots } = makeCluster();
    const plain = clientRoot(authority, undefined, 'http://10.0.0.1:2379');
    expect(await refusals([...roots.slice(0, 2), plain])).toEqual([
      'admin:etcdctl.env>m1 listener: error reading server preface: EOF',
    ]);
  });

  it('dials no gateway that is off', async () => {
    const serving = (flags: Readonly<Record<string, string>>) =>
      makeCluster((authority) => ({
        m1: { server: authority.issue({ altNames: 'IP:10.0.0.1', usages: 'serverAuth' }), flags },
      })).roots;
    expect(await refusals(serving({ 'enable-grpc-gateway': 'false' }))).toEqual([]);
    expect(await refusals(serving({}))).toEqual([`m1>m1 listener: ${USAGE}`]);
  });

  it('holds common names against those that are allowed, in both directions', async () => {
    const flags = { 'peer-cert-allowed-cn': 'other' };
    const { roots } = makeCluster(() => ({
      m1: { flags },
      m2: { flags, leaf: { altNames: M2, commonName: 'other' } },
    }));
    const says = 'client certificate authentication failed';
    expect(await refusals(roots)).toEqual([`m1>m2 listener: ${says}`, `m2>m1 dialler: ${says}`]);
  });

  it('reads drop-ins, specifiers and binaries of other names', async () => {
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: 'IP:10.0.0.9' } } }));
    const moved = roots.map((root) => ({
      ...root,
      files: root.files.flatMap((file) => {
        if (!file.path.endsWith('etcd.service')) return [file];
        const [, flags = ''] = /bin\/etcd (.*)/.exec(new TextDecoder().decode(file.bytes)) ?? [];
        const put = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
        const folder = `etc/systemd/system/etcd@${root.name}.service`;
        return [
          put(folder, '[Service]\nExecStart=/bin/false etcd\n'),
          put(
            `${folder}.d/run.conf`,
            `[Service]\nExecStart=\nExecStart=/opt/etcd-v3.6 ${flags.replace(/--name=\S+/, '--name=%i')}\n`,
          ),
        ];
      }),
    }));
    expect((await refusals(moved)).length).toBe(2);
    expect(await refusals(moved)).toEqual(await refusals(roots));
  });

  it('has a finding of its own for a handshake that fails although the two accept each other', async () => {
    // Go and OpenSSL both read P-224, and no version of TLS can sign with it.
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: M2, curve: 'P-224' } } }));
    const { findings, results } = await shakeAll(roots);
    expect(results.filter(({ ok }) => !ok).map(({ from, to, listener }) => [from, to, listener])).toEqual([
      ['m1', 'm2', 'peer'],
      ['m2', 'm1', 'peer'],
    ]);
    const failed = findings.filter(({ rule }) => rule === 'handshake');
    expect(failed.map(({ level, member }) => [level, member])).toEqual([
      ['error', 'm2'],
      ['error', 'm1'],
    ]);
  });

  it('leaves out what OpenSSL reads otherwise than Go', async () => {
    const { roots } = makeCluster((authority) => {
      const pair = authority.issue({ altNames: M2 });
      // To Go any type will do that ends in PRIVATE KEY.
      return { m2: { peer: { ...pair, key: pair.key.replaceAll('PRIVATE KEY', 'OTHER PRIVATE KEY') } } };
    });
    expect(await refusals(roots)).toEqual([]);
  });
});

describeWithPrograms(['openssl'], 'renderHandshakeGrid', () => {
  it('marks each place and tells once what a number stands for', async () => {
    const { roots } = makeCluster(() => ({ m2: { leaf: { altNames: M2, usages: 'serverAuth' } } }));
    const { results } = await shakeAll(roots.slice(0, 2));
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
