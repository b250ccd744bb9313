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
    [{ files: { ca: { certificate: 'ca-{member}.crt' } } }, ['files.ca.certificate conflict']],
    [{ tls: 'shared', files: { server: { key: '{member}.key' } } }, ['files.server.key conflict']],
    [{ files: { server: { certificate: '../x.crt' } } }, ['files.server.certificate invalid-value']],
    [{ files: { server: { certificate: 'a b' } } }, ['files.server.certificate invalid-value']],
    [{ files: { server: { certificate: '{host}.crt' } } }, ['files.server.certificate invalid-value']],
    [{ files: { server: { certificate: '' } } }, ['files.server.certificate invalid-value']],
    [{ files: { server: { certificate: 'peer.crt' } } }, ['files.peer.certificate duplicate']],
    [
      { files: { server: { certificate: 'a.pem', key: '/etc/etcd/pki/a.pem' } } },
      ['files.server.key duplicate'],
    ],
    [{ files: { 'apiserver-etcd-client': { key: 'a.key' } } }, ['files.apiserver-etcd-client conflict']],
    [{ files: { etcd: { key: 'a.key' } } }, ['files.etcd unknown-key']],
    [{ files: { server: { certificate: '/var/lib/etcd/a.crt' } } }, ['files.server.certificate conflict']],
    [{ files: { server: { certificate: '/usr/local/bin/etcd' } } }, ['files.server.certificate conflict']],
  ])('are refused: %j', (certificates, expected) => {
    expect(refusedAt({ certificates })).toEqual(expected.map((one) => `certificates.${one}`));
  });
});

describe('authorities and pairs', () => {
  it.each([
    [{ authorities: [] }, ['authorities invalid-value']],
    [{ authorities: ['ca', 'ca'] }, ['authorities[1] duplicate']],
    [{ pairs: ['peer'] }, ['pairs invalid-value']],
    [{ pairs: ['server', 'peer', 'peer'] }, ['pairs[2] duplicate']],
    [{ pairs: ['server'] }, ['pairs conflict']],
    [{ pairs: ['server', 'peer-client'], authorities: ['ca'] }, ['pairs conflict']],
    [{ pairs: ['server', 'client'] }, ['pairs[1] invalid-value']],
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
    [{ server: '' }, ['server invalid-value']],
    [{ server: 'x'.repeat(65) }, ['server invalid-value']],
    [{ server: `${'x'.repeat(63)}{member}` }, ['server invalid-value']],
    [{ server: `${'x'.repeat(62)}{member}` }, []],
    [{ server: '{host}' }, ['server invalid-value']],
    [{ ca: '{member}' }, ['ca invalid-value']],
    [{ admin: '{member}' }, ['admin invalid-value']],
    [{ server: 'a\nb' }, ['server invalid-value']],
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
  expect(refusedAt({ certificates, clients: [{ name: 'backup' }] })).toEqual(['clients conflict']);
});
