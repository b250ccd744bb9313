import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Issue,
  isEtcdBundleError,
  issuePki,
  type Pki,
  parseClusterSpec,
  planCertificates,
} from '../../src/index.js';
import { nodeCryptoProvider, readAuthorities } from '../../src/node/index.js';
import { describeWithPrograms } from '../programs/describe.js';

/** A minute ahead of what OpenSSL makes while the test runs. */
const NOW = Math.floor(Date.now() / 1000) + 60;
/** x509_strict wants it of a CA. */
const SIGNS = ['-addext', 'keyUsage=critical,keyCertSign'];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'RSA-2048': ['genrsa', '-traditional', '2048'],
  'RSA-3072, PKCS#8': ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  'P-256': ['ecparam', '-name', 'prime256v1', '-genkey', '-noout'],
  'P-384 with parameters': ['ecparam', '-name', 'secp384r1', '-genkey'],
};

describeWithPrograms(['openssl'], 'an authority that the operator brings', (program) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-authority-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const openssl = (...args: readonly string[]): string =>
    execFileSync(program('openssl').path, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const makeKey = (name: string, args: readonly string[] = KEYS['P-256'] ?? []): void =>
    writeFileSync(join(folder, name), openssl(...args), { mode: 0o600 });
  const makeRoot = (name: string, key: string, subject: string, ...more: readonly string[]): void =>
    void openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      key,
      '-subj',
      subject,
      '-days',
      '3650',
      '-utf8',
      '-out',
      name,
      ...more,
    );

  async function issueWith(certificate: string, key: string, leaf = '8760h'): Promise<Pki> {
    const spec = parseClusterSpec({
      preset: 'kubeadm',
      members: [{ name: 'e1', address: '10.0.0.1' }],
      certificates: { key: 'ecdsa-p256', ca: { certificate, key }, validity: { leaf } },
    });
    const authorities = await readAuthorities(spec, folder, NOW);
    return issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now: NOW, authorities });
  }

  async function issuesWith(certificate: string, key: string, leaf?: string): Promise<readonly Issue[]> {
    try {
      await issueWith(certificate, key, leaf);
    } catch (error) {
      if (isEtcdBundleError(error)) return error.issues;
      throw error;
    }
    return [];
  }

  it.each(Object.entries(KEYS))('signs with %s', async (_, args) => {
    makeKey('ca.key', args);
    makeRoot('ca.crt', 'ca.key', '/C=DE/O=Größe & Söhne/O=second/CN=Root', ...SIGNS);
    const pki = await issueWith('ca.crt', 'ca.key');
    expect(pki.authorities[0]?.origin).toBe('given');
    for (const [index, leaf] of pki.leaves.entries()) {
      writeFileSync(join(folder, `leaf-${index}.crt`), leaf.certificate);
      expect(openssl('verify', '-x509_strict', '-CAfile', 'ca.crt', `leaf-${index}.crt`)).toBe(
        `leaf-${index}.crt: OK\n`,
      );
    }
  });

  it('sends an intermediate one behind its leaves, and has no host trust what is above it', async () => {
    makeKey('root.key');
    makeRoot('root.crt', 'root.key', '/CN=Root', ...SIGNS);
    makeKey('intermediate.key');
    writeFileSync(
      join(folder, 'ca.cnf'),
      'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n',
    );
    openssl(
      'req',
      '-new',
      '-key',
      'intermediate.key',
      '-subj',
      '/CN=Intermediate',
      '-out',
      'intermediate.csr',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'intermediate.csr',
      '-CA',
      'root.crt',
      '-CAkey',
      'root.key',
      '-days',
      '3650',
      '-extfile',
      'ca.cnf',
      '-out',
      'intermediate.crt',
    );
    const chain = ['intermediate.crt', 'root.crt']
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    writeFileSync(join(folder, 'chain.crt'), chain);
    const pki = await issueWith('chain.crt', 'intermediate.key');
    const plain = (pem: string): string => pem.replaceAll(/\s/g, '');
    const intermediate = plain(readFileSync(join(folder, 'intermediate.crt'), 'utf8'));
    expect(plain(pki.authorities[0]?.certificate ?? '')).toBe(intermediate);
    for (const { certificate } of pki.leaves) {
      expect(certificate.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
      expect(plain(certificate).endsWith(intermediate)).toBe(true);
    }
    writeFileSync(join(folder, 'leaf.crt'), pki.leaves[0]?.certificate ?? '');
    // Who trusts the root follows what is sent, and who trusts the issuing CA alone, as hosts do, needs no more.
    expect(
      openssl('verify', '-x509_strict', '-CAfile', 'root.crt', '-untrusted', 'leaf.crt', 'leaf.crt'),
    ).toBe('leaf.crt: OK\n');
    expect(openssl('verify', '-partial_chain', '-CAfile', 'intermediate.crt', 'leaf.crt')).toBe(
      'leaf.crt: OK\n',
    );
  });

  it('is refused with a certificate in its file that is not above it', async () => {
    for (const name of ['one', 'two']) {
      makeKey(`${name}.key`);
      makeRoot(`${name}.crt`, `${name}.key`, `/CN=${name}`, ...SIGNS);
    }
    const both = ['one.crt', 'two.crt'].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    writeFileSync(join(folder, 'both.crt'), both);
    expect(await issuesWith('both.crt', 'one.key')).toMatchObject([
      { code: 'authority-chain', path: 'certificates.ca.certificate' },
    ]);
  });

  it.each(['X509 CERTIFICATE', 'TRUSTED CERTIFICATE', 'ROOT'])('may be labelled %s', async (label) => {
    makeKey('label.key');
    makeRoot('plain.crt', 'label.key', '/CN=Label', ...SIGNS);
    const plain = readFileSync(join(folder, 'plain.crt'), 'utf8');
    // A key of its own file beside it, and talk of encryption around it, change nothing.
    const key = readFileSync(join(folder, 'label.key'), 'utf8');
    writeFileSync(join(folder, 'label.crt'), key + plain.replaceAll('CERTIFICATE', label));
    writeFileSync(join(folder, 'label.key'), `Not ENCRYPTED:\n${key}`);
    const pki = await issueWith('label.crt', 'label.key');
    expect(pki.authorities[0]?.certificate).toBe(plain);
  });

  it.each(['certificate', 'key'])('is looked for once in a %s of nothing but BEGIN', async (what) => {
    makeKey('begin.key');
    makeRoot('begin.crt', 'begin.key', '/CN=Begin', ...SIGNS);
    const label = what === 'key' ? 'PRIVATE KEY' : 'CERTIFICATE';
    writeFileSync(join(folder, 'begins'), `-----BEGIN ${label}-----\n`.repeat(30_000));
    const [certificate, key] = what === 'key' ? ['begin.crt', 'begins'] : ['begins', 'begin.key'];
    expect((await issuesWith(certificate, key)).map(({ path }) => path)).toEqual([`certificates.ca.${what}`]);
  });

  describe('is refused', () => {
    beforeAll(() => {
      makeKey('good.key');
      makeRoot('good.crt', 'good.key', '/CN=Good');
      makeKey('other.key');
    });

    it.each<[string, () => readonly [string, string, string?], string, RegExp]>([
      [
        'a key of another certificate',
        () => ['good.crt', 'other.key'],
        'certificates.ca.key',
        /does not belong to the certificate/,
      ],
      [
        'an encrypted key',
        () => {
          openssl('pkcs8', '-topk8', '-in', 'good.key', '-passout', 'pass:x', '-out', 'encrypted.key');
          return ['good.crt', 'encrypted.key'];
        },
        'certificates.ca.key',
        /encrypted/,
      ],
      [
        'a key type that etcd does not accept',
        () => {
          makeKey('ed448.key', ['genpkey', '-algorithm', 'ed448']);
          makeRoot('ed448.crt', 'ed448.key', '/CN=Ed448');
          return ['ed448.crt', 'ed448.key'];
        },
        'certificates.ca.key',
        /cannot sign here/,
      ],
      [
        'a certificate that is no CA',
        () => {
          makeRoot('leaf-only.crt', 'good.key', '/CN=Leaf', '-addext', 'basicConstraints=critical,CA:FALSE');
          return ['leaf-only.crt', 'good.key'];
        },
        'certificates.ca.certificate',
        /is not a CA/,
      ],
      [
        'a CA that may not sign certificates',
        () => {
          makeRoot('no-sign.crt', 'good.key', '/CN=NoSign', '-addext', 'keyUsage=critical,digitalSignature');
          return ['no-sign.crt', 'good.key'];
        },
        'certificates.ca.certificate',
        /key usage/,
      ],
      [
        'a CA with a critical extension that etcd does not know',
        () => {
          makeRoot(
            'critical.crt',
            'good.key',
            '/CN=Critical',
            ...SIGNS,
            '-addext',
            '1.2.3.4=critical,DER:0500',
          );
          return ['critical.crt', 'good.key'];
        },
        'certificates.ca.certificate',
        /critical extension that etcd does not know: 1\.2\.3\.4/,
      ],
      [
        'a CA that ends before its leaves',
        () => ['good.crt', 'good.key', '100000h'],
        'certificates.validity.leaf',
        /its CA only until/,
      ],
      [
        'a file that is no certificate',
        () => ['good.key', 'good.key'],
        'certificates.ca.certificate',
        /no PEM certificate/,
      ],
      ['a file that is no key', () => ['good.crt', 'good.crt'], 'certificates.ca.key', /no private key/],
    ])('%s', async (_, prepare, path, message) => {
      const [certificate, key, leaf] = prepare();
      const issues = await issuesWith(certificate, key, leaf);
      expect(issues.map((issue) => issue.path)).toContain(path);
      expect(issues.map((issue) => issue.message).join('\n')).toMatch(message);
      expect(JSON.stringify(issues)).not.toContain('PRIVATE KEY');
    });
  });
});
