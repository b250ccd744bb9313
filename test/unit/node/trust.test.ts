import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EtcdBundleError } from '../../../src/errors.js';
import { both } from '../../../src/node/both.js';
import { makeFurtherAuthority, readTrustOf } from '../../support/further-authority.js';

const NOW = 1_800_000_000;

describe('readTrust', () => {
  it('takes every certificate of a file, and leaves keys where they are', async () => {
    const [one, other] = [await makeFurtherAuthority(NOW, 'One'), await makeFurtherAuthority(NOW, 'Other')];
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const read = await readTrustOf(`# ours\n${one.certificate}${key}${other.certificate}`, NOW);
    expect(read).toEqual([...one.trust, ...other.trust]);
    expect(JSON.stringify(read)).not.toContain('PRIVATE KEY');
  });

  it('says what one is', async () => {
    const { certificate, trust } = await makeFurtherAuthority(NOW);
    expect(trust).toEqual([
      {
        certificate,
        subject: 'CN=Further CA',
        issuer: 'CN=Further CA',
        serialNumber: expect.stringMatching(/^(?:[0-9a-f]{2}){1,16}$/),
        altNames: [],
        keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
        extendedKeyUsage: [],
        key: 'ecdsa-p256',
        notBefore: NOW - 300,
        notAfter: NOW + 876_000 * 3_600,
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        publicKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('reads one whatever its label, as etcd does', async () => {
    const { certificate, trust } = await makeFurtherAuthority(NOW);
    expect(await readTrustOf(certificate.replaceAll('CERTIFICATE', 'ROOT'), NOW)).toEqual(trust);
  });
});

describe('both', () => {
  const refuse = (path: string): Promise<never> =>
    Promise.reject(
      new EtcdBundleError('invalid-authority', [
        { code: 'no-such-file', path, message: 'No.', cure: 'Yes.' },
      ]),
    );

  it('comes to both', async () => {
    expect(await both(Promise.resolve(1), Promise.resolve('2'))).toEqual([1, '2']);
  });

  it('says all that is wrong with either', async () => {
    await expect(both(refuse('a'), refuse('b'))).rejects.toMatchObject({
      issues: [{ path: 'a' }, { path: 'b' }],
    });
    await expect(both(refuse('a'), Promise.resolve(1))).rejects.toMatchObject({ issues: [{ path: 'a' }] });
  });

  it('throws what is no fault of theirs as it is', async () => {
    const error = new EtcdBundleError('system', []);
    await expect(both(refuse('a'), Promise.reject(error))).rejects.toBe(error);
  });
});
