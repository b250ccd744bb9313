// @ts-check
// The work that nobody can save: so many keys, and a signature for each. `node bench/bare.js <keys> <algorithm> [threads]`
import { generateKeyPair, generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';

const [keys = '13', key = 'ecdsa-p256', threads = '1'] = process.argv.slice(2);
const toBeSigned = Buffer.alloc(400);

if (key.startsWith('rsa')) await makeRsa();
else makeEc();

function makeEc() {
  const generate = () => generateKeyPairSync('ec', { namedCurve: key === 'ecdsa-p384' ? 'P-384' : 'P-256' });
  const authority = generate();
  for (let made = 1; made <= Number(keys); made += 1) {
    if (made > 1) generate();
    sign('sha256', toBeSigned, authority.privateKey);
  }
}

/** On libuv's pool, which has four threads, as many at a time as asked. */
async function makeRsa() {
  const generate = () => promisify(generateKeyPair)('rsa', { modulusLength: Number(key.slice(4)) });
  const authority = await generate();
  let left = Number(keys) - 1;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await generate();
    }
  };
  await Promise.all(Array.from({ length: Number(threads) }, work));
  for (let made = 1; made <= Number(keys); made += 1) sign('sha256', toBeSigned, authority.privateKey);
}
