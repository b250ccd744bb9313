import type { ReportFacts } from '../../src/report/facts/facts.js';

/** 2027-01-15T08:00:00Z */
const AT = 1_800_000_000;
const DAY = 86_400;

/**
 * Facts of a cluster of two members in which every text that may come from a host or a bundle is made by a function: with the same texts,
 * the same report.
 *
 * @param text - of a place, by a name that is harmless itself
 */
export function reportFactsWith(text: (name: string) => string): ReportFacts {
  const fingerprint = (digit: string): string => digit.repeat(64);
  const finding = {
    rule: 'pair-files',
    level: 'error',
    member: text('e1'),
    path: text('/etc/etcd/pki/server.crt'),
    message: text('The key does not fit.'),
    cure: text('Give the one that does.'),
    etcdSays: text('tls: private key does not match public key'),
    source: 'Go crypto/tls',
  } as const;
  const places = (what: 'certificate' | 'private key') => ({
    host: text('e1'),
    path: text('/etc/etcd/pki/server.crt'),
    what,
    mode: '0644',
    owner: text('root:root'),
  });
  const certificate = {
    subject: text('CN=e1'),
    issuer: text('CN=etcd-ca'),
    serialNumber: '0a0b',
    altNames: [text('DNS:e1'), text('IP:10.0.0.1')],
    key: text('ecdsa-p256'),
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: [text('serverAuth')],
    notBefore: AT - 30 * DAY,
  };
  return {
    generator: 'etcd-bundle 1.0.0',
    at: AT,
    horizon: AT + 30 * DAY,
    verification: {
      findings: [finding, { ...finding, level: 'warning', rule: 'plain-http' }],
      summary: {
        errors: 1,
        warnings: 1,
        notices: 0,
        members: [text('e1'), text('e2')],
        clusters: [[text('e1'), text('e2')]],
        etcdVersion: '3.6',
        etcdVersionFrom: 'assumed',
        at: '2027-01-15T08:00:00Z',
        expiries: [],
      },
    },
    bundle: {
      name: text('prod'),
      preset: text('hardened'),
      etcdVersion: text('3.6'),
      generation: 2,
      generator: text('etcd-bundle 0.9.0'),
      change: {
        action: text('renew'),
        at: text('2027-01-01T00:00:00Z'),
        changes: [
          {
            hosts: [text('e1')],
            what: text('server certificate'),
            detail: text('renewed'),
            effect: text('copy'),
          },
        ],
      },
      digest: fingerprint('1'),
      former: text('the one before'),
      authorities: [{ id: text('ca'), phase: 'trust' }],
    },
    clusters: [
      {
        members: ['e1', 'e2'].map((name, index) => ({
          name: text(name),
          host: text(name),
          startedBy: text('/etc/systemd/system/etcd.service'),
          listenClient: [text(`https://10.0.0.${index + 1}:2379`)],
          listenPeer: [text(`https://10.0.0.${index + 1}:2380`)],
          listenMetrics: [text('http://127.0.0.1:2381')],
          advertiseClient: [text(`https://10.0.0.${index + 1}:2379`)],
          clients: 'mutual TLS',
          peers: 'mutual TLS',
        })),
        absent: [text('e3')],
        clients: [
          {
            kind: 'etcdctl',
            path: text('/etc/etcd/admin/etcdctl.env'),
            hosts: [text('admin')],
            endpoints: [text('https://10.0.0.1:2379')],
            to: [text('e1')],
            presents: text('/etc/etcd/admin/client.crt'),
            isTls: true,
          },
          {
            kind: 'certificate',
            path: text('/etc/etcd/pki/healthcheck-client.crt'),
            hosts: [text('e1'), text('e2')],
            endpoints: [],
            to: [text('e1'), text('e2')],
            presents: undefined,
            isTls: false,
          },
        ],
      },
    ],
    certificates: [
      {
        ...certificate,
        fingerprint: fingerprint('a'),
        isAuthority: false,
        roles: [text('server')],
        notAfter: AT - DAY,
        places: [places('certificate'), places('private key')],
      },
      {
        ...certificate,
        fingerprint: fingerprint('b'),
        isAuthority: false,
        roles: [],
        notAfter: AT + 10 * DAY,
        places: [places('certificate')],
      },
      {
        ...certificate,
        fingerprint: fingerprint('c'),
        isAuthority: true,
        roles: [],
        subject: text('CN=etcd-ca'),
        notAfter: AT + 3_650 * DAY,
        places: [places('certificate')],
      },
    ],
    holdings: {
      authorities: [{ letter: 'A', subject: text('CN=etcd-ca'), fingerprint: fingerprint('c') }],
      rows: [
        { who: text('e1'), cells: [{ authority: 0, holds: [text('server')], trusts: ['clients', 'peers'] }] },
        { who: text('admin'), cells: [] },
      ],
    },
    hosts: [
      {
        name: text('e1'),
        tarball: { path: text('e1.tar.gz'), sha256: fingerprint('2') },
        isPart: false,
        files: [
          {
            path: text('/etc/etcd/pki/server.crt'),
            mode: '0644',
            owner: text('root:root'),
            kind: text('certificate'),
            sha256: fingerprint('3'),
          },
        ],
      },
      { name: text('e2'), isPart: true, files: [] },
    ],
    gaps: [{ host: text('e2'), path: text('/etc/etcd'), why: text('It cannot be read (EACCES).') }],
    withheld: 1,
  };
}
