import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderExternalEtcd } from '../../../src/kubernetes/external-etcd.js';
import { kubernetesOf, type Part, specOf } from './cluster.js';

function externalOf(part: Part): Part {
  const spec = specOf(part);
  return parse(renderExternalEtcd(spec, kubernetesOf(spec))).etcd.external;
}

describe('renderExternalEtcd', () => {
  it('has all endpoints and the three files', () => {
    const spec = specOf({});
    expect(renderExternalEtcd(spec, kubernetesOf(spec))).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.3
etcd:
  external:
    endpoints:
    - https://10.1.1.93:2379
    - https://10.1.1.92:2379
    - https://10.1.1.91:2379
    caFile: /etc/kubernetes/pki/etcd/ca.crt
    certFile: /etc/kubernetes/pki/apiserver-etcd-client.crt
    keyFile: /etc/kubernetes/pki/apiserver-etcd-client.key
`);
  });

  it('has http endpoints and no file without TLS', () => {
    expect(externalOf({ preset: 'plain-http' })).toEqual({
      endpoints: ['http://10.1.1.93:2379', 'http://10.1.1.92:2379', 'http://10.1.1.91:2379'],
    });
  });

  const httpUrls = (value: string, version = '1.35'): unknown =>
    externalOf({
      kubernetes: { version },
      etcd: { version: '3.6', settings: { 'listen-client-http-urls': value } },
    })['httpEndpoints'];

  it('has httpEndpoints where etcd answers HTTP elsewhere', () => {
    expect(httpUrls('https://0.0.0.0:2382')).toEqual([
      'https://10.1.1.93:2382',
      'https://10.1.1.92:2382',
      'https://10.1.1.91:2382',
    ]);
  });

  it('leaves out what a control plane cannot reach', () => {
    expect(httpUrls('https://127.0.0.1:2382')).toBeUndefined();
    expect(httpUrls('https://10.1.1.92:2382')).toEqual(['https://10.1.1.92:2382']);
  });
});
