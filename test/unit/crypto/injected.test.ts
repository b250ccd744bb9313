import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { Crypto as PolyfillCrypto } from '@peculiar/webcrypto';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { type WebCrypto, webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import type { KeyAlgorithm } from '../../../src/x509/key-algorithm.js';
import { type IssuedPair, issuePair } from './issue-pair.js';

const KEYS = { ca: 'ecdsa-p384', leaf: 'rsa-2048' } as const satisfies Record<string, KeyAlgorithm>;
const CORE = ['src/x509', 'src/x509/lint', 'src/crypto', 'src/net'];

describe('the injected crypto', () => {
  it('is the only one that is used', async () => {
    const calls: string[] = [];
    const counting = observe(webcrypto, (name) => void calls.push(name));
    expectSound(await issuePair(webCryptoProvider(counting), 1_767_225_600, KEYS));
    expect(calls).toEqual([
      'generateKey',
      'exportKey',
      'importKey',
      'digest',
      'getRandomValues',
      'generateKey',
      'exportKey',
      'getRandomValues',
      'sign',
      'sign',
    ]);
  });

  it('does not keep the copy of a private key that it was given', async () => {
    const given: Uint8Array[] = [];
    const watched = observe(webcrypto, (name, args) => {
      if (name === 'importKey' && args[1] instanceof Uint8Array) given.push(args[1]);
    });
    const provider = webCryptoProvider(watched);
    const keyPair = await provider.generateKeyPair('ecdsa-p256');
    await provider.importSigner(keyPair);
    expect(given).toHaveLength(1);
    expect(given[0]?.length).toBeGreaterThan(keyPair.privateKey.length);
    expect(given[0]?.every((octet) => octet === 0)).toBe(true);
    expect(keyPair.privateKey.some((octet) => octet !== 0)).toBe(true);
  });

  it('that refuses a private key is not left with the copy', async () => {
    const given: Uint8Array[] = [];
    const watched = observe(webcrypto, (name, args) => {
      if (name === 'importKey' && args[1] instanceof Uint8Array) given.push(args[1]);
    });
    const provider = webCryptoProvider(watched);
    const privateKey = Uint8Array.from({ length: 40 }, (_, index) => index + 1);
    const refused = provider.importSigner({
      algorithm: 'ecdsa-p256',
      publicKey: new Uint8Array(),
      privateKey,
    });
    await expect(refused).rejects.toThrow();
    expect(given).toHaveLength(1);
    expect(given[0]?.length).toBeGreaterThan(privateKey.length);
    expect(given[0]?.every((octet) => octet === 0)).toBe(true);
  });

  it('may be a polyfill, whose keys Node does not know', async () => {
    expectSound(await issuePair(webCryptoProvider(new PolyfillCrypto()), 1_767_225_600, KEYS));
  });
});

describe('the core', () => {
  it('issues in a realm that has the language and TextEncoder alone: no Date, no Math.random, no other global', async () => {
    const bundle = await build({
      entryPoints: ['test/unit/crypto/issue-pair.ts'],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'core',
      logLevel: 'error',
    });
    const realm = createContext({ injected: webcrypto, TextEncoder });
    runInContext('delete globalThis.Date; delete Math.random; delete globalThis.console;', realm);
    expect(
      runInContext(
        '[typeof process, typeof crypto, typeof Date, typeof structuredClone, typeof Math.random]',
        realm,
      ),
    ).toEqual(Array.from({ length: 5 }, () => 'undefined'));
    runInContext(bundle.outputFiles[0]?.text ?? '', realm);
    expectSound(await runInContext(`core.issuePairWith(injected, ${JSON.stringify(KEYS)})`, realm));
  });

  it('does nothing when it is imported', async () => {
    const files = CORE.flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${folder}/${entry.name}`),
    );
    expect(files.length).toBeGreaterThan(30);
    const { outputFiles } = await build({
      stdin: {
        contents: files.map((file) => `import './${file}';`).join('\n'),
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'esm',
      minify: true,
      // Not what package.json promises, but what is there.
      ignoreAnnotations: true,
      logLevel: 'error',
    });
    expect(outputFiles[0]?.text).toBe('');
  });
});

function expectSound({ ca, leaf, key }: IssuedPair): void {
  const [issuer, certificate] = [new X509Certificate(ca), new X509Certificate(leaf)];
  expect(issuer.verify(issuer.publicKey)).toBe(true);
  expect(certificate.verify(issuer.publicKey)).toBe(true);
  expect(certificate.checkIssued(issuer)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(certificate.subject).toBe('C=GB\nO=etcd & Söhne\nCN=e1');
  expect(certificate.subjectAltName).toBe(
    'DNS:e1, DNS:*.etcd.example.org, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
}

function observe(crypto: WebCrypto, see: (name: string, args: readonly unknown[]) => void): WebCrypto {
  const observed = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          see(String(name), args);
          return Reflect.apply(member, target, args);
        };
      },
    });
  return {
    subtle: observed(crypto.subtle),
    getRandomValues: (array) => observed(crypto).getRandomValues(array),
  };
}
