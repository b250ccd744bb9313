import { execFileSync } from 'node:child_process';
import { PKI } from '../roots.js';
import {
  CLIENT,
  edit,
  type FaultCase,
  intermediateClient,
  intermediateServer,
  otherAuthority,
  revocation,
  row,
  temporary,
  unset,
} from './making.js';

/** Clients and servers that do not accept each other. */
export const chainsFaults: readonly FaultCase[] = [
  row('a client of another authority', 1, 'client-chain', ({ admin }, tools) => {
    const { certificate, key } = otherAuthority(tools).issue({
      commonName: 'admin',
      extendedKeyUsage: 'clientAuth',
    });
    admin.files.set(`${CLIENT}.crt`, certificate).set(`${CLIENT}.key`, key);
  }),
  row('a client that trusts another authority', 1, 'client-chain', ({ admin }, tools) =>
    admin.files.set('/etc/etcd/admin/ca.crt', otherAuthority(tools).certificate),
  ),
  row('a client without clientAuth', 1, 'client-chain', (cluster) =>
    cluster.clientLeaf({ extendedKeyUsage: 'serverAuth' }),
  ),
  row('a client without extended key usages', 1, 'none', (cluster) =>
    cluster.clientLeaf({ extendedKeyUsage: '' }),
  ),
  row('a client that has expired', 1, 'certificate-validity', (cluster) =>
    cluster.clientLeaf({ from: -10, to: -1 }),
  ),
  row('a client signed with SHA-1', 1, 'client-chain', (cluster) => cluster.clientLeaf({ digest: 'sha1' })),
  row('a client with SANs of nobody', 1, 'none', (cluster) =>
    cluster.clientLeaf({ altNames: 'IP:192.0.2.1,DNS:elsewhere.example.org' }),
  ),
  row('a client without a certificate', 1, 'client-access', ({ admin }) =>
    edit(admin, '/etc/etcd/admin/etcdctl.env', (text) => text.replace(/ETCDCTL_(?:CERT|KEY)=.*\n/g, '')),
  ),
  row('a client with an intermediate', 1, 'none', ({ authority, admin }) =>
    intermediateClient(authority, admin, true),
  ),
  row('a client without its intermediate', 1, 'client-chain', ({ authority, admin }) =>
    intermediateClient(authority, admin, false),
  ),
  row('an intermediate for servers alone', 1, 'client-chain', ({ authority, admin }) =>
    intermediateClient(authority, admin, true, 'serverAuth'),
  ),
  row('a server with an intermediate', 1, 'none', ({ authority, host }) =>
    intermediateServer(authority, host, true),
  ),
  row('the intermediate before the server', 1, 'pair-files', ({ authority, host }) =>
    intermediateServer(authority, host, false),
  ),
  row('a critical extension that Go has not', 1, 'client-chain', (cluster) =>
    cluster.clientLeaf({ extensions: ['1.2.3.4 = critical,DER:05:00'] }),
  ),
  row('client-cert-auth without a CA file', 1, 'client-auth', ({ host }) =>
    host.flags.delete('trusted-ca-file'),
  ),
  row('a CA file without client-cert-auth', 1, 'none', ({ host }) => host.flags.delete('client-cert-auth')),
  row('host names that clients must have', 1, 'client-allowed', ({ host }) =>
    host.flags.set('client-cert-allowed-hostname', 'admin.example.org'),
  ),
  row('a client with the host name that it must have', 1, 'none', (cluster) => {
    cluster.host.flags
      .set('client-cert-allowed-hostname', 'admin.example.org')
      .set('enable-grpc-gateway', 'false');
    cluster.clientLeaf({ altNames: 'DNS:admin.example.org' });
  }),
  row('an intermediate alone in the CA file', 1, 'none', ({ authority, admin, host }) => {
    const between = authority.intermediate({ commonName: 'between' });
    const { certificate, key } = between.issue({ commonName: 'admin', extendedKeyUsage: 'clientAuth' });
    admin.files.set(`${CLIENT}.crt`, certificate).set(`${CLIENT}.key`, key);
    host.files.set(`${PKI}/clients.crt`, between.certificate);
    host.flags.set('trusted-ca-file', `${PKI}/clients.crt`);
  }),
  row('clients are not asked', 1, 'none', ({ host }) => unset(host, 'trusted-ca-file', 'client-cert-auth')),
  row('a server that has expired', 1, 'certificate-validity', (cluster) =>
    cluster.serverLeaf(cluster.host, { from: -10, to: -1 }),
  ),
  row('a server that is not valid yet', 1, 'certificate-validity', (cluster) =>
    cluster.serverLeaf(cluster.host, { from: 5, to: 50 }),
  ),
  row('a server without its address', 1, 'server-names', (cluster) =>
    cluster.serverLeaf(cluster.host, { altNames: 'IP:127.0.0.1,DNS:m1' }),
  ),
  row('a server with a common name alone', 1, 'server-names', (cluster) =>
    cluster.serverLeaf(cluster.host, { commonName: cluster.host.address, altNames: '' }),
  ),
  row('a server without serverAuth', 1, 'client-chain', (cluster) =>
    cluster.serverLeaf(cluster.host, { extendedKeyUsage: 'clientAuth' }),
  ),
  row('a server without clientAuth', 1, 'none', (cluster) =>
    cluster.serverLeaf(cluster.host, { extendedKeyUsage: 'serverAuth' }),
  ),
  row('a server whose key usage is encipherment alone', 1, 'none', (cluster) =>
    cluster.serverLeaf(cluster.host, { keyUsage: 'keyEncipherment' }),
  ),
  row('a server for a hundred years', 1, 'none', (cluster) =>
    cluster.serverLeaf(cluster.host, { to: 36_500 }),
  ),
  row('a CRL that lists nobody', 1, 'none', (cluster) => revocation(cluster, [], 'DER')),
  row('a CRL in PEM', 1, 'revocation-lists', (cluster) => revocation(cluster, [], 'PEM')),
  row('no CRL where one is named', 1, 'revocation-lists', ({ host }) =>
    host.flags.set('client-crl-file', `${PKI}/crl.der`),
  ),
  row('a revoked client', 1, 'revoked-certificates', (cluster, { openssl, folder }) => {
    const file = temporary(folder, String(cluster.admin.files.get(`${CLIENT}.crt`)));
    const serial = execFileSync(openssl, ['x509', '-in', file, '-noout', '-serial'])
      .toString()
      .trim()
      .slice('serial='.length);
    revocation(cluster, [serial], 'DER');
  }),
];
