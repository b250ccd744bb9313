import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderKubeadmConfig } from '../../../src/kubernetes/kubeadm-config.js';
import type { KubernetesMember } from '../../../src/kubernetes/kubeadm-model.js';
import { renderStaticPod, STATIC_POD_PATH } from '../../../src/kubernetes/static-pod.js';
import { describeWithHosts } from '../../programs/describe.js';
import { put } from '../../support/put-files.js';
import { memberOf, type Part, specOf } from '../../unit/kubernetes/cluster.js';
import { kubeadm, staticPodOf, temporaryFolder } from './kubeadm.js';
import { KUBEADM_NAMES, KUBEADMS } from './releases.js';

type Document = Part & { readonly etcd?: Part };

const documents: readonly [string, Document][] = [
  ['three members', {}],
  ['an IPv6 address', { members: [{ name: 'e1', address: 'fd00::1' }] }],
  ['both families', { members: [{ name: 'e1', address: ['10.0.0.1', 'fd00::1'] }] }],
  ['ports of its own', { etcd: { clientPort: 4001, peerPort: 7001, metricsUrls: ['http://0.0.0.0:9090'] } }],
  ['metrics at an IPv6 address', { etcd: { metricsUrls: ['http://[::1]:9090', 'http://127.0.0.1:9090'] } }],
  ['a folder of its own for the data', { etcd: { dataDir: '/srv/etcd' } }],
  ['further CAs of clients', { certificates: { trust: ['further-ca.pem'] } }],
  [
    "a data folder of the member's own",
    { members: [{ name: 'e1', address: '10.0.0.1', dataDir: '/data/etcd' }] },
  ],
  ['certificates elsewhere', { certificates: { directory: '/etc/ssl/kubernetes' } }],
  ['no TLS', { preset: 'plain-http' }],
  ['an existing cluster', { etcd: { state: 'existing' } }],
  [
    'settings of its own',
    { etcd: { settings: { 'snapshot-count': 5000, 'quota-backend-bytes': '6GiB', 'max-wals': 9 } } },
  ],
];

/** Each kubeadm with its own etcd, and with others that it can run. */
const releases = [
  ...KUBEADMS.flatMap(({ program, version, apis, etcd }) =>
    apis.map((api) => [program, version, api, etcd] as const),
  ),
  ['kubeadm-1.37', '1.37', 'v1beta4', '3.7.3'],
  ['kubeadm-1.37', '1.37', 'v1beta4', '3.6'],
  ['kubeadm-1.36', '1.36', 'v1beta4', '3.6.16'],
  ['kubeadm-1.36', '1.36', 'v1beta4', '3.7'],
  ['kubeadm-1.26', '1.26', 'v1beta3', '3.5.24'],
] as const;
const own = KUBEADMS.map(({ program, version, etcd }) => [program, version, etcd] as const);

function inputOf(
  document: Document,
  kubernetes: { readonly version: string; readonly kubeadmApi?: string },
  etcdVersion: string,
): KubernetesMember {
  const etcd = { ...document.etcd, version: etcdVersion };
  return memberOf(specOf({ ...document, etcd, kubernetes: { ...kubernetes, staticPod: true } }));
}

describeWithHosts(KUBEADM_NAMES, 'the static pod is the one kubeadm makes', (program) => {
  const cases = releases.flatMap((release) =>
    documents.map(([title, part]) => [...release, title, part] as const),
  );

  it.each(cases)('%s, Kubernetes %s, %s, etcd %s: %s', (name, version, kubeadmApi, etcd, _, part) => {
    const input = inputOf(part, { version, kubeadmApi }, etcd);
    expect(renderStaticPod(input)).toBe(staticPodOf(program(name), renderKubeadmConfig(input)));
  });

  it.each(own)(
    '%s: the same arguments where the pod needs more folders than kubeadm has fields for',
    (name, version, etcd) => {
      const input = inputOf({ preset: 'hardened', etcd: { walDir: '/ssd/etcd/wal' } }, { version }, etcd);
      const [ours, theirs] = [
        renderStaticPod(input),
        staticPodOf(program(name), renderKubeadmConfig(input)),
      ].map((text) => parse(text).spec);
      expect(ours.containers[0].command).toEqual(theirs.containers[0].command);
      const added = ours.containers[0].volumeMounts.filter(
        (mount: Part) =>
          !theirs.containers[0].volumeMounts.some((other: Part) => other['name'] === mount['name']),
      );
      expect(added).toEqual([
        { mountPath: expect.stringMatching(/^\/ssd\/etcd(?:\/wal)?$/), name: 'etcd-wal' },
        { mountPath: '/etc/etcd/pki', name: 'etcd-files', readOnly: true },
      ]);
      expect({
        ...ours,
        containers: [{ ...ours.containers[0], volumeMounts: theirs.containers[0].volumeMounts }],
        volumes: theirs.volumes,
      }).toEqual(theirs);
    },
  );

  it.each(own)('%s writes it where we do, for its owner alone', (name, version, etcd) => {
    const root = temporaryFolder();
    put(join(root, 'kubeadmcfg.yaml'), renderKubeadmConfig(inputOf({}, { version }, etcd)));
    kubeadm(program(name), [
      'init',
      'phase',
      'etcd',
      'local',
      '--rootfs',
      root,
      '--config',
      '/kubeadmcfg.yaml',
    ]);
    expect(statSync(join(root, STATIC_POD_PATH)).mode & 0o777).toBe(0o600);
  });
});
