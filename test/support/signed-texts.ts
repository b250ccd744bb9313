import 'reflect-metadata';
import {
  Pkcs10CertificateRequestGenerator,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import stored from './keys-for-tests.json' with { type: 'json' };
import { drawsOthers } from './seed.js';

const ALGORITHMS = [
  { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  { name: 'Ed25519' },
];

type SignedText = readonly [kind: string, pem: string];

/** Kind and PEM of certificates, requests and CRLs of keys of several algorithms; of new ones where others are drawn than at every run. */
export async function signedTexts(): Promise<readonly SignedText[]> {
  if (!drawsOthers) return stored.signed.map(({ kind, pem }) => [kind, pem]);
  return (await Promise.all(ALGORITHMS.map(signedWith))).flat();
}

/** A certificate, a request and a CRL of a new key. */
async function signedWith(signingAlgorithm: (typeof ALGORITHMS)[number]): Promise<readonly SignedText[]> {
  const keys = await crypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  if (!('publicKey' in keys)) throw new Error('no pair');
  const name = 'CN=etcd-ca';
  const [certificate, request, crl] = await Promise.all([
    X509CertificateGenerator.createSelfSigned({ name, keys, signingAlgorithm }),
    Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm }),
    X509CrlGenerator.create({ issuer: name, signingKey: keys.privateKey, signingAlgorithm, entries: [] }),
  ]);
  return [
    ['certificate', certificate.toString('pem')],
    ['request', request.toString('pem')],
    ['CRL', crl.toString('pem')],
  ];
}
