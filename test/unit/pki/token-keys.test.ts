import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { renderBundles } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { issuePki } from '../../../src/pki/issue.js';
import type { Pki } from '../../../src/pki/pki.js';
import { planCertificates } from '../../../src/pki/plan.js';

const MEMBERS = [
  { name: 'e1', address: '10.0.0.1' },
  { name: 'e2', address: '10.0.0.2' },
];

function specOf(token: string, document: object = {}) {
  return parseClusterSpec({ members: MEMBERS, ...document, etcd: { settings: { 'auth-token': token } } });
}

async function pkiOf(token: string, kept: Partial<Pki> = {}): Promise<Pki> {
  const spec = specOf(token);
  return issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now: 1_800_000_000, kept });
}

describe('the keys of auth-token', () => {
  it.each([
    ['RS512', 'rsa', 'RSA PRIVATE KEY'],
    ['PS256', 'rsa', 'RSA PRIVATE KEY'],
    ['ES256', 'ec', 'EC PRIVATE KEY'],
    ['ES384', 'ec', 'EC PRIVATE KEY'],
    ['ES512', 'ec', 'EC PRIVATE KEY'],
    ['EdDSA', 'ed25519', 'PRIVATE KEY'],
  ])('fit %s', async (method, type, label) => {
    const { tokenKeys } = await pkiOf(`jwt,sign-method=${method},pub-key=/a/jwt.pub,priv-key=/a/jwt.key`);
    expect(tokenKeys?.privateKey).toContain(`-----BEGIN ${label}-----`);
    const publicKey = createPublicKey(tokenKeys?.publicKey ?? '');
    expect(publicKey.asymmetricKeyType).toBe(type);
    expect(createPublicKey(tokenKeys?.privateKey ?? '').equals(publicKey)).toBe(true);
  });

  it('are one secret line for HMAC', async () => {
    const { tokenKeys } = await pkiOf('jwt,sign-method=HS256,priv-key=/a/jwt.key');
    expect(tokenKeys?.privateKey).toMatch(/^[A-Za-z0-9+/]{86}==\n$/);
    expect(tokenKeys?.publicKey).toBeUndefined();
  });

  it('are not there where tokens are not signed', async () => {
    expect(await pkiOf('simple')).not.toHaveProperty('tokenKeys');
  });

  it('stay where an earlier bundle has them', async () => {
    const token = 'jwt,sign-method=ES256,priv-key=/a/jwt.key';
    const { tokenKeys } = await pkiOf(token);
    expect((await pkiOf(token, { ...(tokenKeys && { tokenKeys }) })).tokenKeys).toEqual(tokenKeys);
    expect((await pkiOf(token)).tokenKeys).not.toEqual(tokenKeys);
  });

  it('are the same on every member, for the service alone, and where the setting says', async () => {
    const token = 'jwt,sign-method=ES256,pub-key=/etc/jwt/a.pub,priv-key=/etc/jwt/a.key';
    const bundles = [...renderBundles(specOf(token), await pkiOf(token))];
    const files = bundles.map((bundle) => bundle.files.filter(({ kind }) => kind.startsWith('token-')));
    expect(files.map((all) => all.map(({ path, mode, owner }) => [path, mode, owner.group]))).toEqual([
      [
        ['etc/jwt/a.key', 0o640, 'etcd'],
        ['etc/jwt/a.pub', 0o644, 'root'],
      ],
      [
        ['etc/jwt/a.key', 0o640, 'etcd'],
        ['etc/jwt/a.pub', 0o644, 'root'],
      ],
      [],
    ]);
    expect(files[1]).toEqual(files[0]);
    const tmpfiles = bundles[0]?.files.find(({ kind }) => kind === 'tmpfiles');
    const lines = new TextDecoder().decode(tmpfiles?.bytes).split('\n');
    expect(lines).toContain('d /etc/jwt 0755 root root -');
    expect(lines).toContain('z /etc/jwt/a.key 0640 root etcd -');
  });

  it("are root's where the service is", async () => {
    const token = 'jwt,sign-method=HS512,priv-key=/etc/jwt/secret';
    const spec = specOf(token, { systemd: { user: 'root' } });
    const [member] = renderBundles(spec, await pkiOf(token));
    expect(member?.files.find(({ kind }) => kind === 'token-key')).toMatchObject({
      mode: 0o600,
      owner: { user: 'root', group: 'root' },
    });
  });
});
