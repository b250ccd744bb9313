import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CryptoProvider, issuePki, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { askGo } from './go.js';
import { issueAt, sharedKeys, single } from './issued.js';

const NOW = 1_800_000_000;
const constant = (octet: number): Partial<CryptoProvider> => ({
  randomBytes: (length) => new Uint8Array(length).fill(octet),
});

describeWithPrograms(['openssl', 'go-x509', 'zlint'], 'serial numbers', (program) => {
  it.each([
    ['zeros alone', 0x00, '1'],
    ['ones alone', 0xff, 'f'.repeat(32)],
    ['a first bit of 1', 0x80, '80'.repeat(16)],
    ['a first bit of 0', 0x7f, '7f'.repeat(16)],
  ])('are positive, short and unlike each other: %s', async (_, octet, first) => {
    const pki = await issueAt(NOW, single({}), sharedKeys(constant(octet)));
    const all = [...pki.authorities, ...pki.leaves];
    const read = askGo(
      program('go-x509').path,
      all.map(({ certificateDer }) => ({ ask: 'certificate', certificate: certificateDer })),
    ).map(({ certificate }) => certificate?.serial ?? '');
    expect(read[0]).toBe(first);
    expect(new Set(read).size).toBe(all.length);
    for (const [index, { certificate, serialNumber }] of all.entries()) {
      expect(BigInt(`0x${new X509Certificate(certificate).serialNumber}`).toString(16)).toBe(read[index]);
      expect(BigInt(`0x${serialNumber}`).toString(16)).toBe(read[index]);
      // At most 20 octets, the sign's included (RFC 5280, 4.1.2.2).
      const printed = execFileSync(program('openssl').path, ['asn1parse'], {
        input: certificate,
        encoding: 'utf8',
      });
      const [, length = '99'] = /l= +(\d+) prim: INTEGER/.exec(printed.split('\n').slice(3).join('\n')) ?? [];
      expect(Number(length)).toBeLessThanOrEqual(20);
      const lint: Record<string, { result: string }> = JSON.parse(
        execFileSync(program('zlint').path, ['-includeSources', 'RFC5280'], {
          input: certificate,
          encoding: 'utf8',
        }),
      );
      expect(Object.entries(lint).filter(([, { result }]) => ['error', 'fatal'].includes(result))).toEqual(
        [],
      );
    }
  });
});

describe('a token', () => {
  const spec = parseClusterSpec({ ...single({}), cluster: { token: 'random' } });

  it('is not drawn for ever from octets that cannot be used', async () => {
    const crypto = { ...nodeCryptoProvider(), ...constant(0xff) };
    await expect(issuePki(spec, planCertificates(spec), { crypto, now: NOW })).rejects.toThrow(/not random/);
  });

  it('is drawn from any others', async () => {
    const crypto = { ...nodeCryptoProvider(), ...constant(0x00) };
    expect((await issuePki(spec, planCertificates(spec), { crypto, now: NOW })).token).toBe('A'.repeat(20));
  });
});

describeWithPrograms(['openssl', 'go-x509'], 'ECDSA signatures', (program) => {
  it.each(['ecdsa-p256', 'ecdsa-p384'] as const)('of %s hold in every shape', async (key) => {
    // r and s begin with a bit of 1 in half the cases each, and with a zero octet in one of 256.
    const shapes = new Set<number>();
    const questions = [];
    for (let round = 0; round < 60; round += 1) {
      const pki = await issueAt(NOW, single({ key }));
      const roots = pki.authorities[0]?.certificate ?? '';
      for (const { certificate, certificateDer } of pki.leaves) {
        shapes.add(certificateDer.length);
        questions.push({ ask: 'chain', certificate, roots, usage: 'clientAuth', at: NOW } as const);
      }
    }
    const says = askGo(program('go-x509').path, questions).map((answer) => answer.says);
    expect(says.filter((text) => text !== '' && !text.includes('incompatible key usage'))).toEqual([]);
    expect(shapes.size).toBeGreaterThan(2);
  });

  it('are taken from the signer as they are', async () => {
    const signatures: Buffer[] = [];
    const crypto = sharedKeys();
    const pki = await issueAt(NOW, single({}), {
      ...crypto,
      importSigner: async (pair) => {
        const sign = await crypto.importSigner(pair);
        return async (data) => {
          const signature = await sign(data);
          signatures.push(Buffer.from(signature));
          return signature;
        };
      },
    });
    const all = [...pki.authorities, ...pki.leaves];
    expect(signatures).toHaveLength(all.length);
    for (const { certificateDer } of all)
      expect(
        signatures.some((signature) =>
          Buffer.from(certificateDer).subarray(-signature.length).equals(signature),
        ),
      ).toBe(true);
  });
});

describe('the same clock, keys and randomness', () => {
  it('give the same to-be-signed octets', async () => {
    const tbs = async (): Promise<readonly string[]> => {
      const pki = await issueAt(NOW, single({}));
      return [...pki.authorities, ...pki.leaves].map(({ certificateDer }) => {
        const length = ((certificateDer[6] ?? 0) << 8) | (certificateDer[7] ?? 0);
        return Buffer.from(certificateDer.subarray(4, 8 + length)).toString('hex');
      });
    };
    expect(await tbs()).toEqual(await tbs());
  });
});
