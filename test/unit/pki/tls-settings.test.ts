import { afterAll, expect, it } from 'vitest';
import { issuePki, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { leavesOf } from '../../../src/pki/pki.js';
import { planTlsSettings } from '../../../src/pki/tls-settings.js';

const crypto = nodeCryptoProvider();
afterAll(() => crypto.close());

async function settingsOf(document: object, member: string): Promise<readonly string[]> {
  const spec = parseClusterSpec({
    members: [
      { name: 'e1', address: '10.0.0.1' },
      { name: 'e2', address: '10.0.0.2' },
    ],
    ...document,
  });
  const pki = await issuePki(spec, planCertificates(spec), { crypto, now: 1_800_000_000 });
  expect(new Set(leavesOf(member, pki).flatMap(({ plan: { holder } }) => holder.type))).toEqual(
    new Set(['members']),
  );
  return planTlsSettings(member, pki).map(({ name, value }) => `${name}=${value}`);
}

it("are a member's own, what concerns clients before what concerns peers, pairs before whom they trust", async () => {
  const preset = { preset: 'hardened', certificates: { directory: '/pki' }, clients: [{ name: 'backup' }] };
  const expected = [
    'cert-file=/pki/server.crt',
    'key-file=/pki/server.key',
    'client-cert-file=/pki/server-client.crt',
    'client-key-file=/pki/server-client.key',
    'client-cert-auth=true',
    'trusted-ca-file=/pki/ca.crt',
    'peer-cert-file=/pki/peer.crt',
    'peer-key-file=/pki/peer.key',
    'peer-client-cert-file=/pki/peer-client.crt',
    'peer-client-key-file=/pki/peer-client.key',
    'peer-client-cert-auth=true',
    'peer-trusted-ca-file=/pki/peer-ca.crt',
  ];
  expect(await settingsOf(preset, 'e1')).toEqual(expected);
  expect(await settingsOf(preset, 'e2')).toEqual(expected);
});

it('are those of the pair that all members share', async () => {
  const document = {
    preset: 'kubeadm',
    certificates: { tls: 'shared', key: 'ecdsa-p256', directory: '/pki' },
  };
  expect((await settingsOf(document, 'e2')).slice(0, 2)).toEqual([
    'cert-file=/pki/etcd/server.crt',
    'key-file=/pki/etcd/server.key',
  ]);
});
