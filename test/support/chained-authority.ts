import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM */
export interface PemPair {
  readonly certificate: string;
  readonly key: string;
}

/** A company's root by OpenSSL, a CA below it that is to sign for a cluster, and what the root signed for others. */
export interface ChainedAuthority {
  readonly root: string;
  readonly issuing: PemPair;
  /** A client certificate of the root's own. */
  readonly stranger: PemPair;
}

const CA =
  'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
const CLIENT = 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=clientAuth\n';

export function makeChainedAuthority(): ChainedAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-chain-'));
  try {
    return makeIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeIn(folder: string): ChainedAuthority {
  const openssl = (...words: readonly string[]): void =>
    void execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'root.key',
    '-out',
    'root.crt',
    '-days',
    '90',
    '-subj',
    '/CN=Corporate Root',
  );
  const sign = (name: string, subject: string, extensions: string): PemPair => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    openssl('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
    openssl(
      'x509',
      '-req',
      ...files,
      '-CA',
      'root.crt',
      '-CAkey',
      'root.key',
      '-CAcreateserial',
      '-days',
      '60',
    );
    return { certificate: read(`${name}.crt`), key: read(`${name}.key`) };
  };
  return {
    root: read('root.crt'),
    issuing: sign('issuing', '/CN=etcd issuing CA', CA),
    stranger: sign('stranger', '/CN=some web server', CLIENT),
  };
}
