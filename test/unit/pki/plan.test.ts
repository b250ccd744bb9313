import { describe, expect, it } from 'vitest';
import type { ClusterSpec } from '../../../src/cluster-spec.js';
import { EtcdBundleError, type Issue } from '../../../src/errors.js';
import { parseClusterSpec, planCertificates } from '../../../src/index.js';
import type { CertificatePlan } from '../../../src/pki/certificate-plan.js';
import { isReadByService } from '../../../src/pki/plan.js';

const MEMBERS = [
  { name: 'e1', address: '10.0.0.1' },
  { name: 'e2', address: '10.0.0.2' },
];

function plan(document: object): readonly CertificatePlan[] {
  return planCertificates(parseClusterSpec({ members: MEMBERS, ...document }));
}

function idsOf(plans: readonly CertificatePlan[]): readonly string[] {
  return plans.map(({ id }) => id);
}

function commonNames(plans: readonly CertificatePlan[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    plans.map(({ id, subject }) => [id, subject.find(({ type }) => type === 'CN')?.value]),
  );
}

function issuesOf(document: object): readonly Issue[] {
  try {
    plan(document);
  } catch (error) {
    if (error instanceof EtcdBundleError) return error.issues;
    throw error;
  }
  return [];
}

describe('which certificates there are', () => {
  it('never a TLS cluster without server certificates', () => {
    const { certificates, ...rest } = parseClusterSpec({ members: MEMBERS });
    const spec: ClusterSpec = { ...rest, certificates: { ...certificates, pairs: ['peer'] } };
    expect(() => planCertificates(spec)).toThrow('certificates.pairs: There is no server');
  });

  it('none without TLS', () => {
    expect(plan({ certificates: { tls: 'none' } })).toEqual([]);
  });

  it('authorities first, then each member, then clients', () => {
    expect(
      idsOf(
        plan({
          certificates: { tls: 'per-member' },
          preset: 'environment-file',
          clients: [{ name: 'backup' }],
        }),
      ),
    ).toEqual(['ca', 'server/e1', 'peer/e1', 'server/e2', 'peer/e2', 'admin', 'client/backup']);
    expect(idsOf(plan({ preset: 'environment-file' }))).toEqual(['ca', 'server', 'peer', 'admin']);
  });

  it("an apiserver's where there is Kubernetes, and only there", () => {
    const holders = (document: object): readonly string[] =>
      plan({ preset: 'hardened', ...document }).flatMap((one) =>
        one.type === 'leaf' && one.holder.type === 'control-plane' ? [one.id] : [],
      );
    expect(holders({})).toEqual([]);
    expect(holders({ kubernetes: { version: '1.36' } })).toEqual(['apiserver-etcd-client']);
  });

  it('nothing for peers that speak plain http, neither pairs nor authority nor settings', () => {
    const plans = plan({
      members: MEMBERS.map((member) => ({
        ...member,
        listenPeerUrls: [`http://${member.address}:2380`],
        initialAdvertisePeerUrls: [`http://${member.address}:2380`],
      })),
    });
    expect(idsOf(plans).filter((id) => id.startsWith('peer'))).toEqual([]);
    // A pair that etcd itself does not read is no peer's.
    expect(idsOf(plans)).toEqual(expect.arrayContaining(['server/e1', 'healthcheck-client/e1']));
    const settings = plans.flatMap(({ settings }) => settings.map(({ name }) => name));
    expect(settings).toContain('trusted-ca-file');
    expect(settings.filter((name) => name.startsWith('peer-'))).toEqual([]);
  });

  it('a pair that serves clients and peers stays without its peer settings', () => {
    const [member] = MEMBERS;
    const [, etcd] = plan({
      preset: 'shared-certificate',
      members: [
        {
          ...member,
          listenPeerUrls: ['http://10.0.0.1:2380'],
          initialAdvertisePeerUrls: ['http://10.0.0.1:2380'],
        },
      ],
    });
    expect(etcd?.id).toBe('server');
    expect(etcd?.settings.map(({ name }) => name)).toEqual(['cert-file', 'key-file']);
  });

  it('peers get theirs as soon as one member listens for them with TLS', () => {
    const plans = plan({
      members: [
        {
          name: 'e1',
          address: '10.0.0.1',
          listenPeerUrls: ['http://127.0.0.1:2382', 'https://10.0.0.1:2380'],
          initialAdvertisePeerUrls: ['https://10.0.0.1:2380'],
        },
        {
          name: 'e2',
          address: '10.0.0.2',
          listenPeerUrls: ['http://10.0.0.2:2380'],
          initialAdvertisePeerUrls: ['http://10.0.0.2:2380'],
        },
      ],
    });
    expect(idsOf(plans)).toEqual(expect.arrayContaining(['peer-ca', 'peer/e1']));
  });

  // etcd-io/etcd#12705
  it.each([
    ['3.4', false],
    ['3.5', true],
    ['3.6', true],
    ['3.7', true],
  ])('pairs that only dial, where etcd %s takes them: %j', (version, isSplit) => {
    const plans = plan({ preset: 'hardened', etcd: { version } });
    expect(idsOf(plans).includes('server-client/e1')).toBe(isSplit);
    expect(idsOf(plans).includes('peer-client/e1')).toBe(isSplit);
    for (const id of ['server/e1', 'peer/e1'])
      expect(plans.find((one) => one.id === id)?.extendedKeyUsage.includes('clientAuth')).toBe(!isSplit);
  });
});

