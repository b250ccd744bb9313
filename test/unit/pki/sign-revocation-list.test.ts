import { describe, expect, it } from 'vitest';
import { issuePki, type KeyAlgorithm, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider, readAuthority } from '../../../src/node/index.js';
import { signRevocationList } from '../../../src/pki/sign-revocation-list.js';
import { readRevocationList } from '../../../src/x509/read/revocation-list.js';

const NOW = 1_795_737_600;
const MEMBER = { name: 'e1', address: '10.0.0.1' };

function specOf(certificates: object) {
  return parseClusterSpec({ members: [MEMBER], certificates });
}

describe('a PKI with lists', () => {
  it.each<KeyAlgorithm>(['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048'])(
    'has an empty one of each CA, as long as its leaves are: %s',
    async (key) => {
      const spec = specOf({ revocation: true, key, validity: { leaf: '240h' } });
      const { authorities } = await issuePki(spec, planCertificates(spec), {
        crypto: nodeCryptoProvider(),
        now: NOW,
      });
      expect(authorities.map(({ plan }) => plan.revocationFile)).toEqual([
        '/etc/etcd/pki/ca.crl',
        '/etc/etcd/pki/peer-ca.crl',
      ]);
      for (const { subject, plan, revocationList } of authorities) {
        expect(plan.keyUsage).toContain('cRLSign');
        expect(revocationList).toMatchObject({ number: 1, revoked: [] });
        const read = readRevocationList(
          revocationList?.certificateList ?? new Uint8Array(),
          'ParseRevocationList',
        );
        expect(read).toEqual({
          type: 'ok',
          value: {
            serialNumbers: new Set(),
            issuer: subject,
            thisUpdate: NOW - 300,
            nextUpdate: NOW + 864_000,
          },
        });
      }
    },
  );

  it('has none where nobody asks for any', async () => {
    const spec = specOf({});
    const { authorities } = await issuePki(spec, planCertificates(spec), {
      crypto: nodeCryptoProvider(),
      now: NOW,
    });
    expect(authorities.map(({ revocationList }) => revocationList)).toEqual([undefined, undefined]);
  });

  it('says that a CA signs lists, whatever the profile says', () => {
    for (const profile of ['strict', 'cfssl', 'kubeadm'])
      for (const revocation of [true, false]) {
        const [ca] = planCertificates(specOf({ profile, revocation }));
        expect(ca?.keyUsage.includes('cRLSign')).toBe(revocation || profile !== 'kubeadm');
      }
  });
});

it('ends with its CA', async () => {
  const crypto = nodeCryptoProvider();
  const spec = specOf({ revocation: true });
  const { authorities } = await issuePki(spec, planCertificates(spec), { crypto, now: NOW });
  const [ca] = authorities;
  const authority = await readAuthority(ca?.certificate ?? '', ca?.privateKey ?? '', 'ca', NOW);
  const options = { crypto, now: authority.notAfter - 60, validity: 3600 };
  expect(await signRevocationList(authority, { number: 2, revoked: [] }, options)).toMatchObject({
    number: 2,
    thisUpdate: authority.notAfter - 360,
    nextUpdate: authority.notAfter,
  });
});
