import { PKI } from '../roots.js';
import { type FaultCase, otherAuthority, PEER, PEER_KEY, row, setAll } from './making.js';

/** Members that do not accept each other. */
export const peersFaults: readonly FaultCase[] = [
  row('a peer without clientAuth', 2, 'peer-chain', (cluster) =>
    cluster.peerLeaf(cluster.host, { extendedKeyUsage: 'serverAuth' }),
  ),
  row('a peer without serverAuth', 2, 'peer-chain', (cluster) =>
    cluster.peerLeaf(cluster.host, { extendedKeyUsage: 'clientAuth' }),
  ),
  row('a peer without extended key usages', 2, 'none', (cluster) =>
    cluster.peerLeaf(cluster.host, { extendedKeyUsage: '' }),
  ),
  row('a peer of another authority', 2, 'peer-chain', ({ hosts }, tools) => {
    const [first] = hosts;
    const { certificate, key } = otherAuthority(tools).issue({
      altNames: `IP:${first?.address},IP:127.0.0.1`,
    });
    first?.files.set(PEER, certificate).set(PEER_KEY, key);
  }),
  row('members with an authority each', 2, 'peer-chain', ({ hosts }, tools) => {
    const [first] = hosts;
    const other = otherAuthority(tools);
    const { certificate, key } = other.issue({ altNames: `IP:${first?.address},IP:127.0.0.1` });
    first?.files.set(PEER, certificate).set(PEER_KEY, key).set(`${PKI}/peer-ca.crt`, other.certificate);
    first?.flags.set('peer-trusted-ca-file', `${PKI}/peer-ca.crt`);
  }),
  row('a peer that has expired', 2, 'certificate-validity', (cluster) =>
    cluster.peerLeaf(cluster.host, { from: -10, to: -1 }),
  ),
  row('a peer without its address', 2, 'peer-names', (cluster) =>
    cluster.peerLeaf(cluster.host, { altNames: 'IP:127.0.0.1,DNS:localhost' }),
  ),
  row('a peer without the address that it comes from', 2, 'peer-source', (cluster) =>
    cluster.peerLeaf(cluster.host, { altNames: `IP:${cluster.host.address}` }),
  ),
  row('the same with a name of nobody', 2, 'peer-source', (cluster) =>
    cluster.peerLeaf(cluster.host, { altNames: `IP:${cluster.host.address},DNS:m1` }),
  ),
  row('the same with localhost among the names', 2, 'none', (cluster) =>
    cluster.peerLeaf(cluster.host, { altNames: `IP:${cluster.host.address},DNS:localhost` }),
  ),
  row('the same without the check, 3.5', 2, 'peer-source|etcd-flags', (cluster) => {
    cluster.peerLeaf(cluster.host, { altNames: `IP:${cluster.host.address}` });
    for (const { flags } of cluster.hosts)
      flags.set('experimental-peer-skip-client-san-verification', 'true');
  }),
  row('the same without the check, 3.7', 2, 'peer-source|etcd-flags', (cluster) => {
    cluster.peerLeaf(cluster.host, { altNames: `IP:${cluster.host.address}` });
    for (const { flags } of cluster.hosts) flags.set('peer-skip-client-san-verification', 'true');
  }),
  row("another member's peer pair", 2, 'peer-names', ({ hosts }) => {
    const [first, second] = hosts;
    first?.files.set(PEER, second?.files.get(PEER) ?? '').set(PEER_KEY, second?.files.get(PEER_KEY) ?? '');
  }),
  row('a common name that peers do not allow', 2, 'peer-allowed', ({ hosts }) =>
    setAll(hosts, 'peer-cert-allowed-cn', () => 'etcd'),
  ),
  row('the common names that peers allow', 2, 'none', ({ hosts }) =>
    setAll(hosts, 'peer-cert-allowed-cn', () => 'm1,m2'),
  ),
  row('a host name that peers do not allow', 2, 'peer-allowed', ({ hosts }) =>
    setAll(hosts, 'peer-cert-allowed-hostname', () => 'etcd.example.org'),
  ),
  row('allowed names of both kinds', 1, 'setting-combinations', ({ host }) =>
    host.flags.set('peer-cert-allowed-cn', 'm1').set('peer-cert-allowed-hostname', 'm1'),
  ),
  row('no CA file among peers', 2, 'client-auth', ({ hosts }) =>
    setAll(hosts, 'peer-trusted-ca-file', () => undefined),
  ),
  row('peers with a certificate for each way', 2, 'none', (cluster) => {
    for (const host of cluster.hosts) {
      cluster.peerLeaf(host, { extendedKeyUsage: 'serverAuth' });
      const { certificate, key } = cluster.authority.issue({
        commonName: host.name,
        extendedKeyUsage: 'clientAuth',
      });
      host.files.set(`${PKI}/dial.crt`, certificate).set(`${PKI}/dial.key`, key);
      host.flags
        .set('peer-client-cert-file', `${PKI}/dial.crt`)
        .set('peer-client-key-file', `${PKI}/dial.key`);
    }
  }),
  row('faulty peer names in a cluster of one', 1, 'none', (cluster) =>
    cluster.peerLeaf(cluster.host, { altNames: 'IP:192.0.2.1', extendedKeyUsage: 'serverAuth' }),
  ),
];
