import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { planCertificates } from '../../../../src/pki/plan.js';
import { refusedAt, TWO_MEMBERS } from './document.js';

const shared = { preset: 'shared-certificate', members: TWO_MEMBERS };

function filesOf(document: object): readonly string[] {
  const plans = planCertificates(parseClusterSpec({ members: TWO_MEMBERS, ...document }));
  return plans.flatMap((plan) =>
    plan.type === 'authority' || plan.holder.type === 'members'
      ? [plan.files.certificate, plan.files.key]
      : [],
  );
}

describe('file names', () => {
  it('by role, relative to the folder or absolute, the rest as the preset has them', () => {
    const certificates = {
      directory: '/etc/etcd',
      files: {
        ca: { certificate: 'ca.crt' },
        server: { certificate: '/etc/ssl/etcd-server.crt', key: 'private/etcd-server.key' },
      },
    };
    expect(filesOf({ ...shared, certificates })).toEqual([
      '/etc/etcd/ca.crt',
      '/etc/etcd/ca-key.pem',
      '/etc/ssl/etcd-server.crt',
      '/etc/etcd/private/etcd-server.key',
    ]);
  });

  it("carry each member's name", () => {
    const certificates = {
      authorities: ['ca'],
      pairs: ['server'],
      files: { server: { certificate: 'member-{member}.pem', key: 'member-{member}-key.pem' } },
    };
    expect(filesOf({ certificates }).slice(2)).toEqual([
      '/etc/etcd/pki/member-e1.pem',
      '/etc/etcd/pki/member-e1-key.pem',
      '/etc/etcd/pki/member-e2.pem',
      '/etc/etcd/pki/member-e2-key.pem',
    ]);
  });

  it.each([
    [{ files: { ca: { certificate: 'ca-{member}.crt' } } }, ['files.ca.certificate member-in-common-file']],
    [
      { tls: 'shared', files: { server: { key: '{member}.key' } } },
      ['files.server.key member-in-common-file'],
    ],
    [{ files: { server: { certificate: '../x.crt' } } }, ['files.server.certificate path-not-shortest']],
    [{ files: { server: { certificate: 'a b' } } }, ['files.server.certificate path-character']],
    [{ files: { server: { certificate: '{host}.crt' } } }, ['files.server.certificate path-character']],
    [{ files: { server: { certificate: '' } } }, ['files.server.certificate not-a-file-path']],
    [{ files: { server: { certificate: 'peer.crt' } } }, ['files.peer.certificate repeated-file']],
    [
      { files: { server: { certificate: 'a.pem', key: '/etc/etcd/pki/a.pem' } } },
      ['files.server.key repeated-file'],
    ],
    [
      { files: { 'apiserver-etcd-client': { key: 'a.key' } } },
      ['files.apiserver-etcd-client role-not-issued'],
    ],
    [{ files: { etcd: { key: 'a.key' } } }, ['files.etcd unknown-key']],
    [
      { files: { server: { certificate: '/var/lib/etcd/a.crt' } } },
      ['files.server.certificate file-inside-data'],
    ],
    [{ files: { server: { certificate: '/usr/local/bin/etcd' } } }, ['files.server.certificate path-taken']],
  ])('are refused: %j', (certificates, expected) => {
    expect(refusedAt({ certificates })).toEqual(expected.map((one) => `certificates.${one}`));
  });
});

describe('authorities and pairs', () => {
  it.each([
    [{ authorities: [] }, ['authorities role-missing']],
    [{ authorities: ['ca', 'ca'] }, ['authorities[1] repeated-entry']],
    [{ pairs: ['peer'] }, ['pairs role-missing']],
    [{ pairs: ['server', 'peer', 'peer'] }, ['pairs[2] repeated-entry']],
    [{ pairs: ['server'] }, ['pairs peer-ca-without-peer']],
    [{ pairs: ['server', 'peer-client'], authorities: ['ca'] }, ['pairs peer-client-without-peer']],
    [{ pairs: ['server', 'client'] }, ['pairs[1] unlisted-value']],
  ])('are refused: %j', (certificates, expected) => {
    expect(refusedAt({ certificates })).toEqual(expected.map((one) => `certificates.${one}`));
  });

  it('stand in the order of the table', () => {
    const { authorities, pairs } = parseClusterSpec({
      members: TWO_MEMBERS,
      certificates: { authorities: ['peer-ca', 'ca'], pairs: ['peer', 'server'] },
    }).certificates;
    expect([authorities, pairs]).toEqual([
      ['ca', 'peer-ca'],
      ['server', 'peer'],
    ]);
  });
});

describe('common names', () => {
  const namesOf = (document: object): readonly string[] =>
    planCertificates(parseClusterSpec({ members: TWO_MEMBERS, ...document })).map(
      ({ id, subject }) => `${id}=${subject.find(({ type }) => type === 'CN')?.value}`,
    );

  it('by role, with the name of the member, or of the cluster where all share a pair', () => {
    const certificates = {
      authorities: ['ca'],
      pairs: ['server', 'healthcheck-client'],
      commonNames: { ca: 'root', server: 'etcd-{member}', 'healthcheck-client': 'probe', admin: 'operator' },
    };
    expect(namesOf({ certificates })).toEqual([
      'ca=root',
      'server/e1=etcd-e1',
      'healthcheck-client/e1=probe',
      'server/e2=etcd-e2',
      'healthcheck-client/e2=probe',
      'admin=operator',
    ]);
    expect(namesOf({ cluster: { name: 'prod' }, certificates: { ...certificates, tls: 'shared' } })[1]).toBe(
      'server=etcd-prod',
    );
  });

  it.each([
    [{ server: '' }, ['server not-a-common-name']],
    [{ server: 'x'.repeat(65) }, ['server not-a-common-name']],
    [{ server: `${'x'.repeat(63)}{member}` }, ['server not-a-common-name']],
    [{ server: `${'x'.repeat(62)}{member}` }, []],
    [{ server: '{host}' }, ['server unknown-placeholder']],
    [{ ca: '{member}' }, ['ca unknown-placeholder']],
    [{ admin: '{member}' }, ['admin unknown-placeholder']],
    [{ server: 'a\nb' }, ['server not-a-common-name']],
    [{ 'apiserver-etcd-client': 'x' }, []],
    [{ etcd: 'x' }, ['etcd unknown-key']],
  ])('%j', (commonNames, expected) => {
    expect(refusedAt({ certificates: { commonNames } })).toEqual(
      expected.map((one) => `certificates.commonNames.${one}`),
    );
  });

  it("refuse a pair of its CA's own name where it is written", () => {
    const document = { members: TWO_MEMBERS, certificates: { commonNames: { server: 'etcd-ca' } } };
    expect(() => planCertificates(parseClusterSpec(document))).toThrow('certificates.commonNames.server');
  });
});

it('without client certificates no client has one', () => {
  const certificates = { clientCertAuth: false };
  expect(refusedAt({ certificates })).toEqual([]);
  expect(refusedAt({ certificates, clients: [{ name: 'backup' }] })).toEqual([
    'clients clients-without-client-auth',
  ]);
});
