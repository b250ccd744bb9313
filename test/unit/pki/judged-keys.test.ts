import { describe, expect, it } from 'vitest';
import type { CryptoProvider } from '../../../src/crypto/provider.js';
import {
  type Authority,
  type IssueOptions,
  isEtcdBundleError,
  issuePki,
  type Pki,
  parseClusterSpec,
  planCertificates,
} from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { encodeName } from '../../../src/x509/distinguished-name.js';

const NOW = 1_800_000_000;
const crypto = nodeCryptoProvider();
const SPEC = parseClusterSpec({
  members: [{ name: 'e1', address: '10.0.0.1' }],
  certificates: { validity: { ca: '48h', leaf: '24h' } },
});

function issue(options: Partial<IssueOptions> = {}): Promise<Pki> {
  return issuePki(SPEC, planCertificates(SPEC), { crypto, now: NOW, ...options });
}

/** An authority whose key is to be had again. */
async function authority(change: Partial<Authority> = {}): Promise<Authority> {
  const keyPair = await crypto.generateKeyPair('ecdsa-p256');
  const { authorities } = await issue({ crypto: { ...crypto, generateKeyPair: firstly(keyPair) } });
  const [own] = authorities;
  if (own === undefined) throw new Error('no authority');
  const { plan, certificate, certificateDer, subject, issuer, serialNumber, notBefore, notAfter } = own;
  return {
    certificate,
    certificateDer,
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
    subjectDer: encodeName(plan.subject),
    subjectKeyIdentifier: Uint8Array.of(1, 2, 3),
    altNames: [],
    keyUsage: plan.keyUsage,
    keyPair,
    ...change,
  };
}

function firstly(
  keyPair: Awaited<ReturnType<CryptoProvider['generateKeyPair']>>,
): CryptoProvider['generateKeyPair'] {
  let made = 0;
  return async (algorithm) => {
    made += 1;
    return made === 1 ? keyPair : crypto.generateKeyPair(algorithm);
  };
}

describe('keys', () => {
  it('serve once in a bundle', async () => {
    const keyPair = await crypto.generateKeyPair('ecdsa-p256');
    const generateKeyPair = async (): Promise<typeof keyPair> => keyPair;
    await expect(issue({ crypto: { ...crypto, generateKeyPair } })).rejects.toThrow('the same key twice');
  });

  it('of a given authority serve no leaf', async () => {
    const ca = await authority();
    const generateKeyPair = async (): Promise<Authority['keyPair']> => ca.keyPair;
    const options = {
      crypto: { ...crypto, generateKeyPair },
      authorities: { ca, 'peer-ca': await authority() },
    };
    await expect(issue(options)).rejects.toThrow('the same key twice');
  });

  it.each([
    ['another curve', 'ecdsa-p384'],
    ['RSA', 'rsa-2048'],
  ] as const)('are of the kind that was asked for: %s', async (_, other) => {
    const keyPair = await crypto.generateKeyPair(other);
    for (const algorithm of [other, 'ecdsa-p256'] as const) {
      const generateKeyPair = async (): Promise<typeof keyPair> => ({ ...keyPair, algorithm });
      await expect(issue({ crypto: { ...crypto, generateKeyPair } })).rejects.toThrow('made another kind');
    }
  });

  it('of RSA have the size that was asked for', async () => {
    const spec = parseClusterSpec({
      members: [{ name: 'e1', address: '10.0.0.1' }],
      certificates: { key: 'rsa-4096' },
    });
    const keyPair = await crypto.generateKeyPair('rsa-2048');
    const generateKeyPair = async (): Promise<typeof keyPair> => ({ ...keyPair, algorithm: 'rsa-4096' });
    const options = { crypto: { ...crypto, generateKeyPair }, now: NOW };
    await expect(issuePki(spec, planCertificates(spec), options)).rejects.toThrow('made another kind');
    const standIns = { ...options, standInKeys: true };
    await expect(issuePki(spec, planCertificates(spec), standIns)).resolves.toBeDefined();
  });
});

describe('signatures', () => {
  it('are checked once they are made', async () => {
    const other = await crypto.generateKeyPair('ecdsa-p256');
    const importSigner: CryptoProvider['importSigner'] = async () => crypto.importSigner(other);
    await expect(issue({ crypto: { ...crypto, importSigner } })).rejects.toThrow('does not verify');
  });

  it('of a given authority fit its certificate', async () => {
    const other = await crypto.generateKeyPair('ecdsa-p256');
    const ca = await authority();
    const mixed = { ...ca, keyPair: { ...ca.keyPair, privateKey: other.privateKey } };
    const error: unknown = await issue({ authorities: { ca: mixed } }).catch((reason: unknown) => reason);
    expect(isEtcdBundleError(error) ? error.issues : error).toMatchObject([
      { code: 'authority-key-mismatch', path: 'certificates.ca.key' },
    ]);
  });
});

describe('names', () => {
  it.each([
    ['octet for octet', 'CN=e1', encodeName([{ type: 'CN', value: 'e1' }])],
    ['but for the case', 'CN=E1', Uint8Array.of(0x30, 0x0d)],
  ])('of a given authority are no leaf of its own: %s', async (_, subject, subjectDer) => {
    const ca = await authority({ subject, subjectDer });
    const error: unknown = await issue({ authorities: { ca } }).catch((reason: unknown) => reason);
    expect(isEtcdBundleError(error) ? error.issues : error).toMatchObject([
      { code: 'self-issued', path: 'members[0].name' },
    ]);
  });
});

describe('what is kept', () => {
  it('passes as it is, and the rest is made anew', async () => {
    const authorities = { ca: await authority(), 'peer-ca': await authority() };
    const former = await issue({ authorities });
    const kept = former.leaves.filter(({ plan }) => plan.role !== 'server');
    const next = await issue({ authorities, kept: { token: 'as-before', leaves: kept } });
    expect(next.token).toBe('as-before');
    expect(next.leaves.map(({ plan }) => plan.id)).toEqual(former.leaves.map(({ plan }) => plan.id));
    for (const [index, leaf] of next.leaves.entries()) {
      const before = former.leaves[index];
      if (leaf.plan.role === 'server') expect(leaf.privateKey).not.toBe(before?.privateKey);
      else expect(leaf).toBe(before);
    }
  });

  it('keeps its key to itself', async () => {
    const authorities = { ca: await authority(), 'peer-ca': await authority() };
    const keyPair = await crypto.generateKeyPair('ecdsa-p256');
    const former = await issue({ authorities, crypto: { ...crypto, generateKeyPair: firstly(keyPair) } });
    const [first] = former.leaves;
    const options = { authorities, crypto: { ...crypto, generateKeyPair: firstly(keyPair) } };
    await expect(issue({ ...options, kept: { leaves: first === undefined ? [] : [first] } })).rejects.toThrow(
      'the same key twice',
    );
  });
});
