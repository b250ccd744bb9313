import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderExternalEtcd } from '../../../src/kubernetes/external-etcd.js';
import { renderKubeadmConfig } from '../../../src/kubernetes/kubeadm-config.js';
import { describeWithHosts, describeWithPrograms } from '../../programs/describe.js';
import { hostileNames, hostileTexts, numberLike } from '../../property/kubernetes/hostile.js';
import { put } from '../../support/put-files.js';
import { kubernetesOf, memberOf, type Part, specOf } from '../../unit/kubernetes/cluster.js';
import { kubeadm, staticPodOf, temporaryFolder } from './kubeadm.js';
import { KUBEADM_APIS, KUBEADM_NAMES, KUBEADMS } from './releases.js';

const documents: readonly [string, Part][] = [
  ['three members', {}],
  ['an ECDSA key', { certificates: { key: 'ecdsa-p256' } }],
  ['certificates elsewhere', { preset: 'hardened', etcd: { version: '3.6' } }],
  ['one certificate for all', { preset: 'shared-certificate' }],
  ['its own disks and timers', { preset: 'tuned' }],
  ['no TLS', { preset: 'plain-http' }],
  [
    'further names and addresses',
    {
      members: [
        { name: 'e1', address: ['fd00::1', '10.0.0.1', 'e1.example.org'], altNames: ['e1.example.net'] },
      ],
      certificates: { altNames: ['*.example.org', '192.0.2.1'] },
    },
  ],
  ['names that YAML 1.1 reads otherwise', { members: memberDocuments(hostileNames) }],
];

function memberDocuments(names: readonly string[]): readonly Part[] {
  return names.map((name, index) => ({ name, address: `10.0.0.${index + 1}` }));
}

/** Older ones have no `config validate`. */
const validating = KUBEADMS.filter(({ program }) => program !== 'kubeadm-1.26');

describeWithPrograms(KUBEADM_NAMES, 'kubeadm reads', (program) => {
  it.each(
    documents.flatMap(([title, part]) =>
      validating.flatMap(({ program: name, version, apis }) =>
        apis.map((api) => [name, version, api, title, part] as const),
      ),
    ),
  )('%s, %s, %s: %s', (name, version, kubeadmApi, _, part) => {
    const folder = temporaryFolder();
    const spec = specOf({ ...part, kubernetes: { version, kubeadmApi } });
    const texts = [
      ...spec.members.map(({ name }) => renderKubeadmConfig(memberOf(spec, name))),
      renderExternalEtcd(spec, kubernetesOf(spec)),
    ];
    for (const [index, text] of texts.entries()) {
      const path = put(join(folder, `${index}.yaml`), text);
      expect(kubeadm(program(name), ['config', 'validate', '--config', path])).toBe('ok\n');
    }
  });

  it.each(validating)('$program: no other API than those it is taken to read', ({ program: name, apis }) => {
    const text = (api: string): string => `apiVersion: kubeadm.k8s.io/${api}\nkind: ClusterConfiguration\n`;
    const read = ['v1beta2', 'v1beta3', 'v1beta4', 'v1'].filter((api) => {
      const path = put(join(temporaryFolder(), 'kubeadmcfg.yaml'), text(api));
      try {
        return kubeadm(program(name), ['config', 'validate', '--config', path]) === 'ok\n';
      } catch {
        return false;
      }
    });
    expect(read.toSorted()).toEqual(apis.toSorted());
  });

  it.each(validating)(
    '$program: v1beta4 with every key and with periods of its own',
    ({ program: name, version }) => {
      const folder = temporaryFolder();
      for (const key of ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ecdsa-p256', 'ecdsa-p384']) {
        const kubernetes = { version };
        const spec = specOf({ kubernetes, certificates: { key, validity: { ca: '43800h', leaf: '90m' } } });
        const path = put(join(folder, `${key}.yaml`), renderKubeadmConfig(memberOf(spec)));
        expect(kubeadm(program(name), ['config', 'validate', '--config', path])).toBe('ok\n');
      }
    },
  );

  it.each(validating)('$program: httpEndpoints', ({ program: name, version }) => {
    const etcd = { version: '3.6', settings: { 'listen-client-http-urls': 'https://0.0.0.0:2382' } };
    const spec = specOf({ etcd, kubernetes: { version } });
    const path = put(join(temporaryFolder(), 'external.yaml'), renderExternalEtcd(spec, kubernetesOf(spec)));
    expect(parse(renderExternalEtcd(spec, kubernetesOf(spec))).etcd.external.httpEndpoints).toHaveLength(3);
    expect(kubeadm(program(name), ['config', 'validate', '--config', path])).toBe('ok\n');
  });
});

describeWithPrograms(['kubeadm-1.26'], 'kubeadm 1.26 reads', (program) => {
  // It has no `config validate`; a phase that needs nothing but the file stands in for it.
  const read = (folder: string, text: string, phase: string): string => {
    const path = put(join(folder, 'kubeadmcfg.yaml'), text);
    return kubeadm(program('kubeadm-1.26'), ['init', 'phase', 'certs', phase, '--config', path]);
  };

  it.each(
    documents.flatMap(([title, part]) => ['v1beta2', 'v1beta3'].map((api) => [api, title, part] as const)),
  )('%s: %s', (kubeadmApi, _, part) => {
    const folder = temporaryFolder();
    const certificates = { ...(part['certificates'] ?? {}), directory: join(folder, 'pki') };
    const spec = specOf({ ...part, certificates, kubernetes: { version: '1.26', kubeadmApi } });
    expect(read(folder, renderKubeadmConfig(memberOf(spec)), 'etcd-ca')).toBe(
      '[certs] Generating "etcd/ca" certificate and key\n',
    );
    const external = renderExternalEtcd(spec, kubernetesOf(spec));
    expect(read(folder, external, 'etcd-server')).toBe(
      '[certs] External etcd mode: Skipping etcd/server certificate generation\n',
    );
  });
});

describeWithHosts(KUBEADM_NAMES, 'every text comes back out of kubeadm as it went in', (program) => {
  const values = [
    ...hostileTexts,
    ...fc.sample(numberLike, { numRuns: 3000 }),
    ...fc.sample(fc.string({ unit: 'grapheme-ascii', maxLength: 12 }), { numRuns: 500 }),
  ];

  it.each(KUBEADM_APIS)('%s, %s, %s', (name, version, kubeadmApi) => {
    const input = memberOf(specOf({ kubernetes: { version, kubeadmApi } }));
    const settings = values.map((value, index) => ({ name: `x-${index}`, value }));
    const text = renderKubeadmConfig({ ...input, settings: [...input.settings, ...settings] });
    const { command } = parse(staticPodOf(program(name), text)).spec.containers[0];
    expect(command).toEqual(
      expect.arrayContaining(settings.map((setting) => `--${setting.name}=${setting.value}`)),
    );
  });
});
