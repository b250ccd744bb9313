import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a certificate of the table is made of. */
export interface LeafOptions {
  readonly commonName?: string;
  /** `IP:127.0.0.1,DNS:localhost`; none where it is empty. */
  readonly altNames?: string;
  /** `serverAuth,clientAuth`; none where it is empty. */
  readonly extendedKeyUsage?: string;
  readonly keyUsage?: string;
  /** Arguments of `openssl genpkey`. */
  readonly key?: readonly string[];
  readonly digest?: string;
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
  readonly serial?: string;
  /** More lines of the extensions section. */
  readonly extensions?: readonly string[];
}

export interface PemPair {
  readonly certificate: string;
  readonly key: string;
}

export interface TestAuthority extends PemPair {
  issue(options: LeafOptions): PemPair;
  /** An authority that this one signs. */
  intermediate(options: LeafOptions): TestAuthority;
  crl(serials: readonly string[], form: 'DER' | 'PEM'): Buffer;
}

const P256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const DAY = 86_400_000;

/** Makes an authority with OpenSSL: nothing of this project has a hand in its certificates. */
export function makeAuthority(folder: string, openssl: string, options: LeafOptions = {}): TestAuthority {
  const home = mkdtempSync(join(folder, 'ca-'));
  const run = (args: readonly string[]): void =>
    void execFileSync(openssl, args, { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  run(['genpkey', ...(options.key ?? P256), '-out', 'ca.key']);
  const extensions = authorityExtensions(options);
  const subject = `/CN=${options.commonName ?? 'test-ca'}`;
  prepare(home, subject, extensions);
  run(['req', '-new', '-key', 'ca.key', '-subj', subject, '-out', 'ca.csr', '-config', 'ca.cnf']);
  run([...signArguments(options, 'ca.csr', 'ca.crt'), '-selfsign', '-keyfile', 'ca.key']);
  return authority(home, openssl);
}

function authority(home: string, openssl: string): TestAuthority {
  const run = (args: readonly string[]): Buffer =>
    execFileSync(openssl, args, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  let count = 0;
  const sign = (
    options: LeafOptions,
    extensions: readonly string[],
  ): { readonly name: string; readonly pair: PemPair } => {
    count += 1;
    const name = `leaf${count}`;
    run(['genpkey', ...(options.key ?? P256), '-out', `${name}.key`]);
    const subject = options.commonName === '' ? '/O=test' : `/CN=${options.commonName ?? 'leaf'}`;
    prepare(home, subject, extensions);
    run(['req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`, '-config', 'ca.cnf']);
    run([...signArguments(options, `${name}.csr`, `${name}.crt`), '-cert', 'ca.crt', '-keyfile', 'ca.key']);
    const read = (suffix: string): string => readFileSync(join(home, `${name}.${suffix}`), 'utf8');
    return { name, pair: { certificate: read('crt'), key: read('key') } };
  };
  return {
    certificate: readFileSync(join(home, 'ca.crt'), 'utf8'),
    key: readFileSync(join(home, 'ca.key'), 'utf8'),
    issue: (options) => sign(options, leafExtensions(options)).pair,
    intermediate: (options) => {
      const { pair } = sign(options, authorityExtensions(options));
      const inner = mkdtempSync(join(home, 'sub-'));
      writeFileSync(join(inner, 'ca.crt'), pair.certificate);
      writeFileSync(join(inner, 'ca.key'), pair.key);
      return authority(inner, openssl);
    },
    crl: (serials, form) => {
      const lines = serials.map(
        (serial) => `R\t${shortStamp(365)}\t${shortStamp(-1)}\t${serial}\tunknown\t/CN=revoked\n`,
      );
      prepare(home, '/CN=x', []);
      writeFileSync(join(home, 'index.txt'), lines.join(''));
      writeFileSync(join(home, 'crlnumber'), '01\n');
      run([
        'ca',
        '-gencrl',
        '-config',
        'ca.cnf',
        '-cert',
        'ca.crt',
        '-keyfile',
        'ca.key',
        '-crldays',
        '30',
        '-out',
        'crl.pem',
      ]);
      return form === 'PEM'
        ? readFileSync(join(home, 'crl.pem'))
        : run(['crl', '-in', 'crl.pem', '-outform', 'DER']);
    },
  };
}

function prepare(home: string, _subject: string, extensions: readonly string[]): void {
  const lines = [
    '[req]\ndistinguished_name = dn\nprompt = no\n[dn]\nCN = x',
    '[ca]\ndefault_ca = it\n[it]\ndatabase = index.txt\nnew_certs_dir = .\npolicy = any\nunique_subject = no\nemail_in_dn = no\nrand_serial = yes\ncopy_extensions = none\ncrlnumber = crlnumber\ncrl_extensions = crl_ext\ndefault_md = sha256',
    '[crl_ext]\nauthorityKeyIdentifier = keyid',
    '[any]\nCN = optional\nO = optional',
    `[ext]\n${extensions.join('\n')}`,
  ];
  writeFileSync(join(home, 'ca.cnf'), `${lines.join('\n')}\n`);
  writeFileSync(join(home, 'index.txt'), '');
  writeFileSync(join(home, 'index.txt.attr'), 'unique_subject = no\n');
}

function signArguments(options: LeafOptions, csr: string, out: string): readonly string[] {
  const isEd25519 = options.key?.includes('ED25519') === true;
  return [
    'ca',
    '-batch',
    '-notext',
    '-config',
    'ca.cnf',
    '-extensions',
    'ext',
    '-in',
    csr,
    '-out',
    out,
    '-startdate',
    stamp(options.from ?? -1),
    '-enddate',
    stamp(options.to ?? 365),
    ...(options.digest === undefined || isEd25519 ? [] : ['-md', options.digest]),
  ];
}

function authorityExtensions({ keyUsage, extendedKeyUsage, extensions }: LeafOptions): readonly string[] {
  return [
    ...(extensions ?? ['basicConstraints = critical,CA:TRUE']),
    ...(keyUsage === '' ? [] : [`keyUsage = critical,${keyUsage ?? 'keyCertSign,cRLSign'}`]),
    ...(extendedKeyUsage === undefined ? [] : [`extendedKeyUsage = ${extendedKeyUsage}`]),
    'subjectKeyIdentifier = hash',
  ];
}

function leafExtensions({
  altNames,
  extendedKeyUsage,
  keyUsage,
  extensions,
}: LeafOptions): readonly string[] {
  return [
    'basicConstraints = critical,CA:FALSE',
    `keyUsage = critical,${keyUsage ?? 'digitalSignature'}`,
    ...(extendedKeyUsage === '' ? [] : [`extendedKeyUsage = ${extendedKeyUsage ?? 'serverAuth,clientAuth'}`]),
    ...(altNames === undefined || altNames === '' ? [] : [`subjectAltName = ${altNames}`]),
    ...(extensions ?? []),
  ];
}

/** YYYYMMDDHHMMSSZ, days from now; OpenSSL writes UTCTime wherever that can name the year. */
/** index.txt of `openssl ca` holds UTCTime alone. */
function shortStamp(days: number): string {
  return stamp(days).slice(2);
}

function stamp(days: number): string {
  return `${new Date(Date.now() + days * DAY).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}
