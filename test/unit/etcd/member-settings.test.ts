import { describe, expect, it } from 'vitest';
import { planInitialCluster } from '../../../src/etcd/initial-cluster.js';
import { planMemberSettings } from '../../../src/etcd/member-settings.js';
import { clusterSpec, endpoints, member } from './fixture.js';

const [e1, e2, e3] = [member('e1', '10.1.1.93'), member('e2', '10.1.1.92'), member('e3', '10.1.1.91')];

describe('planInitialCluster', () => {
  it('names each member with its peer URL, in the order of the document', () => {
    expect(planInitialCluster({ members: [e1, e2, e3] })).toBe(
      'e1=https://10.1.1.93:2380,e2=https://10.1.1.92:2380,e3=https://10.1.1.91:2380',
    );
  });

  it('repeats the name for every URL', () => {
    const urls = endpoints('https://10.0.0.1:2380', 'https://[fd00::1]:2380');
    expect(planInitialCluster({ members: [{ ...e1, initialAdvertisePeerUrls: urls }] })).toBe(
      'e1=https://10.0.0.1:2380,e1=https://[fd00::1]:2380',
    );
  });
});

describe('planMemberSettings', () => {
  const tls = [
    { name: 'cert-file', value: '/etc/etcd/pki/server.crt' },
    { name: 'client-cert-auth', value: 'true' },
  ];

  it('writes who, where, whom with, the certificates and the rest', () => {
    const spec = clusterSpec({
      etcd: { walDir: '/ssd/wal', settings: [{ name: 'quota-backend-bytes', value: '6442450944' }] },
    });
    const settings = planMemberSettings(spec, e2, { token: 'etcd-cluster-0', tls });
    expect(settings.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'name=e2',
      'data-dir=/var/lib/etcd',
      'wal-dir=/ssd/wal/wal',
      'listen-peer-urls=https://10.1.1.92:2380',
      'initial-advertise-peer-urls=https://10.1.1.92:2380',
      'listen-client-urls=https://10.1.1.92:2379,https://127.0.0.1:2379',
      'advertise-client-urls=https://10.1.1.92:2379',
      'listen-metrics-urls=http://127.0.0.1:2381',
      'initial-cluster=e1=https://10.1.1.93:2380,e2=https://10.1.1.92:2380,e3=https://10.1.1.91:2380',
      'initial-cluster-token=etcd-cluster-0',
      'initial-cluster-state=new',
      'cert-file=/etc/etcd/pki/server.crt',
      'client-cert-auth=true',
      'quota-backend-bytes=6442450944',
    ]);
  });

  it('leaves out what a member does not have', () => {
    const names = planMemberSettings(
      clusterSpec({}),
      { ...e1, listenMetricsUrls: [] },
      { token: 't', tls: [] },
    ).map(({ name }) => name);
    expect(names).not.toContain('wal-dir');
    expect(names).not.toContain('listen-metrics-urls');
  });

  it('writes a setting once, with the value of the document', () => {
    const spec = clusterSpec({ etcd: { settings: [{ name: 'peer-cert-allowed-cn', value: 'mine' }] } });
    const restriction = { name: 'peer-cert-allowed-cn', value: 'preset' };
    const settings = planMemberSettings(spec, e1, { token: 't', tls: [restriction, ...tls] });
    expect(settings.filter(({ name }) => name === 'peer-cert-allowed-cn')).toEqual([
      { name: 'peer-cert-allowed-cn', value: 'mine' },
    ]);
  });
});
