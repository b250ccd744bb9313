// What the page, a worker in it and Node are given to do. Copied beside an installed package: the page has it as a bundle, Node as it
// is. Everything goes in and comes out as JSON.
import {
  generateBundle,
  issuePki,
  parseClusterDocument,
  planCertificates,
  renderBundles,
  webCryptoProvider,
} from 'etcd-bundle';
import { verifyBundle } from 'etcd-bundle/verify';

const NOW = 1_800_000_000;

/**
 * Every file of every bundle, and what describes them.
 *
 * @param documents text by name
 * @param keys by algorithm: {publicKey, privateKey}, base64
 */
export async function makeGiven({ documents, keys }) {
  const made = {};
  for (const [name, text] of Object.entries(documents)) made[name] = await makeFiles(text, replayed(keys));
  return made;
}

/** The same with keys of this runtime's own, and what verifying them says. */
export async function makeFresh({ documents }) {
  const made = {};
  for (const [name, text] of Object.entries(documents)) {
    const spec = parseClusterDocument(text);
    const pki = await issuePki(spec, planCertificates(spec), { crypto: webCryptoProvider(crypto), now: NOW });
    const bundles = [...renderBundles(spec, pki)];
    const roots = bundles.filter(({ kind }) => kind === 'member');
    const { findings, summary } = await verifyBundle(roots, {
      crypto: webCryptoProvider(crypto),
      at: NOW + 60,
    });
    made[name] = {
      authorities: pki.authorities.map(({ plan, certificate, privateKey }) => ({
        id: plan.id,
        certificate,
        privateKey,
      })),
      leaves: pki.leaves.map(({ plan, certificate, privateKey }) => ({
        authority: plan.authority,
        certificate,
        privateKey,
      })),
      errors: findings.filter(({ level }) => level === 'error'),
      members: summary.members,
    };
  }
  return made;
}

async function makeFiles(text, provider) {
  const spec = parseClusterDocument(text);
  const files = {};
  const archive = async (bundle) => {
    for (const { path, mode, owner, kind, bytes } of bundle.files) {
      files[`${bundle.name}: ${path}`] =
        `${mode.toString(8)} ${owner.user}:${owner.group} ${kind} ${base64(bytes)}`;
    }
    return new Uint8Array();
  };
  const made = generateBundle(spec, {
    crypto: provider,
    now: NOW,
    standInKeys: true,
    document: text,
    generator: 'page',
    archive,
  });
  for await (const { path, bytes } of made) files[path] = base64(bytes);
  return files;
}

/** An ECDSA signature holds a number that the signer draws, so in its place stands one made of the signed bytes. */
function replayed(keys) {
  const real = webCryptoProvider(crypto);
  let made = 0;
  let drawn = 0;
  return {
    ...real,
    verify: async () => true,
    generateKeyPair: async (algorithm) => {
      made += 1;
      const { publicKey, privateKey } = keys[algorithm][made % keys[algorithm].length];
      return { algorithm, publicKey: octets(publicKey), privateKey: octets(privateKey) };
    },
    importSigner: async (pair) => {
      const sign = await real.importSigner(pair);
      if (pair.algorithm.startsWith('rsa')) return sign;
      return async (data) => {
        if ((await sign(data))[0] !== 0x30) throw new Error('no Ecdsa-Sig-Value');
        const number = [0x40, ...(await real.digest('SHA-256', data)).subarray(1)];
        return Uint8Array.of(0x30, 68, 2, 32, ...number, 2, 32, ...number);
      };
    },
    randomBytes: (length) => {
      drawn += 1;
      return Uint8Array.from({ length }, (_, at) => (drawn * 31 + at * 7 + 1) & 0x7f);
    },
  };
}

function octets(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function base64(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
