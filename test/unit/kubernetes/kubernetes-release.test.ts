import { describe, expect, it } from 'vitest';
import { etcdImageTag, kubeadmEtcdVersion } from '../../../src/kubernetes/etcd-image.js';
import { renderKubeadmConfig } from '../../../src/kubernetes/kubeadm-config.js';
import {
  KUBERNETES_RELEASES,
  kubernetesRelease,
  kubernetesVersion,
  newestKubernetes,
} from '../../../src/kubernetes/kubernetes-release.js';
import { renderStaticPod } from '../../../src/kubernetes/static-pod.js';
import { kubernetesOf, memberOf, specOf } from './cluster.js';

describe('kubernetesVersion', () => {
  it.each([
    ['1.37', 'v1.37.2'],
    ['1.36', 'v1.36.3'],
    ['1.36.1', 'v1.36.1'],
    ['1.26', 'v1.26.15'],
    ['1.15', 'v1.15.12'],
    ['1.99', 'v1.99.0'],
  ])('takes %s for %s', (version, expected) => {
    expect(kubernetesVersion(version)).toBe(expected);
  });
});

describe('kubernetesRelease', () => {
  it('knows every minor release from 1.15 on', () => {
    for (let minor = 15; minor <= newestKubernetes().minor; minor += 1)
      expect(kubernetesRelease(`1.${minor}.0`).minor).toBe(minor);
  });

  it('takes a later one for the newest', () => {
    expect(kubernetesRelease('1.99')).toBe(newestKubernetes());
  });

  it.each(['kubeadm', 'hardened', 'plain-http'])(
    'gives a later one the documents of the newest: %s',
    (preset) => {
      const textsOf = (version: string): readonly string[] => {
        const member = memberOf(specOf({ preset, kubernetes: { version, staticPod: true } }));
        return [renderKubeadmConfig(member), renderStaticPod(member)].map((text) =>
          text.replaceAll(version, 'version'),
        );
      };
      expect(textsOf('1.99.1')).toEqual(textsOf(`1.${newestKubernetes().minor}.1`));
    },
  );
});

describe('etcdImageTag', () => {
  const tag = (kubernetes: string, etcd: string): string => {
    const spec = specOf({ kubernetes: { version: kubernetes }, etcd: { version: etcd } });
    return etcdImageTag(spec.etcd, kubernetesOf(spec));
  };

  it.each([
    ['1.37', '3.7', '3.7.0-0'],
    ['1.36', '3.6', '3.6.8-0'],
    ['1.36', '3.6.8', '3.6.8-0'],
    ['1.26', '3.5', '3.5.10-0'],
    ['1.30.2', '3.5', '3.5.15-0'],
  ])("is kubeadm's own: Kubernetes %s, etcd %s", (kubernetes, etcd, expected) => {
    expect(tag(kubernetes, etcd)).toBe(expected);
  });

  it.each([
    ['1.36', '3.6.16', '3.6.16-0'],
    ['1.37', '3.7.3', '3.7.3-0'],
    ['1.37', '3.6', '3.6.8-0'],
    ['1.26', '3.4', '3.4.13-0'],
  ])("is the document's: Kubernetes %s, etcd %s", (kubernetes, etcd, expected) => {
    expect(tag(kubernetes, etcd)).toBe(expected);
  });

  it("is the newest that kubeadm has used of the document's release", () => {
    const used = KUBERNETES_RELEASES.findLast(({ etcdTag }) => etcdTag.startsWith('3.7.'));
    expect(used).toBeDefined();
    expect(tag('1.36', '3.7')).toBe(used?.etcdTag);
  });
});

describe('kubeadmEtcdVersion', () => {
  it.each([
    ['1.37', { release: '3.7', patch: 0 }],
    ['1.36', { release: '3.6', patch: 8 }],
    ['1.26.3', { release: '3.5', patch: 10 }],
    ['1.21', { release: '3.4', patch: 13 }],
    ['1.15', undefined],
  ])('of Kubernetes %s', (version, expected) => {
    expect(kubeadmEtcdVersion(version)).toEqual(expected);
  });
});