describe('key usages', () => {
  const usagesOf = (document: object): readonly (readonly string[])[] =>
    plan({ preset: 'kubeadm', ...document }).map(({ keyUsage }) => keyUsage);

  it.each(['ecdsa-p256', 'ecdsa-p384'])('%s: no key enciphers, since none can (RFC 8813, 3)', (key) => {
    for (const usages of usagesOf({ certificates: { key } })) {
      expect(usages).not.toContain('keyEncipherment');
      expect(usages).toContain('digitalSignature');
    }
  });

  it.each(['rsa-2048', 'rsa-3072', 'rsa-4096'])("%s: kubeadm's table as it is", (key) => {
    for (const usages of usagesOf({ certificates: { key } }))
      expect(usages).toEqual(expect.arrayContaining(['digitalSignature', 'keyEncipherment']));
  });

  it("'kubeadm-compatible' has every key encipher, and says so once", () => {
    for (const preset of ['kubeadm', 'hardened'])
      for (const usages of usagesOf({ preset, certificates: { usages: 'kubeadm-compatible' } }))
        expect(usages.filter((usage) => usage === 'keyEncipherment')).toHaveLength(1);
  });
});

describe('subjects', () => {
  it('one pair for several members is named after the cluster, one for a single member after that', () => {
    const document = { preset: 'kubeadm', cluster: { name: 'prod' }, certificates: { tls: 'shared' } };
    expect(commonNames(plan(document))['server']).toBe('prod');
    expect(commonNames(plan({ ...document, members: MEMBERS.slice(0, 1) }))['server']).toBe('e1');
    expect(commonNames(plan({ ...document, certificates: {} }))['server/e2']).toBe('e2');
  });

  it("a client's is its commonName, which is the etcd user", () => {
    const plans = plan({ clients: [{ name: 'file', commonName: 'user' }, { name: 'both' }] });
    expect(commonNames(plans)).toMatchObject({ 'client/file': 'user', 'client/both': 'both' });
  });

  it("attributes are the document's, but for an authority with a unit of its own", () => {
    const subject = { C: 'GB', ST: 'S', L: 'L', O: 'O', OU: 'OU' };
    const [authority, ...leaves] = plan({ preset: 'shared-certificate', certificates: { subject } });
    const unitOf = (one: CertificatePlan | undefined): string | undefined =>
      one?.subject.find(({ type }) => type === 'OU')?.value;
    expect(unitOf(authority)).toBe('ETCD-CA');
    for (const leaf of leaves) expect(unitOf(leaf)).toBe('OU');
    const [kubeadmAuthority] = plan({ preset: 'kubeadm', certificates: { subject } });
    expect(unitOf(kubeadmAuthority)).toBe('OU');
    const [bare] = plan({ preset: 'kubeadm' });
    expect(bare?.subject).toEqual([{ type: 'CN', value: 'etcd-ca' }]);
  });
});

describe('a leaf that would have the same name as its CA (RFC 5280, 6.1)', () => {
  it('is refused where its name comes from: members and clients, all of them, letter case aside', () => {
    const issues = issuesOf({
      members: [MEMBERS[0], { name: 'etcd-ca', address: '10.0.0.3' }],
      clients: [
        { name: 'a', commonName: 'fine' },
        { name: 'b', commonName: 'Etcd-Peer-CA' },
      ],
    });
    expect(new Set(issues.map(({ path }) => path))).toEqual(
      new Set(['members[1].name', 'clients[1].commonName']),
    );
    for (const issue of issues)
      expect(issue).toMatchObject({ code: 'self-issued', cure: expect.any(String) });
    expect(issues.at(-1)?.message).toContain('CN=Etcd-Peer-CA');
  });

  it('is refused under cluster.name where all members share it', () => {
    const document = { preset: 'kubeadm', cluster: { name: 'etcd-ca' }, certificates: { tls: 'shared' } };
    expect(issuesOf(document)).toMatchObject([{ code: 'self-issued', path: 'cluster.name' }]);
    expect(issuesOf({ ...document, members: MEMBERS.slice(0, 1) })).toEqual([]);
  });
});

describe('files', () => {
  it('lie below certificates.directory, unless the table has them elsewhere', () => {
    const [authority, etcd] = plan({ preset: 'tuned', certificates: { directory: '/srv/tls' } });
    expect(authority?.files).toEqual({
      certificate: '/etc/kubernetes/cert/ca.pem',
      key: '/etc/kubernetes/cert/ca-key.pem',
    });
    expect(etcd?.files).toEqual({ certificate: '/srv/tls/etcd.pem', key: '/srv/tls/etcd-key.pem' });
  });

  it('keys of authorities go to the members of caKeyOn', () => {
    const plans = plan({ certificates: { caKeyOn: ['e2'] } });
    expect(plans.flatMap((one) => (one.type === 'authority' ? [one.keyHolders] : []))).toEqual([
      ['e2'],
      ['e2'],
    ]);
  });

  it('the service reads those that a setting of its names', () => {
    const read = plan({}).filter((one) => one.type === 'leaf' && isReadByService(one));
    expect(idsOf(read)).toEqual(
      ['e1', 'e2'].flatMap((name) => [
        `server/${name}`,
        `server-client/${name}`,
        `peer/${name}`,
        `peer-client/${name}`,
      ]),
    );
  });
});

it('validities are seconds, of authorities and of leaves', () => {
  for (const { type, validity } of plan({ certificates: { validity: { ca: '48h', leaf: '90m' } } }))
    expect(validity).toBe(type === 'authority' ? 172_800 : 5400);
});
