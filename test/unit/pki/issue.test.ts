import { X509Certificate } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { EtcdBundleError } from '../../../src/errors.js';
import { issuePki, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import type { Authority } from '../../../src/pki/authority.js';
import type { IssueOptions } from '../../../src/pki/issue.js';
import type { Pki } from '../../../src/pki/pki.js';
import { encodeName } from '../../../src/x509/distinguished-name.js';

const NOW = 1_800_000_000;
const HOUR = 3600;
const MEMBERS = [
  { name: 'e1', address: '10.0.0.1' },
  { name: 'e2', address: '10.0.0.2' },
];

const crypto = nodeCryptoProvider();
afterAll(() => crypto.close());

function issue(document: object, options: Partial<IssueOptions> = {}): Promise<Pki> {
  const spec = parseClusterSpec({ preset: 'kubeadm', members: MEMBERS, ...withEcKeys(document) });
  return issuePki(spec, planCertificates(spec), { crypto, now: NOW, ...options });
}

function withEcKeys(document: object & { certificates?: object }): object {
  return { ...document, certificates: { key: 'ecdsa-p256', ...document.certificates } };
}

async function issuesOf(issuing: Promise<unknown>): Promise<EtcdBundleError> {
  const error = await issuing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EtcdBundleError)) throw new Error('it was issued', { cause: error });
  return error;
}

describe('what comes out', () => {
  it('says of each certificate what the certificate says', async () => {
    const { authorities, leaves } = await issue({ preset: 'hardened', clients: [{ name: 'backup' }] });
    expect(authorities.map(({ plan, origin }) => [plan.id, origin])).toEqual([
      ['ca', 'issued'],
      ['peer-ca', 'issued'],
    ]);
    for (const pair of [...authorities, ...leaves]) {
      const read = new X509Certificate(pair.certificate);
      const oneLine = (text: string): string => text.split('\n').reverse().join(',');
      expect(read.raw).toEqual(Buffer.from(pair.certificateDer));
      expect(oneLine(read.subject)).toBe(pair.subject);
      expect(oneLine(read.issuer)).toBe(pair.issuer);
      expect(BigInt(`0x${read.serialNumber}`)).toBe(BigInt(`0x${pair.serialNumber}`));
      expect(Date.parse(read.validFrom) / 1000).toBe(pair.notBefore);
      expect(Date.parse(read.validTo) / 1000).toBe(pair.notAfter);
      expect(pair.notBefore).toBe(NOW - 300);
      expect(pair.notAfter).toBe(NOW + pair.plan.validity);
    }
  });

  it.each([
    // basicConstraints (RFC 5280, 4.2.1.9) with cA and pathLenConstraint 0, or with cA alone, as kubeadm has it.
    ['hardened', '30120603551d130101ff040830060101ff020100'],
    ['kubeadm', '300f0603551d130101ff040530030101ff'],
  ])('has authorities of %s that may sign as far down as the table says', async (preset, extension) => {
    const { authorities, leaves } = await issue({ preset });
    for (const { certificateDer } of authorities)
      expect(Buffer.from(certificateDer).toString('hex')).toContain(extension);
    for (const { certificateDer } of leaves)
      expect(Buffer.from(certificateDer).toString('hex')).toContain('300c0603551d130101ff04023000');
  });

  it.each([
    ['ecdsa-p384', 'EC'],
    ['rsa-2048', 'RSA'],
  ])('has keys of %s as kubeadm writes them: %s PRIVATE KEY', async (key, label) => {
    const { authorities, leaves } = await issue({ preset: 'shared-certificate', certificates: { key } });
    for (const { privateKey } of [...authorities, ...leaves])
      expect(privateKey).toMatch(
        new RegExp(`^-----BEGIN ${label} PRIVATE KEY-----\\n[^-]+-----END ${label} PRIVATE KEY-----\\n$`),
      );
  });

  it('has the token of the document, or one that is drawn', async () => {
    expect((await issue({ cluster: { token: 'prod-1' } })).token).toBe('prod-1');
    expect((await issue({ cluster: { token: 'random' } })).token).toMatch(/^[A-Za-z0-9]{20}$/);
  });
});

describe('while it works', () => {
  it('counts what is done, up to all of it', async () => {
    const seen: (readonly [number, number])[] = [];
    const { authorities, leaves } = await issue(
      {},
      { onIssued: (done, total) => void seen.push([done, total]) },
    );
    const total = authorities.length + leaves.length;
    expect(seen).toEqual(Array.from({ length: total }, (_, index) => [index + 1, total]));
  });

  it('ends between two certificates once it is told to', async () => {
    const abort = new AbortController();
    const issuing = issue({}, { signal: abort.signal, onIssued: () => abort.abort(new Error('enough')) });
    await expect(issuing).rejects.toThrow('enough');
  });
});

