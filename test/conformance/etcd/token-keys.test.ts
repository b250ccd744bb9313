import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { renderBundles } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { issuePki } from '../../../src/pki/issue.js';
import { planCertificates } from '../../../src/pki/plan.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { aloneWith, runEtcd } from './etcd-process.js';

const METHODS = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `keys of auth-token, etcd ${release}`, (program) => {
    const { path } = program(`etcd-${release}`);
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-token-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(methodsOf(release))('let it start with %s', async (method) => {
      const files = await keyFilesFor(method, release);
      for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
      const pub = method.startsWith('HS') ? '' : `,pub-key=${folder}/jwt.pub`;
      const token = `jwt,sign-method=${method}${pub},priv-key=${folder}/jwt.key`;
      expect(await runEtcd(path, { words: aloneWith({ 'auth-token': token }) })).toMatchObject({
        started: true,
      });
      // The same words without the keys: it is the keys that it starts with.
      for (const { name } of files) rmSync(join(folder, name));
      expect(await runEtcd(path, { words: aloneWith({ 'auth-token': token }) })).toMatchObject({
        started: false,
      });
    });
  });
}

/** What a bundle has at the paths that its auth-token names. */
async function keyFilesFor(
  method: string,
  version: string,
): Promise<readonly { name: string; bytes: Uint8Array }[]> {
  const pub = method.startsWith('HS') ? '' : ',pub-key=/etc/etcd/jwt.pub';
  const spec = parseClusterSpec({
    members: [{ name: 'e1', address: '10.0.0.1' }],
    etcd: {
      version,
      settings: { 'auth-token': `jwt,sign-method=${method}${pub},priv-key=/etc/etcd/jwt.key` },
    },
  });
  const pki = await issuePki(spec, planCertificates(spec), {
    crypto: nodeCryptoProvider(),
    now: 1_800_000_000,
  });
  const [member] = renderBundles(spec, pki);
  return (member?.files ?? [])
    .filter(({ kind }) => kind === 'token-key' || kind === 'token-public-key')
    .map(({ path, bytes }) => ({ name: path.slice('etc/etcd/'.length), bytes }));
}

/** EdDSA is known from 3.6 on. */
function methodsOf(release: string): readonly string[] {
  return release >= '3.6' ? METHODS : METHODS.filter((method) => method !== 'EdDSA');
}
