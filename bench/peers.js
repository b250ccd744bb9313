// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { address } from './command.js';

/**
 * What people use today for one CA and four certificates a member, each with a key of its own, P-256, files on disk. A script a
 * tool, as it would be typed: the tools issue one certificate a call.
 *
 * @typedef {{name: string, script: (members: number, folder: string) => string}} Peer
 */

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'etcd-bundle');

/** @param {string} name @param {RegExp} folder */
function cached(name, folder) {
  if (!existsSync(cache)) return undefined;
  return readdirSync(cache)
    .filter((entry) => folder.test(entry))
    .map((entry) => join(cache, entry, 'bin', name))
    .find((path) => existsSync(path));
}

/** @param {string} name */
function inPath(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim() || undefined;
}

/** @param {number} members @param {(name: string, address: string) => string[]} lines */
function eachMember(members, lines) {
  return Array.from({ length: members }, (_, index) => lines(`e${index + 1}`, address(index))).flat();
}

/** @returns {readonly Peer[]} */
export function findPeers() {
  const cfssl = cached('cfssl', /^cfssl-/);
  const cfssljson = cached('cfssljson', /^cfssl-/);
  const kubeadm = cached('kubeadm', /^kubeadm-1\.3/);
  const mkcert = cached('mkcert', /^mkcert-/);
  const openssl = inPath('openssl');
  return [
    ...(cfssl && cfssljson ? [{ name: 'cfssl', script: cfsslScript(cfssl, cfssljson) }] : []),
    ...(kubeadm ? [{ name: 'kubeadm', script: kubeadmScript(kubeadm) }] : []),
    ...(openssl ? [{ name: 'openssl', script: opensslScript(openssl) }] : []),
    ...(mkcert ? [{ name: 'mkcert', script: mkcertScript(mkcert) }] : []),
  ];
}

/** @param {string} cfssl @param {string} cfssljson @returns {Peer['script']} */
function cfsslScript(cfssl, cfssljson) {
  return (members, folder) => {
    const profile = (/** @type {string[]} */ usages) => ({ usages: ['signing', ...usages], expiry: '8760h' });
    const key = { algo: 'ecdsa', size: 256 };
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({
        signing: {
          profiles: { both: profile(['server auth', 'client auth']), client: profile(['client auth']) },
        },
      }),
    );
    writeFileSync(join(folder, 'ca.json'), JSON.stringify({ CN: 'etcd-ca', key, ca: { expiry: '87600h' } }));
    writeFileSync(join(folder, 'leaf.json'), JSON.stringify({ CN: 'etcd', key }));
    const sign = (
      /** @type {string} */ profileName,
      /** @type {string} */ hosts,
      /** @type {string} */ out,
    ) =>
      `${cfssl} gencert -loglevel=5 -ca=ca.pem -ca-key=ca-key.pem -config=config.json -profile=${profileName} -hostname=${hosts} leaf.json | ${cfssljson} -bare ${out}`;
    return [
      `${cfssl} gencert -loglevel=5 -initca ca.json | ${cfssljson} -bare ca`,
      ...eachMember(members, (name, ip) => [
        sign('both', `${name},localhost,${ip},127.0.0.1`, `${name}-server`),
        sign('both', `${name},localhost,${ip},127.0.0.1`, `${name}-peer`),
        sign('client', '', `${name}-healthcheck`),
        sign('client', '', `${name}-apiserver`),
      ]),
    ].join('\n');
  };
}

/** @param {string} kubeadm @returns {Peer['script']} */
function kubeadmScript(kubeadm) {
  return (members, folder) =>
    eachMember(members, (name, ip) => {
      const pki = join(folder, name);
      mkdirSync(join(pki, 'etcd'), { recursive: true });
      const config = join(folder, `${name}.yaml`);
      writeFileSync(
        config,
        [
          'apiVersion: kubeadm.k8s.io/v1beta4',
          'kind: InitConfiguration',
          `nodeRegistration: {name: ${name}, criSocket: "unix:///run/none.sock"}`,
          `localAPIEndpoint: {advertiseAddress: ${ip}}`,
          '---',
          'apiVersion: kubeadm.k8s.io/v1beta4',
          'kind: ClusterConfiguration',
          'kubernetesVersion: v1.36.0',
          'encryptionAlgorithm: ECDSA-P256',
          `certificatesDir: ${pki}`,
          '',
        ].join('\n'),
      );
      const phase = (/** @type {string} */ what) =>
        `${kubeadm} init phase certs ${what} --config ${config} >/dev/null 2>&1`;
      return [
        name === 'e1' ? phase('etcd-ca') : `cp ${join(folder, 'e1', 'etcd')}/ca.* ${join(pki, 'etcd')}/`,
        ...['etcd-server', 'etcd-peer', 'etcd-healthcheck-client', 'apiserver-etcd-client'].map(phase),
      ];
    }).join('\n');
}

/** @param {string} openssl @returns {Peer['script']} */
function opensslScript(openssl) {
  return (members, folder) => {
    const extension = (/** @type {string} */ usage, /** @type {string} */ names) =>
      `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=${usage}\n${names === '' ? '' : `subjectAltName=${names}\n`}`;
    const issue = (/** @type {string} */ file, /** @type {string} */ name) => [
      `${openssl} ecparam -name prime256v1 -genkey -noout -out ${file}.key`,
      `${openssl} req -new -key ${file}.key -subj /CN=${name} -out ${file}.csr`,
      `${openssl} x509 -req -in ${file}.csr -CA ca.crt -CAkey ca.key -days 365 -extfile ${file}.cnf -out ${file}.crt 2>/dev/null`,
    ];
    return [
      `${openssl} ecparam -name prime256v1 -genkey -noout -out ca.key`,
      `${openssl} req -x509 -new -key ca.key -subj /CN=etcd-ca -days 3650 -out ca.crt`,
      ...eachMember(members, (name, ip) => {
        const names = `DNS:${name},DNS:localhost,IP:${ip},IP:127.0.0.1`;
        return ['server', 'peer', 'healthcheck', 'apiserver'].flatMap((role) => {
          const isServer = role === 'server' || role === 'peer';
          writeFileSync(
            join(folder, `${name}-${role}.cnf`),
            extension(isServer ? 'serverAuth,clientAuth' : 'clientAuth', isServer ? names : ''),
          );
          return issue(`${name}-${role}`, name);
        });
      }),
    ].join('\n');
  };
}

/** mkcert cannot give server and client usages together, so this is what it can. @param {string} mkcert @returns {Peer['script']} */
function mkcertScript(mkcert) {
  return (members, folder) =>
    [
      `export CAROOT=${folder}`,
      ...eachMember(members, (name, ip) => [
        ...['server', 'peer'].map(
          (role) =>
            `${mkcert} -ecdsa -cert-file ${name}-${role}.crt -key-file ${name}-${role}.key ${name} localhost ${ip} 127.0.0.1 >/dev/null 2>&1`,
        ),
        ...['healthcheck', 'apiserver'].map(
          (role) =>
            `${mkcert} -client -ecdsa -cert-file ${name}-${role}.crt -key-file ${name}-${role}.key ${name} >/dev/null 2>&1`,
        ),
      ]),
    ].join('\n');
}
