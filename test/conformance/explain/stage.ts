import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EtcdRelease } from '../../../src/etcd-releases.js';
import type { Addresses } from '../../support/loopback.js';
import type { LeafOptions, PemPair, TestAuthority } from '../verify/authority.js';
import { finish, type Running, type RunOptions, start } from './processes.js';

/** Where one fault is staged: a folder and loopback addresses of its own, and the programs of one release. */
export interface Stage {
  readonly release: EtcdRelease;
  /** etcd itself. */
  readonly binary: string;
  readonly folder: string;
  /** The n-th address of this stage, from 1. */
  readonly address: Addresses;
  readonly authority: TestAuthority;
  readonly foreignAuthority: TestAuthority;
  /** Writes a file and returns its path. */
  readonly file: (name: string, content: string | Buffer) => string;
  /** A CRL of the authority, DER, that lists these serial numbers in hexadecimal. */
  readonly crl: (serials: readonly string[], form: 'DER' | 'PEM') => Buffer;
  /** Writes a pair that the authority, or another one, issues. */
  readonly pair: (name: string, options?: LeafOptions, authority?: TestAuthority) => PairFiles;
  readonly etcd: (words: readonly string[], options?: Partial<RunOptions>) => Running;
  /** Runs etcd until it ends or has said what is awaited, and returns what it said. */
  readonly etcdSays: (
    words: readonly string[],
    until: RegExp,
    options?: Partial<RunOptions>,
  ) => Promise<string>;
  readonly etcdctl: (words: readonly string[], options?: Partial<RunOptions>) => Promise<string>;
  /** Runs etcd from a line of sh(1), as `"$@"`. */
  readonly shell: (script: string, words: readonly string[]) => Promise<string>;
}

export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface StagePrograms {
  readonly release: EtcdRelease;
  readonly etcd: string;
  readonly etcdctl: string;
  readonly openssl: string;
  readonly authority: TestAuthority;
  readonly foreignAuthority: TestAuthority;
}

/** What the member says once it serves; the last is what 3.4 says. */
export const READY = /ready to serve client requests|serving client traffic|serving insecure client requests/;

export function makeStage(parent: string, address: Addresses, programs: StagePrograms): Stage {
  const folder = mkdtempSync(join(parent, 'stage-'));
  const { authority, foreignAuthority, release } = programs;
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    // Whole or not at all: members share their CA file, and etcd takes an empty one, in which it finds nobody to trust.
    writeFileSync(`${path}.new`, content, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return path;
  };
  const write = (name: string, { certificate, key }: PemPair): PairFiles => ({
    certificate: file(`${name}.crt`, certificate),
    key: file(`${name}.key`, key),
  });
  const etcd = (words: readonly string[], options: Partial<RunOptions> = {}): Running =>
    start(programs.etcd, words, { cwd: folder, ...options });
  return {
    release,
    binary: programs.etcd,
    folder,
    address,
    crl: (serials, form) => makeCrl(mkdtempSync(join(folder, 'crl-')), programs, serials, form),
    authority,
    foreignAuthority,
    file,
    pair: (name, options = {}, issuer = authority) => write(name, issuer.issue(options)),
    etcd,
    etcdSays: async (words, until, options) => {
      const running = etcd(words, options);
      await running.says(until);
      await running.stop();
      return running.output();
    },
    etcdctl: (words, options = {}) =>
      finish(programs.etcdctl, ['--command-timeout=3s', '--dial-timeout=2s', ...words], {
        cwd: folder,
        ...options,
        environment: { ETCDCTL_API: '3', ...options.environment },
      }),
    shell: (script, words) =>
      finish('/bin/sh', ['-c', script, 'sh', programs.etcd, ...words], { cwd: folder }),
  };
}

/**
 * Settings of a member alone, without TLS, as words; others are laid over them, and `undefined` takes one away. `@ADDRESS` in them
 * stands for the stage's first address.
 */
export function alone(
  stage: Stage,
  settings: Readonly<Record<string, string | undefined>> = {},
): readonly string[] {
  const [client, peer] = [`http://${stage.address(1)}:2379`, `http://${stage.address(1)}:2380`];
  return words({
    name: 'm1',
    'data-dir': join(stage.folder, 'data'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `m1=${peer}`,
    'heartbeat-interval': '50',
    'election-timeout': '250',
    ...settings,
  }).map((word) => word.replaceAll('@ADDRESS', stage.address(1)));
}

/** The n-th of several members with TLS among peers; `pair` is its peer certificate. */
export function member(
  stage: Stage,
  n: number,
  size: number,
  pair: PairFiles | undefined,
  settings: Readonly<Record<string, string | undefined>> = {},
): readonly string[] {
  const scheme = pair === undefined ? 'http' : 'https';
  const peer = (index: number): string => `${scheme}://${stage.address(index)}:2380`;
  const names = Array.from({ length: size }, (_, index) => index + 1);
  const tls =
    pair === undefined
      ? {}
      : {
          'peer-cert-file': pair.certificate,
          'peer-key-file': pair.key,
          'peer-client-cert-auth': 'true',
          'peer-trusted-ca-file': stage.file('peer-ca.crt', stage.authority.certificate),
        };
  const client = `http://${stage.address(n)}:2379`;
  return words({
    name: `m${n}`,
    'data-dir': join(stage.folder, `data${n}`),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer(n),
    'initial-advertise-peer-urls': peer(n),
    'initial-cluster': names.map((index) => `m${index}=${peer(index)}`).join(','),
    'heartbeat-interval': '50',
    'election-timeout': '250',
    ...tls,
    ...settings,
  });
}

/** A member alone whose client listener wants certificates. */
export function secured(
  stage: Stage,
  pair: PairFiles,
  settings: Readonly<Record<string, string | undefined>> = {},
): readonly string[] {
  const client = `https://${stage.address(1)}:2379`;
  return alone(stage, {
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'cert-file': pair.certificate,
    'key-file': pair.key,
    'client-cert-auth': 'true',
    'trusted-ca-file': stage.file('ca.crt', stage.authority.certificate),
    ...settings,
  });
}

/** A member's own client-side pair, good for everything. */
export function goodPair(stage: Stage, name: string, n = 1): PairFiles {
  return stage.pair(name, { commonName: `m${n}`, altNames: `IP:${stage.address(n)},IP:127.0.0.1` });
}

function words(settings: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
}

function makeCrl(
  home: string,
  { openssl, authority }: StagePrograms,
  serials: readonly string[],
  form: 'DER' | 'PEM',
): Buffer {
  const put = (name: string, content: string): void => writeFileSync(join(home, name), content);
  put('ca.crt', authority.certificate);
  put('ca.key', authority.key);
  put('crlnumber', '01\n');
  put(
    'index.txt',
    serials.map((serial) => `R\t400101000000Z\t200101000000Z\t${serial}\tunknown\t/CN=x\n`).join(''),
  );
  put(
    'ca.cnf',
    '[ca]\ndefault_ca = it\n[it]\ndatabase = index.txt\ncrlnumber = crlnumber\ndefault_md = sha256\ndefault_crl_days = 30\n',
  );
  const run = (...words: readonly string[]): Buffer =>
    execFileSync(openssl, words, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const pem = run('ca', '-gencrl', '-config', 'ca.cnf', '-cert', 'ca.crt', '-keyfile', 'ca.key');
  put('crl.pem', pem.toString());
  return form === 'PEM' ? pem : run('crl', '-in', 'crl.pem', '-outform', 'DER');
}
