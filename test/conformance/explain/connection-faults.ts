import { X509Certificate } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { join } from 'node:path';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import type { LeafOptions } from '../verify/authority.js';
import type { Fault } from './fault.js';
import { finish, pause } from './processes.js';
import { alone, goodPair, member, type PairFiles, READY, type Stage, secured } from './stage.js';

const ENDED = /(?!)/;
/** A peer is probed some seconds after the start. */
const PROBED = /prober detected|health check for peer/;
const SINCE_3_5: Fault['releases'] = ['3.5', '3.6', '3.7'];
const ALL: Fault['releases'] = ETCD_RELEASES;

/** What goes wrong between programs: TLS, clients, peers, clusters. */
export const connectionFaults: readonly Fault[] = [
  fault('a key of another certificate', 'key-mismatch', async (stage) => {
    const [a, b] = [goodPair(stage, 'a'), goodPair(stage, 'b')];
    return stage.etcdSays(secured(stage, { certificate: a.certificate, key: b.key }), ENDED);
  }),
  fault('a peer key of another certificate', 'key-mismatch', async (stage) => {
    const [a, b] = [goodPair(stage, 'a'), goodPair(stage, 'b')];
    return stage.etcdSays(member(stage, 1, 1, { certificate: a.certificate, key: b.key }), ENDED);
  }),
  fault('no certificate file', 'file-missing', async (stage) =>
    stage.etcdSays(
      secured(stage, { ...goodPair(stage, 'server'), certificate: '/nowhere/server.crt' }),
      ENDED,
    ),
  ),
  fault('no CA file', 'file-missing', async (stage) =>
    stage.etcdSays(
      secured(stage, goodPair(stage, 'server'), { 'trusted-ca-file': '/nowhere/ca.crt' }),
      ENDED,
    ),
  ),
  fault('a key that may not be read', 'permission-denied', async (stage) => {
    // The programs are where root alone may look.
    const binary = join(stage.folder, 'etcd');
    copyFileSync(stage.binary, binary);
    chmodSync(binary, 0o755);
    const pair = goodPair(stage, 'peer');
    chmodSync(stage.folder, 0o777);
    chmodSync(pair.certificate, 0o644);
    const words = member(stage, 1, 1, pair);
    chmodSync(join(stage.folder, 'peer-ca.crt'), 0o644);
    return finish(binary, words, { cwd: stage.folder, user: 65534 });
  }),
  fault('a key that is none', 'key-unreadable', async (stage) => {
    const pair = goodPair(stage, 'peer');
    const key = stage.file('bad.key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
    return stage.etcdSays(member(stage, 1, 1, { ...pair, key }), ENDED);
  }),
  fault('a certificate file without PEM', 'pem-missing', async (stage) =>
    stage.etcdSays(
      member(stage, 1, 1, { ...goodPair(stage, 'peer'), certificate: stage.file('bad.crt', 'nothing') }),
      ENDED,
    ),
  ),
  fault('a key in the CA file', 'ca-file-unreadable', async (stage) => {
    const pair = goodPair(stage, 'peer');
    return stage.etcdSays(member(stage, 1, 1, pair, { 'peer-trusted-ca-file': pair.key }), ENDED);
  }),
  client('a client without a certificate', 'client-without-certificate', (stage) => ['--cacert', ca(stage)]),
  client('a client of another CA', 'incoming-authority-unknown', (stage) => [
    '--cacert',
    ca(stage),
    ...own(stage.pair('client', { extendedKeyUsage: 'clientAuth' }, stage.foreignAuthority)),
  ]),
  server('a client that trusts another CA', 'outgoing-authority-unknown', (stage) => [
    '--cacert',
    stage.file('foreign.crt', stage.foreignAuthority.certificate),
    ...own(goodPair(stage, 'client')),
  ]),
  client('a client certificate for servers alone', 'certificate-key-usage', (stage) => [
    '--cacert',
    ca(stage),
    ...own(stage.pair('client', { extendedKeyUsage: 'serverAuth' })),
  ]),
  client('an expired client certificate', 'certificate-expired', (stage) => [
    '--cacert',
    ca(stage),
    ...own(stage.pair('client', { from: -9, to: -2 })),
  ]),
  server('an address that the server certificate lacks', 'certificate-name-mismatch', valid, () => ({
    altNames: 'IP:127.0.0.9',
  })),
  server('a server certificate without addresses', 'certificate-without-addresses', valid, () => ({
    altNames: 'DNS:etcd.example.org',
  })),
  server('an expired server certificate', 'certificate-expired', valid, (stage) => ({
    altNames: names(stage, 1),
    from: -9,
    to: -2,
  })),
  server('a server certificate for clients alone', 'certificate-key-usage', valid, (stage) => ({
    altNames: names(stage, 1),
    extendedKeyUsage: 'clientAuth',
  })),
  fault('a revoked client', 'certificate-revoked', async (stage) => {
    const pair = stage.pair('revoked');
    const { serialNumber } = new X509Certificate(readFileSync(pair.certificate));
    const crl = stage.file('ca.crl', stage.crl([serialNumber], 'DER'));
    return served(stage, ['--cacert', ca(stage), ...own(pair)], { 'client-crl-file': crl });
  }),
  fault(
    'a CRL in PEM',
    'crl-unreadable',
    (stage) =>
      served(stage, valid(stage), {
        'client-crl-file': stage.file('ca.crl', stage.crl([], 'PEM')),
      }),
    ['3.6', '3.7'],
  ),
  fault('no CRL', 'file-missing', (stage) =>
    served(stage, valid(stage), { 'client-crl-file': '/nowhere/ca.crl' }),
  ),
  fault(
    'an https client of an http member',
    'plain-answer-to-tls',
    async (stage) => {
      const etcd = stage.etcd(alone(stage));
      await etcd.says(READY);
      return `${await stage.etcdctl(['--endpoints', `https://${stage.address(1)}:2379`, '--cacert', ca(stage), 'get', 'x'])}${etcd.output()}`;
    },
    SINCE_3_5,
  ),
  fault('an http client of an https member', 'plain-request-to-tls', async (stage) => {
    const etcd = stage.etcd(secured(stage, goodPair(stage, 'server')));
    await etcd.says(READY);
    const said = await stage.etcdctl(['--endpoints', `http://${stage.address(1)}:2379`, 'get', 'x']);
    await pause(200);
    return said + etcd.output();
  }),
  fault('http to an https member with curl', 'plain-request-to-tls', async (stage) => {
    const etcd = stage.etcd(secured(stage, goodPair(stage, 'server')));
    await etcd.says(READY);
    await new Promise<void>((resolve) =>
      requestHttp(`http://${stage.address(1)}:2379/health`, () => resolve())
        .on('error', () => resolve())
        .end(),
    );
    await pause(300);
    return etcd.output();
  }),
  fault(
    'nobody there',
    'connection-refused',
    (stage) => stage.etcdctl(['--endpoints', `http://${stage.address(1)}:2379`, 'get', 'x']),
    SINCE_3_5,
  ),
  fault('variable and flag of etcdctl', 'flag-and-variable', (stage) =>
    stage.etcdctl(['--endpoints', `http://${stage.address(1)}:2379`, 'get', 'x'], {
      environment: { ETCDCTL_ENDPOINTS: 'http://127.0.0.1:2379' },
    }),
  ),
  fault('a snapshot of several endpoints', 'snapshot-of-several', (stage) =>
    stage.etcdctl([
      '--endpoints',
      `http://${stage.address(1)}:2379,http://${stage.address(2)}:2379`,
      'snapshot',
      'save',
      'x.db',
    ]),
  ),
  fault('a full database', 'no-space', async (stage) => {
    const etcd = stage.etcd(alone(stage, { 'quota-backend-bytes': '1' }));
    await etcd.says(READY);
    const endpoints = ['--endpoints', `http://${stage.address(1)}:2379`];
    return `${await stage.etcdctl([...endpoints, 'put', 'a', 'b'])}${await stage.etcdctl([...endpoints, 'put', 'a', 'b'])}`;
  }),
  fault(
    'a request too large',
    'request-too-large',
    async (stage) => {
      const etcd = stage.etcd(alone(stage, { 'max-request-bytes': '10' }));
      await etcd.says(READY);
      return stage.etcdctl(['--endpoints', `http://${stage.address(1)}:2379`, 'put', 'a', 'b'.repeat(1000)]);
    },
    ['3.4', '3.5'],
  ),
  peers('peers of another CA', 'incoming-authority-unknown', (stage) =>
    stage.pair('p2', { altNames: names(stage, 2) }, stage.foreignAuthority),
  ),
  peers('a peer certificate for servers alone', 'certificate-key-usage', (stage) =>
    stage.pair('p2', { altNames: names(stage, 2), extendedKeyUsage: 'serverAuth' }),
  ),
  peers('an expired peer', 'certificate-expired', (stage) =>
    stage.pair('p2', { altNames: names(stage, 2), from: -9, to: -2 }),
  ),
  peers('a peer whose certificate lacks its address', 'certificate-name-mismatch', (stage) =>
    stage.pair('p2', { altNames: 'IP:192.0.2.1' }),
  ),
  peers('a peer whose certificate has DNS names of nobody', 'peer-dns-mismatch', (stage) =>
    stage.pair('p2', { altNames: 'DNS:nobody.invalid' }),
  ),
  peers(
    'a peer of another name',
    'name-not-allowed',
    (stage) => stage.pair('p2', { commonName: 'other', altNames: names(stage, 2) }),
    { 'peer-cert-allowed-cn': 'm1' },
  ),
  fault('peers with different schemes', 'plain-request-to-tls', async (stage) => {
    const first = stage.etcd(member(stage, 1, 2, stage.pair('p1', { altNames: names(stage, 1) })));
    const second = stage.etcd(member(stage, 2, 2, undefined));
    await Promise.race([
      first.says(/tls: first record|server gave HTTP/),
      second.says(/server gave HTTP|malformed HTTP|EOF/),
    ]);
    await pause(500);
    return first.output() + second.output();
  }),
  fault('two clusters', 'cluster-id-mismatch', async (stage) => {
    const first = stage.etcd(member(stage, 1, 2, undefined, { 'initial-cluster-token': 'a' }));
    const second = stage.etcd(member(stage, 2, 2, undefined, { 'initial-cluster-token': 'b' }));
    await Promise.all([first.says(/cluster ID mismatch/), second.says(/cluster ID mismatch/)]);
    await pause(500);
    return first.output() + second.output();
  }),
  fault('a data folder that was wiped', 'already-bootstrapped', async (stage) => {
    const words = (n: number) => member(stage, n, 2, undefined);
    const first = stage.etcd(words(1));
    const second = stage.etcd(words(2));
    await Promise.all([first.says(READY), second.says(READY)]);
    await second.stop();
    rmSync(join(stage.folder, 'data2'), { recursive: true });
    return stage.etcdSays(words(2), ENDED);
  }),
  fault('another number of members', 'member-count', async (stage) => {
    const first = stage.etcd(alone(stage));
    await first.says(READY);
    return stage.etcdSays(member(stage, 2, 2, undefined, { 'initial-cluster-state': 'existing' }), ENDED);
  }),
  fault('a member that was removed', 'member-removed', async (stage) => {
    const words = (n: number) => member(stage, n, 2, undefined);
    const first = stage.etcd(words(1), {});
    const second = stage.etcd(words(2));
    await Promise.all([first.says(READY), second.says(READY)]);
    const endpoints = ['--endpoints', `http://${stage.address(1)}:2379`];
    const list = await stage.etcdctl([...endpoints, 'member', 'list']);
    const id = /^([0-9a-f]+), \w+, m2,/m.exec(list)?.[1] ?? '';
    await pause(5500);
    await stage.etcdctl([...endpoints, 'member', 'remove', id]);
    await second.says(/removed/);
    await pause(300);
    return second.output();
  }),
  fault('a quorum that is lost', 'peer-unreachable', async (stage) => {
    const first = stage.etcd(member(stage, 1, 2, undefined));
    await first.says(/connection refused/);
    await pause(6000);
    return first.output();
  }),
  fault('an ask for a health that is not there', 'endpoint-unhealthy', async (stage) =>
    stage.etcdctl(['--endpoints', `http://${stage.address(1)}:2379`, 'endpoint', 'health']),
  ),
];

function fault(name: string, id: string, run: Fault['run'], releases: Fault['releases'] = ALL): Fault {
  return { name, id, run, releases };
}

/** What the listener says of a client. */
function client(name: string, id: string, words: (stage: Stage) => readonly string[]): Fault {
  return fault(name, id, (stage) => served(stage, words(stage), {}));
}

/** What a client says of the listener; etcdctl of 3.4 keeps it to itself. */
function server(
  name: string,
  id: string,
  words: (stage: Stage) => readonly string[],
  leaf?: (stage: Stage) => LeafOptions,
): Fault {
  return fault(
    name,
    id,
    (stage) =>
      served(
        stage,
        words(stage),
        {},
        leaf === undefined ? goodPair(stage, 'server') : stage.pair('server', leaf(stage)),
      ),
    SINCE_3_5,
  );
}

async function served(
  stage: Stage,
  words: readonly string[],
  settings: Record<string, string>,
  pair: PairFiles = goodPair(stage, 'server'),
): Promise<string> {
  const etcd = stage.etcd(secured(stage, pair, settings));
  await etcd.says(READY);
  const said = await stage.etcdctl(['--endpoints', `https://${stage.address(1)}:2379`, ...words, 'get', 'x']);
  await pause(100);
  return `${etcd.output()}\n${said}`;
}

function peers(
  name: string,
  id: string,
  second: (stage: Stage) => PairFiles,
  settings: Record<string, string> = {},
): Fault {
  return fault(name, id, async (stage) => {
    const a = stage.etcd(
      member(stage, 1, 2, stage.pair('p1', { commonName: 'm1', altNames: names(stage, 1) }), settings),
    );
    const b = stage.etcd(member(stage, 2, 2, second(stage), settings));
    await Promise.all([a.says(/rejected connection/, 4000), b.says(/rejected connection/, 4000)]);
    await pause(1500);
    await Promise.all([a.says(PROBED), b.says(PROBED)]);
    return `${a.output()}\n${b.output()}`;
  });
}

function names(stage: Stage, n: number): string {
  return `IP:${stage.address(n)},IP:127.0.0.1`;
}

function ca(stage: Stage): string {
  return stage.file('ca.crt', stage.authority.certificate);
}

function own(pair: PairFiles): readonly string[] {
  return ['--cert', pair.certificate, '--key', pair.key];
}

function valid(stage: Stage): readonly string[] {
  return [
    '--cacert',
    ca(stage),
    ...own(stage.pair('client', { commonName: 'c', extendedKeyUsage: 'clientAuth' })),
  ];
}
