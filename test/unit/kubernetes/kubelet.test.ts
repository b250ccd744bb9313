import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { KubernetesSpec } from '../../../src/cluster-spec.js';
import {
  KUBELET_CONFIG_PATH,
  renderKubeletConfig,
  renderKubeletDropIn,
} from '../../../src/kubernetes/kubelet.js';

const kubernetes = (version: string): KubernetesSpec => ({ version, kubeadmApi: 'v1beta4', staticPod: true });

describe('the kubelet', () => {
  it('runs static pods and nothing else', () => {
    expect(parse(renderKubeletConfig(kubernetes('1.36')))).toEqual({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      authentication: { anonymous: { enabled: false }, webhook: { enabled: false } },
      authorization: { mode: 'AlwaysAllow' },
      cgroupDriver: 'systemd',
      address: '127.0.0.1',
      containerRuntimeEndpoint: 'unix:///var/run/containerd/containerd.sock',
      staticPodPath: '/etc/kubernetes/manifests',
    });
  });

  it("starts with this configuration instead of its package's", () => {
    expect(renderKubeletDropIn(kubernetes('1.36'))).toBe(
      `[Service]\nExecStart=\nExecStart=/usr/bin/kubelet --config=${KUBELET_CONFIG_PATH}\nRestart=always\n`,
    );
  });

  it('is told of the runtime by argument before 1.27', () => {
    expect(renderKubeletConfig(kubernetes('1.26.15'))).not.toContain('containerRuntimeEndpoint');
    expect(renderKubeletDropIn(kubernetes('1.26.15'))).toContain(
      '--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock',
    );
    expect(renderKubeletDropIn(kubernetes('1.26.15'))).not.toContain('--container-runtime=');
    expect(renderKubeletDropIn(kubernetes('1.23'))).toContain('--container-runtime=remote');
  });
});
