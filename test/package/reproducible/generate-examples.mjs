// Copied beside an installed package and run there: writes bundles of every example, with given keys, a fixed clock and a
// serial source that counts, and prints what lies on the disk then.
//
// usage: node generate-examples.mjs <folder of examples> <folder to write> <keys.json: {algorithm: [{publicKey, privateKey}]}, base64>
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseClusterDocument } from 'etcd-bundle';
import { generateBundle, nodeCryptoProvider, readDocument, readTarball, writeOutput } from 'etcd-bundle/node';

const [, , examples, out, keyFile] = process.argv;
const keys = JSON.parse(readFileSync(keyFile, 'utf8'));
const NOW = 1_800_000_000;

/** RSA as it is; an ECDSA signature holds a number that the signer draws, so in its place stands one made of the signed bytes. */
function replayed() {
  const real = nodeCryptoProvider();
  let made = 0;
  let drawn = 0;
  return {
    ...real,
    generateKeyPair: async (algorithm) => {
      made += 1;
      const pair = keys[algorithm][made % keys[algorithm].length];
      return {
        algorithm,
        publicKey: Buffer.from(pair.publicKey, 'base64'),
        privateKey: Buffer.from(pair.privateKey, 'base64'),
      };
    },
    verify: async () => true,
    importSigner: async (pair) => {
      const sign = await real.importSigner(pair);
      return pair.algorithm.startsWith('rsa') ? sign : async (data) => signatureOf(await sign(data), data);
    },
    randomBytes: (length) => {
      drawn += 1;
      return new Uint8Array(createHash('sha256').update(`${drawn}`).digest().subarray(0, length));
    },
  };
}

/** Two integers of 32 octets, positive and without leading zeros (RFC 3279, 2.2.3). */
function signatureOf(real, data) {
  if (real[0] !== 0x30) throw new Error('no Ecdsa-Sig-Value');
  const octets = createHash('sha256').update(data).digest();
  octets[0] = (octets[0] & 0x7f) | 0x40;
  const integer = Buffer.concat([Buffer.from([2, 32]), octets]);
  return new Uint8Array(Buffer.concat([Buffer.from([0x30, 68]), integer, integer]));
}

async function write(text, folder) {
  const options = { crypto: replayed(), now: NOW, document: text, standInKeys: true };
  await writeOutput(folder, generateBundle(parseClusterDocument(text), options));
}

async function describe(folder, shown) {
  const lines = [];
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name);
    const status = lstatSync(path);
    const mode = (status.mode & 0o7777).toString(8);
    if (status.isDirectory()) {
      lines.push(`${shown}${name}/ ${mode}`, ...(await describe(path, `${shown}${name}/`)));
      continue;
    }
    const bytes = readFileSync(path);
    lines.push(`${shown}${name} ${mode} ${sum(bytes)}`);
    if (!name.endsWith('.tar.gz')) continue;
    for (const entry of await readTarball(bytes, name)) {
      const owner = `${entry.owner.user}:${entry.owner.group}`;
      lines.push(`${shown}${name}: ${entry.path} ${entry.mode.toString(8)} ${owner} ${sum(entry.bytes)}`);
    }
  }
  return lines;
}

function sum(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function withKey(text, key) {
  const without = text.replace(/^ {2}key: .*\n/m, '');
  const line = `certificates:\n  key: ${key}\n`;
  return /^certificates:\n/m.test(without) ? without.replace(/^certificates:\n/m, line) : `${without}${line}`;
}

for (const name of readdirSync(examples).toSorted()) {
  if (!lstatSync(join(examples, name)).isDirectory()) continue;
  const { text } = await readDocument(join(examples, name, 'cluster.yaml'));
  await write(text, join(out, name));
  for (const key of ['rsa-2048', 'ecdsa-p256']) await write(withKey(text, key), join(out, `${name}-${key}`));
}
process.stdout.write(`${(await describe(out, '')).join('\n')}\n`);
