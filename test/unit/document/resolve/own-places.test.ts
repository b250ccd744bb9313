import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { TWO_MEMBERS } from './document.js';

/** Where everything of a cluster lies on its hosts. */
function placesOf(document: object) {
  const { cluster, etcd, certificates, members } = parseClusterSpec({ members: TWO_MEMBERS, ...document });
  return {
    cluster: cluster.directory,
    certificates: certificates.directory,
    dataDir: etcd.dataDir,
    ...(etcd.walDir === undefined ? {} : { walDir: etcd.walDir }),
    ...(etcd.configFile === undefined ? {} : { configFile: etcd.configFile }),
    metrics: members[0]?.listenMetricsUrls.map(({ port }) => port),
  };
}

describe('a unit of another name', () => {
  it('has places of its own beside those of the unit etcd', () => {
    const events = { systemd: { unit: 'etcd-events' }, etcd: { clientPort: 2383, peerPort: 2382 } };
    expect(placesOf({})).toEqual({
      cluster: '/etc/etcd',
      certificates: '/etc/etcd/pki',
      dataDir: '/var/lib/etcd',
      metrics: [2381],
    });
    expect(placesOf(events)).toEqual({
      cluster: '/etc/etcd-events',
      certificates: '/etc/etcd-events/pki',
      dataDir: '/var/lib/etcd-events',
      metrics: [2385],
    });
  });

  it.each([
    [
      'tuned',
      {
        cluster: '/etc/x',
        certificates: '/etc/x/cert',
        dataDir: '/data/k8s/x/data',
        walDir: '/data/k8s/x/wal',
      },
    ],
    [
      'environment-file',
      { cluster: '/etc/x', certificates: '/etc/x/pki', dataDir: '/var/lib/x', configFile: '/etc/x.conf' },
    ],
    // kubeadm's own folders are named in its documents.
    ['kubeadm', { cluster: '/etc/x', certificates: '/etc/kubernetes/pki', dataDir: '/var/lib/x' }],
  ])('has them with the preset %s', (preset, places) => {
    expect(placesOf({ preset, systemd: { unit: 'x' } })).toMatchObject(places);
  });

  it('keeps what the document says', () => {
    const written = { etcd: { dataDir: '/srv/etcd', metricsUrls: ['http://127.0.0.1:2381'] } };
    expect(
      placesOf({ systemd: { unit: 'x' }, certificates: { directory: '/etc/etcd/pki' }, ...written }),
    ).toEqual({
      cluster: '/etc/x',
      certificates: '/etc/etcd/pki',
      dataDir: '/srv/etcd',
      metrics: [2381],
    });
  });

  it('has no metrics where its peers are', () => {
    const etcd = { clientPort: 4001, peerPort: 4003 };
    expect(placesOf({ systemd: { unit: 'etcd@a:b' }, etcd })).toMatchObject({
      cluster: '/etc/etcd@a-b',
      metrics: [4004],
    });
  });
});
