import { describe, expect, it } from 'vitest';
import type { MemberSpec } from '../../../src/cluster-spec.js';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { discoveryHosts, discoveryRecords, srvTarget } from '../../../src/etcd/discovery-srv.js';
import { planMemberSettings } from '../../../src/etcd/member-settings.js';
import { hostText } from '../../../src/net/host.js';
import { planCertificates } from '../../../src/pki/plan.js';

function clusterOf(members: readonly object[], rest: object = {}): ReturnType<typeof parseClusterSpec> {
  return parseClusterSpec({ cluster: { discoverySrv: 'Example.org' }, members, ...rest });
}

function firstOf(spec: ReturnType<typeof parseClusterSpec>): MemberSpec {
  const [member] = spec.members;
  if (member === undefined) throw new Error('no member');
  return member;
}

const records = (spec: ReturnType<typeof parseClusterSpec>): readonly string[] =>
  discoveryRecords(spec, spec.cluster.discovery ?? { domain: 'none' }).map(
    ({ owner, type, data }) => `${owner} ${type} ${data}`,
  );

describe('the name that an SRV record points to', () => {
  it.each([
    [{ name: 'e1', address: '10.0.0.1' }, 'e1.example.org'],
    [{ name: 'E1.Example.org', address: '10.0.0.1' }, 'e1.example.org'],
    [{ name: 'e1', address: ['10.0.0.1', 'one.example.net'] }, 'one.example.net'],
    [{ name: 'e1', address: ['one.example.net', 'two.example.net'] }, 'one.example.net'],
    [
      {
        name: 'e1',
        address: ['10.0.0.1', 'one.example.net'],
        initialAdvertisePeerUrls: ['https://peer.example.net:2380'],
      },
      'peer.example.net',
    ],
  ])('of %j is %s', (member, name) => {
    expect(srvTarget(firstOf(clusterOf([member])), 'example.org')).toEqual({ type: 'dns', name });
  });
});

describe('the records', () => {
  it('have the scheme and port of the URLs, and the address that is advertised', () => {
    const spec = clusterOf([{ name: 'e1', address: ['fd00::1', '10.0.0.1'] }], {
      etcd: { peerPort: 7001, clientPort: 4001 },
    });
    expect(records(spec)).toEqual([
      '_etcd-server-ssl._tcp.example.org. SRV 0 0 7001 e1.example.org.',
      '_etcd-client-ssl._tcp.example.org. SRV 0 0 4001 e1.example.org.',
      'e1.example.org. AAAA fd00::1',
    ]);
  });

  it('of a plain cluster with a service name', () => {
    const spec = clusterOf([{ name: 'e1', address: 'one.example.net' }], {
      cluster: { discoverySrv: 'example.org', discoverySrvName: 'prod' },
      certificates: { tls: 'none' },
    });
    expect(records(spec)).toEqual([
      '_etcd-server-prod._tcp.example.org. SRV 0 0 2380 one.example.net.',
      '_etcd-client-prod._tcp.example.org. SRV 0 0 2379 one.example.net.',
    ]);
  });
});

describe('a cluster that is found by DNS', () => {
  const spec = clusterOf([1, 2, 3].map((number) => ({ name: `e${number}`, address: `10.0.0.${number}` })));

  it('has discovery-srv in the place of initial-cluster', () => {
    const names = planMemberSettings(spec, firstOf(spec), { token: 't', tls: [] }).map(
      ({ name, value }) => `${name}=${value}`,
    );
    expect(names).toContain('discovery-srv=example.org');
    expect(names.filter((text) => /^(?:initial-cluster|discovery-srv-name)=/.test(text))).toEqual([]);
  });

  it('is named by every server and peer certificate, with the name of its own member alone', () => {
    const names = planCertificates(spec)
      .filter(({ altNames }) => altNames.length > 0)
      .map(({ altNames }) =>
        altNames
          .map(hostText)
          .filter((text) => text.endsWith('example.org'))
          .join(' '),
      );
    expect(new Set(names)).toEqual(
      new Set(['e1.example.org example.org', 'e2.example.org example.org', 'e3.example.org example.org']),
    );
    expect(discoveryHosts(undefined, spec.members)).toEqual([]);
  });
});
