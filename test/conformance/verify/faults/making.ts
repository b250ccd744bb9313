import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../authority.js';
import { PKI, type TestCluster, type TestHost } from '../roots.js';

/** One row of the table: what is wrong, how it is made, and the rule that has to name it. */
export interface FaultCase {
  readonly name: string;
  readonly members: 1 | 2;
  /** Made with OpenSSL and by editing units, never with our own writer. */
  readonly make: (cluster: TestCluster, tools: Tools) => void;
  /** Rule whose error names the cause wherever etcd refuses; none where no release does. */
  readonly rule: string;
  /** Runs etcd as this user. */
  readonly user?: number;
}

export interface Tools {
  readonly openssl: string;
  readonly folder: string;
}

export const CA = `${PKI}/ca.crt`;
export const SERVER: string = `${PKI}/server.crt`;
export const SERVER_KEY: string = `${PKI}/server.key`;
export const PEER: string = `${PKI}/peer.crt`;
export const PEER_KEY: string = `${PKI}/peer.key`;
export const CLIENT = '/etc/etcd/admin/client';

export function row(
  name: string,
  members: 1 | 2,
  rule: string,
  make: (cluster: TestCluster, tools: Tools) => unknown,
  user?: number,
): FaultCase {
  return {
    name,
    members,
    rule,
    make: (cluster, tools) => void make(cluster, tools),
    ...(user === undefined ? {} : { user }),
  };
}

export function environment(host: TestHost, text: string): void {
  host.files.set('/etc/etcd/etcd.env', text);
  host.service.push('EnvironmentFile=/etc/etcd/etcd.env');
}

/** The same settings as YAML, with one more line. */
export function configFile(host: TestHost, more: string): void {
  const value = (name: string): string => host.flags.get(name) ?? '';
  const lines = [...host.flags]
    .filter(([name]) => !/cert|key-file|trusted/.test(name))
    .map(([name, text]) => `${name}: "${text}"\n`);
  const section = (name: string, prefix: string): string =>
    `${name}:\n  cert-file: ${value(`${prefix}cert-file`)}\n  key-file: ${value(`${prefix}key-file`)}\n  trusted-ca-file: ${value(`${prefix}trusted-ca-file`)}\n  client-cert-auth: true\n`;
  host.files.set(
    '/etc/etcd/etcd.conf.yml',
    `${lines.join('')}${section('client-transport-security', '')}${section('peer-transport-security', 'peer-')}${more}`,
  );
  host.flags.clear();
  host.flags.set('config-file', '/etc/etcd/etcd.conf.yml');
}

export function edit(host: TestHost, path: string, change: (text: string) => string): void {
  host.files.set(path, change(String(host.files.get(path))));
}

export function temporary(folder: string, text: string): string {
  const file = join(mkdtempSync(join(folder || tmpdir(), 'pem-')), 'in.pem');
  writeFileSync(file, text);
  return file;
}

export function convertKey(host: TestHost, { openssl, folder }: Tools, args: readonly string[]): void {
  const file = temporary(folder, String(host.files.get(SERVER_KEY)));
  execFileSync(openssl, [...args, '-in', file, '-out', `${file}.out`], { stdio: 'pipe' });
  host.files.set(SERVER_KEY, readFileSync(`${file}.out`, 'utf8'));
}

export function otherAuthority({ folder, openssl }: Tools): ReturnType<typeof makeAuthority> {
  return makeAuthority(folder, openssl, { commonName: 'other-ca' });
}

export function clientCa(host: TestHost, certificate: string): void {
  host.files.set(`${PKI}/client-ca.crt`, certificate);
  host.flags.set('trusted-ca-file', `${PKI}/client-ca.crt`);
}

export function intermediateClient(
  authority: TestCluster['authority'],
  admin: TestHost,
  sendsIt: boolean,
  usage?: string,
): void {
  const between = authority.intermediate({
    commonName: 'between',
    ...(usage === undefined ? {} : { extendedKeyUsage: usage }),
  });
  const { certificate, key } = between.issue({ commonName: 'admin', extendedKeyUsage: 'clientAuth' });
  admin.files
    .set(`${CLIENT}.crt`, certificate + (sendsIt ? between.certificate : ''))
    .set(`${CLIENT}.key`, key);
}

export function intermediateServer(
  authority: TestCluster['authority'],
  host: TestHost,
  leafFirst: boolean,
): void {
  const between = authority.intermediate({ commonName: 'between' });
  const { certificate, key } = between.issue({
    commonName: 'm1',
    altNames: `IP:${host.address},IP:127.0.0.1`,
  });
  host.files
    .set(SERVER, leafFirst ? certificate + between.certificate : between.certificate + certificate)
    .set(SERVER_KEY, key);
}

export function revocation(
  { host, authority }: TestCluster,
  serials: readonly string[],
  form: 'DER' | 'PEM',
): void {
  host.files.set(`${PKI}/crl.der`, authority.crl(serials, form));
  host.flags.set('client-crl-file', `${PKI}/crl.der`);
}

export function rsa(bits: number): readonly string[] {
  return ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`];
}

export function setAll(
  hosts: readonly TestHost[],
  flag: string,
  value: (host: TestHost) => string | undefined,
): void {
  for (const host of hosts) {
    const text = value(host);
    if (text === undefined) host.flags.delete(flag);
    else host.flags.set(flag, text);
  }
}

export function unset({ flags }: TestHost, ...names: readonly string[]): void {
  for (const name of names) flags.delete(name);
}

/** A unit for `nobody`, whom every machine has. */
export function serviceUser({ service, files }: TestHost): void {
  service.splice(0, service.length, 'Type=notify', 'User=nobody', 'Group=nogroup');
  files.set('/etc/passwd', 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n');
  files.set('/etc/group', 'root:x:0:\nnogroup:x:65534:\n');
}