describe('a brought authority', () => {
  // Not before all tests: mutation testing asks which test runs what.
  async function bring(): Promise<Authority> {
    const { authorities } = await issue({ certificates: { validity: { ca: '48h', leaf: '24h' } } });
    const [own] = authorities;
    if (own === undefined) throw new Error('no authority');
    // Another key under the same name, so that a leaf shows which of the two has signed it.
    return {
      ...own,
      subjectDer: encodeName(own.plan.subject),
      subjectKeyIdentifier: Uint8Array.of(1, 2, 3, 4),
      altNames: [],
      keyUsage: ['keyCertSign'],
      pathLength: 3,
      keyPair: await crypto.generateKeyPair('ecdsa-p384'),
      notBefore: NOW - 60,
    };
  }

  it('signs the leaves, is described as it is, and begins before they do', async () => {
    const brought = await bring();
    const { authorities, leaves } = await issue(
      { certificates: { validity: { leaf: '24h' } } },
      { authorities: { ca: brought } },
    );
    expect(authorities).toMatchObject([
      {
        origin: 'given',
        certificate: brought.certificate,
        serialNumber: brought.serialNumber,
        plan: { id: 'ca', key: 'ecdsa-p384', keyUsage: ['keyCertSign'], altNames: [] },
      },
    ]);
    for (const { certificateDer, notBefore, issuer } of leaves) {
      const text = Buffer.from(certificateDer).toString('hex');
      // authorityKeyIdentifier (RFC 5280, 4.2.1.1) and ecdsa-with-SHA384, which fits the brought key and not the leaves' own.
      expect(text).toContain('0603551d23040830068004' + '01020304');
      expect(text).toContain('06082a8648ce3d040303');
      expect(notBefore).toBe(NOW - 60);
      expect(issuer).toBe(brought.subject);
    }
  });

  it('is not taken for the other one', async () => {
    const brought = await bring();
    const { authorities } = await issue(
      { preset: 'hardened', certificates: { validity: { leaf: '24h' } } },
      { authorities: { 'peer-ca': brought } },
    );
    expect(authorities.map(({ plan, origin }) => [plan.id, origin])).toEqual([
      ['ca', 'issued'],
      ['peer-ca', 'given'],
    ]);
  });

  it.each([
    ['without keyCertSign', { keyUsage: ['cRLSign'] }, 'issuer-may-sign', 'keyCertSign'],
    [
      'with a key that its name does not fit',
      { subjectDer: Uint8Array.of(0x30, 0) },
      'issuer-named',
      'without a name',
    ],
  ] as const)('%s signs nothing', async (_, change, code, words) => {
    const brought = await bring();
    const error = await issuesOf(
      issue(
        { certificates: { validity: { leaf: '24h' } } },
        { authorities: { ca: { ...brought, ...change } } },
      ),
    );
    expect(error.code).toBe('lint-failed');
    expect(error.issues[0]).toMatchObject({ code, path: 'server/e1' });
    expect(error.issues[0]?.message).toContain(words);
  });

  it('lets leaves live as long as itself and no longer', async () => {
    const brought = await bring();
    const until = async (leaf: string, beyondAuthority: string): Promise<ReadonlySet<number>> => {
      const { leaves } = await issue(
        { certificates: { validity: { leaf }, beyondAuthority } },
        { authorities: { ca: brought } },
      );
      return new Set(leaves.map(({ notAfter }) => notAfter));
    };
    expect(await until('48h', 'refuse')).toEqual(new Set([NOW + 48 * HOUR]));
    expect(await until('47h', 'clamp')).toEqual(new Set([NOW + 47 * HOUR]));
    expect(await until('49h', 'clamp')).toEqual(new Set([NOW + 48 * HOUR]));
    const error = await issuesOf(until('49h', 'refuse'));
    expect(error.code).toBe('invalid-authority');
    expect(error.issues).toMatchObject([{ code: 'outlives-authority', path: 'certificates.validity.leaf' }]);
    expect(error.issues[0]?.message).toMatch(/^server\/e1 .*2027-01-17T09:00:00Z.*2027-01-17T08:00:00Z/);
  });
});

describe('a plan that breaks a rule', () => {
  const SPEC = parseClusterSpec({ members: MEMBERS, preset: 'kubeadm', certificates: { key: 'ecdsa-p256' } });

  it.each(['authority', 'leaf'] as const)(
    'is refused before the key of its signer is used: %s',
    async (type) => {
      const plans = planCertificates(SPEC).map((plan) =>
        plan.type === type ? { ...plan, keyUsage: [] } : plan,
      );
      const error = await issuesOf(issuePki(SPEC, plans, { crypto, now: NOW }));
      expect(error.code).toBe('lint-failed');
      expect(error.issues[0]).toMatchObject({ path: type === 'authority' ? 'ca' : 'server/e1' });
      expect(error.issues[0]?.message).toContain('no key usage');
    },
  );

  it('follows kubeadm where the document asks for that', async () => {
    const usages = 'kubeadm-compatible';
    await expect(issue({ certificates: { usages } })).resolves.toBeDefined();
    const plans = planCertificates(
      parseClusterSpec({ members: MEMBERS, preset: 'kubeadm', certificates: { key: 'ecdsa-p256', usages } }),
    );
    expect((await issuesOf(issuePki(SPEC, plans, { crypto, now: NOW }))).code).toBe('lint-failed');
  });

  it('cannot name an authority that it has not', async () => {
    const plans = planCertificates(SPEC).filter(({ type }) => type === 'leaf');
    await expect(issuePki(SPEC, plans, { crypto, now: NOW })).rejects.toThrow(/^server\/e1 /);
  });
});
