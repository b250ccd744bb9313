import { describe, expect, it } from 'vitest';
import { issuePki, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider, readAuthority } from '../../../src/node/index.js';
import { signCertificateList } from '../../../src/pki/sign-certificate-list.js';

const NOW = 1_800_000_000;
const crypto = nodeCryptoProvider();
const LIST = { crlNumber: 1, thisUpdate: NOW, nextUpdate: NOW + 3600, revokedCertificates: [] };

async function authority() {
  const spec = parseClusterSpec({ members: [{ name: 'e1', address: '10.0.0.1' }] });
  const { authorities } = await issuePki(spec, planCertificates(spec), { crypto, now: NOW });
  return readAuthority(authorities[0]?.certificate ?? '', authorities[0]?.privateKey ?? '', 'ca', NOW);
}

const contains = (list: Uint8Array, part: Uint8Array) => Buffer.from(list).includes(Buffer.from(part));

describe('a list that an authority signs', () => {
  it('has its name, octet for octet, and its key identifier', async () => {
    const own = await authority();
    const list = await signCertificateList(own, LIST, crypto);
    expect(contains(list, own.subjectDer)).toBe(true);
    expect(contains(list, own.subjectKeyIdentifier)).toBe(true);
  });

  it('of an authority without an identifier has none', async () => {
    const list = await signCertificateList(
      { ...(await authority()), subjectKeyIdentifier: new Uint8Array() },
      LIST,
      crypto,
    );
    expect(contains(list, Uint8Array.of(0x55, 0x1d, 0x23))).toBe(false);
  });

  it('is not given out where its signature does not fit the key', async () => {
    const other = { ...crypto, importSigner: async () => async () => new Uint8Array(64) };
    await expect(signCertificateList(await authority(), LIST, other)).rejects.toThrow(
      new TypeError('the crypto provider made a signature for CN=etcd-ca that its own key does not verify'),
    );
  });
});
