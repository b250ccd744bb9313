// @ts-check
// The work that nobody can save: one CA and four leaves a member, a key and a signature each, on one core of this runtime.
import { generateKeyPairSync, sign } from 'node:crypto';

const [members = '3', key = 'ecdsa-p256'] = process.argv.slice(2);
const generate = () =>
  key.startsWith('rsa')
    ? generateKeyPairSync('rsa', { modulusLength: Number(key.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: key === 'ecdsa-p384' ? 'P-384' : 'P-256' });
const authority = generate();
const toBeSigned = Buffer.alloc(400);
for (let leaf = 0; leaf < 4 * Number(members) + 1; leaf += 1) {
  generate();
  sign('sha256', toBeSigned, authority.privateKey);
}
