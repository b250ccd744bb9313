import { describe, expect, it } from 'vitest';
import type { ClusterSpec } from '../../../../src/cluster-spec.js';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { newestRelease } from '../../../../src/etcd/version.js';
import { newestKubernetes } from '../../../../src/kubernetes/kubernetes-release.js';
import { MEMBER, refusals, refusedAt } from './document.js';

function read(kubernetes: object, rest: object = {}): ClusterSpec {
  return parseClusterSpec({ members: [MEMBER], certificates: { key: 'rsa-2048' }, kubernetes, ...rest });
}

describe('the API that kubeadm of a version reads (kubernetes/kubernetes#114540, #124652, #136016)', () => {
  it.each([
    ['1.15', 'v1beta2'],
    ['1.21', 'v1beta2'],
    ['1.22', 'v1beta3'],
    ['1.26.15', 'v1beta3'],
    ['1.30', 'v1beta3'],
    ['1.31', 'v1beta4'],
    ['v1.36.3', 'v1beta4'],
    ['1.99', 'v1beta4'],
  ])('%s: %s, the newest', (version, kubeadmApi) => {
    expect(read({ version }).kubernetes).toEqual({
      version: version.replace('v', ''),
      kubeadmApi,
      staticPod: false,
    });
  });

  it.each([
    ['v1beta2', '1.15', '1.26', '1.27'],
    ['v1beta3', '1.22', '1.36', '1.37'],
    ['v1beta4', '1.31', '1.99', '1.30'],
  ])('%s: from %s to %s, not %s', (kubeadmApi, from, to, outside) => {
    for (const version of [from, to])
      expect(read({ version, kubeadmApi }).kubernetes?.kubeadmApi).toBe(kubeadmApi);
    expect(
      refusedAt({ certificates: { key: 'rsa-2048' }, kubernetes: { version: outside, kubeadmApi } }),
    ).toEqual(['kubernetes.kubeadmApi kubeadm-api']);
  });

  it.each([
    ['v1beta2', '1.26'],
    ['v1beta3', '1.36'],
    ['v1beta4', `1.${newestKubernetes().minor}`],
  ])('%s without a version is that of %s', (kubeadmApi, version) => {
    expect(read({ kubeadmApi }).kubernetes?.version).toBe(version);
  });

  it('the cure names those that can be read', () => {
    expect(refusals({ kubernetes: { version: '1.24', kubeadmApi: 'v1beta4' } })[0]).toContain(
      'Write v1beta3 or v1beta2.',
    );
  });

  it.each(['1.14', '1.9', '2.0', '1.036', '1.36.', '1.36.01', '1', 'latest', '1.36-rc1', 'x1.36', ''])(
    '%j is no version of it',
    (version) => {
      expect(refusedAt({ kubernetes: { version } })).toEqual([
        'kubernetes.version unknown-kubernetes-version',
      ]);
    },
  );
});

describe('members that kubeadm takes', () => {
  it.each([
    ['e1', []],
    ['e1.example', []],
    ['a-b.c-d', []],
    ['E1', ['kubeadm-member-name']],
    ['e_1', ['kubeadm-member-name']],
    ['a-.b', ['kubeadm-member-name']],
  ])('%s: %j', (name, codes) => {
    expect(refusedAt({ members: [{ ...MEMBER, name }], kubernetes: {} })).toEqual(
      codes.map((code) => `members[0].name ${code}`),
    );
  });

  it('have an IP address first', () => {
    const address = ['e1.example.org', '10.0.0.1'];
    expect(refusedAt({ members: [{ name: 'e1', address }], kubernetes: {} })).toEqual([
      'members[0].address kubeadm-address',
    ]);
    expect(refusedAt({ members: [{ name: 'e1', address: address.toReversed() }], kubernetes: {} })).toEqual(
      [],
    );
    expect(refusedAt({ members: [{ name: 'e1', address }] })).toEqual([]);
  });

  it('advertise https to clients where there are certificates', () => {
    const member = {
      ...MEMBER,
      listenClientUrls: ['http://10.0.0.1:2379'],
      advertiseClientUrls: ['http://10.0.0.1:2379'],
    };
    expect(refusedAt({ members: [member], kubernetes: {} })).toContain(
      'members[0].advertiseClientUrls kubeadm-http-endpoint',
    );
    expect(refusedAt({ members: [member], kubernetes: {}, certificates: { tls: 'none' } })).toEqual([]);
  });
});

describe('a static pod', () => {
  const preset = 'kubeadm';

  it('is run by the kubelet, as root', () => {
    expect(read({ staticPod: true }, { preset }).systemd).toEqual({
      unit: 'kubelet',
      user: 'root',
      group: 'root',
      hardening: false,
      directives: [],
    });
    expect(read({ staticPod: false }, { preset }).systemd.unit).toBe('etcd');
  });

  it('leaves no service to describe', () => {
    expect(refusedAt({ preset, kubernetes: { staticPod: true }, systemd: { user: 'etcd' } })).toContain(
      'systemd systemd-beside-static-pod',
    );
    expect(refusedAt({ preset, kubernetes: { staticPod: false }, systemd: { user: 'etcd' } })).toEqual([]);
  });

  it("runs kubeadm's etcd unless the document names one", () => {
    const release = (kubernetes: object, etcd: object = {}): string =>
      read({ version: '1.30', ...kubernetes }, { preset, etcd }).etcd.version.release;
    expect(release({ staticPod: true })).toBe('3.5');
    expect(release({ staticPod: false })).toBe(newestRelease());
    expect(release({ staticPod: true }, { version: '3.6' })).toBe('3.6');
  });
});
