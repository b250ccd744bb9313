import { execFileSync } from 'node:child_process';
import { makeAuthority } from '../authority.js';
import { PKI } from '../roots.js';
import {
  CA,
  clientCa,
  convertKey,
  edit,
  type FaultCase,
  otherAuthority,
  PEER,
  PEER_KEY,
  row,
  rsa,
  SERVER,
  SERVER_KEY,
  serviceUser,
  temporary,
  unset,
} from './making.js';

/** Keys, certificates and CA files that do not load. */
export const filesFaults: readonly FaultCase[] = [
  row('https without a certificate', 1, 'tls-pairs', ({ host }) => unset(host, 'cert-file', 'key-file')),
  row('https peers without a certificate', 1, 'tls-pairs', ({ host }) =>
    unset(host, 'peer-cert-file', 'peer-key-file'),
  ),
  row('a certificate without its key', 1, 'tls-pairs', ({ host }) => host.flags.delete('key-file')),
  row('no key where one is named', 1, 'pair-files', ({ host }) => host.files.delete(SERVER_KEY)),
  row('no peer certificate where one is named', 1, 'pair-files', ({ host }) => host.files.delete(PEER)),
  row('the key of another certificate', 1, 'pair-files', ({ host }) =>
    host.files.set(SERVER_KEY, String(host.files.get(PEER_KEY))),
  ),
  row('a peer key of another certificate', 1, 'pair-files', ({ host }) =>
    host.files.set(PEER_KEY, String(host.files.get(SERVER_KEY))),
  ),
  row('an encrypted key, PKCS#8', 1, 'pair-files', ({ host }, tools) =>
    convertKey(host, tools, ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:x']),
  ),
  row('an encrypted key, RFC 1421', 1, 'pair-files', ({ host }, tools) =>
    convertKey(host, tools, ['ec', '-aes128', '-passout', 'pass:x']),
  ),
  row('a key in SEC 1 with its parameters', 1, 'none', ({ host }, tools) => {
    convertKey(host, tools, ['ec']);
    edit(
      host,
      SERVER_KEY,
      (text) => `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${text}`,
    );
  }),
  row('a byte order mark', 1, 'pair-files', ({ host }) => edit(host, SERVER, (text) => `\ufeff${text}`)),
  row('CRLF and text around the blocks', 1, 'none', ({ host }) =>
    edit(host, SERVER, (text) => `subject=m1\r\n${text.replaceAll('\n', '\r\n')}\r\n# end\r\n`),
  ),
  row('certificate and key exchanged', 1, 'pair-files', ({ host }) => {
    const [certificate, key] = [host.files.get(SERVER) ?? '', host.files.get(SERVER_KEY) ?? ''];
    host.files.set(SERVER, key).set(SERVER_KEY, certificate);
  }),
  row('DER instead of PEM', 1, 'pair-files', ({ host }, { openssl, folder }) => {
    const file = temporary(folder, String(host.files.get(SERVER)));
    host.files.set(SERVER, execFileSync(openssl, ['x509', '-in', file, '-outform', 'DER']));
  }),
  row('a damaged certificate', 1, 'pair-files', ({ host }) =>
    edit(host, SERVER, (text) => text.replace(/\n([A-Za-z0-9+/]{20})/, '\nAAAAAAAAAAAAAAAAAAAA')),
  ),
  row(
    'keys that everybody may read',
    1,
    'none',
    ({ host }) => {
      serviceUser(host);
      host.modes.set(PEER_KEY, 0o644).set(SERVER_KEY, 0o644);
    },
    65_534,
  ),
  row(
    'a key that the service may not read',
    1,
    'key-access',
    ({ host }) => {
      serviceUser(host);
      host.modes.set(PEER_KEY, 0o600).set(SERVER_KEY, 0o644);
    },
    65_534,
  ),
  row('a curve that Go has not', 1, 'pair-files', (cluster) =>
    cluster.serverLeaf(cluster.host, {
      key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
    }),
  ),
  row('Ed25519', 1, 'none', (cluster) =>
    cluster.serverLeaf(cluster.host, { key: ['-algorithm', 'ED25519'] }),
  ),
  row('P-521', 1, 'none', (cluster) =>
    cluster.serverLeaf(cluster.host, { key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'] }),
  ),
  row('RSA of 1024 bits', 1, 'none', (cluster) => cluster.serverLeaf(cluster.host, { key: rsa(1024) })),
  row('RSA of 768 bits', 1, 'algorithms|pair-files', (cluster) =>
    cluster.serverLeaf(cluster.host, { key: rsa(768) }),
  ),
  row('no CA file', 1, 'trust-files', ({ host }) => host.files.delete(CA)),
  row('a key in the CA file', 1, 'trust-files', ({ host, authority }) =>
    host.files.set(CA, authority.certificate + authority.key),
  ),
  row('an empty CA file', 1, 'trust-files', ({ host }) => {
    host.files.set(`${PKI}/none.crt`, '');
    host.flags.set('trusted-ca-file', `${PKI}/none.crt`);
  }),
  row('two authorities in the CA file', 1, 'none', ({ host, authority }, tools) =>
    host.files.set(CA, otherAuthority(tools).certificate + authority.certificate),
  ),
  row('the CA is none by its constraints', 1, 'client-chain', ({ host }, tools) => {
    const other = makeAuthority(tools.folder, tools.openssl, { extensions: ['basicConstraints = CA:FALSE'] });
    clientCa(host, other.certificate);
  }),
];
