import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export interface LeafOptions {
  /** `IP:10.0.0.1,DNS:e1`; none where it is empty. */
  readonly altNames?: string;
  /** `serverAuth,clientAuth`; none where it is empty. */
  readonly usages?: string;
  readonly commonName?: string;
  readonly keyUsage?: string;
  /** Default: P-256. */
  readonly curve?: string;
  /** Default: sha256. */
  readonly digest?: string;
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
}

export interface Authority extends Pair {
  readonly issue: (options: LeafOptions) => Pair;
  /** An authority below this one; its own usages may be narrower. */
  readonly below: (usages: string) => Authority;
}

/** Certificates by OpenSSL, so that nothing of this project has a hand in them. */
export function makeAuthority(commonName = 'test-ca'): Authority {
  const home = mkdtempSync(join(tmpdir(), 'handshake-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { certificate, key } = create(
    home,
    'root',
    'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign',
    {
      commonName,
    },
  );
  return authority(home, 'root', { certificate, key }, { count: 0 });
}

function authority(home: string, name: string, pair: Pair, serial: { count: number }): Authority {
  const next = (): string => {
    serial.count += 1;
    return `c${serial.count}`;
  };
  return {
    ...pair,
    issue: ({
      altNames = '',
      usages = 'serverAuth,clientAuth',
      keyUsage = 'digitalSignature',
      ...options
    }) => {
      const extensions = [
        'basicConstraints=CA:FALSE',
        `keyUsage=${keyUsage}`,
        ...(usages === '' ? [] : [`extendedKeyUsage=${usages}`]),
        ...(altNames === '' ? [] : [`subjectAltName=${altNames}`]),
      ];
      return create(home, next(), extensions.join('\n'), options, name);
    },
    below: (usages) => {
      const inner = next();
      const extensions = `basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\nextendedKeyUsage=${usages}`;
      return authority(home, inner, create(home, inner, extensions, { commonName: inner }, name), serial);
    },
  };
}

function create(home: string, name: string, extensions: string, options: LeafOptions, issuer?: string): Pair {
  const { commonName = name, from = -1, to = 30 } = options;
  const put = (file: string, text: string): void => writeFileSync(join(home, file), text);
  const run = (...words: readonly string[]): void =>
    void execFileSync('openssl', words, { cwd: home, stdio: 'pipe' });
  put(
    'ca.cnf',
    `[ca]\ndefault_ca=it\n[it]\ndatabase=index.txt\nnew_certs_dir=.\npolicy=any\nrand_serial=yes\ndefault_md=${options.digest ?? 'sha256'}\nunique_subject=no\n[any]\nCN=optional\n[ext]\n${extensions}\n[req]\ndistinguished_name=any\n`,
  );
  put('index.txt', '');
  run(
    'req',
    '-new',
    '-config',
    'ca.cnf',
    '-newkey',
    'ec',
    '-pkeyopt',
    `ec_paramgen_curve:${options.curve ?? 'P-256'}`,
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-subj',
    `/CN=${commonName}`,
    '-out',
    `${name}.csr`,
  );
  const signer = issuer === undefined ? ['-selfsign'] : ['-cert', `${issuer}.crt`];
  const sign = ['ca', '-batch', '-notext', '-config', 'ca.cnf', '-extensions', 'ext', ...signer];
  const dates = ['-startdate', stamp(from), '-enddate', stamp(to)];
  run(...sign, '-keyfile', `${issuer ?? name}.key`, ...dates, '-in', `${name}.csr`, '-out', `${name}.crt`);
  const read = (suffix: string): string => readFileSync(join(home, `${name}.${suffix}`), 'utf8');
  return { certificate: read('crt'), key: read('key') };
}

/** YYYYMMDDHHMMSSZ, days from now. */
function stamp(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}
