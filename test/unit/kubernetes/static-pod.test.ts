import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EtcdBundleError } from '../../../src/errors.js';
import { renderStaticPod } from '../../../src/kubernetes/static-pod.js';
import { memberOf, members, type Part, specOf } from './cluster.js';

function podOf(part: Part): {
  readonly container: {
    readonly command: readonly string[];
    readonly livenessProbe: { readonly httpGet: Part };
    readonly volumeMounts: readonly Part[];
  };
  readonly volumes: readonly Part[];
} {
  const { spec } = parse(renderStaticPod(memberOf(specOf({ etcd: { version: '3.6' }, ...part }))));
  return { container: spec.containers[0], volumes: spec.volumes };
}

describe('renderStaticPod', () => {
  it('is the pod of kubeadm 1.36', () => {
    const spec = specOf({ kubernetes: { version: '1.36', staticPod: true }, etcd: { version: '3.6' } });
    expect(renderStaticPod(memberOf(spec))).toBe(`apiVersion: v1
kind: Pod
metadata:
  annotations:
    kubeadm.kubernetes.io/etcd.advertise-client-urls: https://10.1.1.93:2379
  labels:
    component: etcd
    tier: control-plane
  name: etcd
  namespace: kube-system
spec:
  containers:
  - command:
    - etcd
    - --cert-file=/etc/kubernetes/pki/etcd/server.crt
    - --client-cert-auth=true
    - --data-dir=/var/lib/etcd
    - --feature-gates=InitialCorruptCheck=true
    - --key-file=/etc/kubernetes/pki/etcd/server.key
    - --listen-metrics-urls=http://127.0.0.1:2381
    - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
    - --peer-client-cert-auth=true
    - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
    - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
    - --snapshot-count=10000
    - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
    - --watch-progress-notify-interval=5s
    - --initial-cluster=e1=https://10.1.1.93:2380,e2=https://10.1.1.92:2380,e3=https://10.1.1.91:2380
    - --initial-cluster-state=new
    - --name=e1
    - --listen-peer-urls=https://10.1.1.93:2380
    - --listen-client-urls=https://10.1.1.93:2379,https://127.0.0.1:2379
    - --advertise-client-urls=https://10.1.1.93:2379
    - --initial-advertise-peer-urls=https://10.1.1.93:2380
    - --initial-cluster-token=etcd-cluster-0
    image: registry.k8s.io/etcd:3.6.8-0
    imagePullPolicy: IfNotPresent
    livenessProbe:
      failureThreshold: 8
      httpGet:
        host: 127.0.0.1
        path: /livez
        port: probe-port
        scheme: HTTP
      initialDelaySeconds: 10
      periodSeconds: 10
      timeoutSeconds: 15
    name: etcd
    ports:
    - containerPort: 2381
      name: probe-port
      protocol: TCP
    readinessProbe:
      failureThreshold: 3
      httpGet:
        host: 127.0.0.1
        path: /readyz
        port: probe-port
        scheme: HTTP
      periodSeconds: 1
      timeoutSeconds: 15
    resources:
      requests:
        cpu: 100m
        memory: 100Mi
    startupProbe:
      failureThreshold: 24
      httpGet:
        host: 127.0.0.1
        path: /readyz
        port: probe-port
        scheme: HTTP
      initialDelaySeconds: 10
      periodSeconds: 10
      timeoutSeconds: 15
    volumeMounts:
    - mountPath: /var/lib/etcd
      name: etcd-data
    - mountPath: /etc/kubernetes/pki/etcd
      name: etcd-certs
  hostNetwork: true
  priority: 2000001000
  priorityClassName: system-node-critical
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  volumes:
  - hostPath:
      path: /etc/kubernetes/pki/etcd
      type: DirectoryOrCreate
    name: etcd-certs
  - hostPath:
      path: /var/lib/etcd
      type: DirectoryOrCreate
    name: etcd-data
status: {}
`);
  });

  it.each([
    ['1.33', '3.5', '--experimental-initial-corrupt-check=true'],
    ['1.34', '3.5', '--experimental-initial-corrupt-check=true'],
    ['1.34', '3.6', '--feature-gates=InitialCorruptCheck=true'],
    ['1.36', '3.6', '--feature-gates=InitialCorruptCheck=true'],
  ])('kubeadm %s gives etcd %s %s', (version, etcd, argument) => {
    const pod = podOf({ kubernetes: { version, staticPod: true }, etcd: { version: etcd } });
    expect(pod.container.command).toContain(argument);
  });

  it.each([
    ['1.24', '/health', 2391],
    ['1.30', '/health?exclude=NOSPACE&serializable=true', 2391],
    ['1.31', '/livez', 2391],
    ['1.34', '/livez', 'probe-port'],
  ])('kubeadm %s asks %s at %s', (version, path, port) => {
    const pod = podOf({
      kubernetes: { version, staticPod: true },
      etcd: { version: '3.5', metricsUrls: ['http://127.0.0.1:2391'] },
    });
    expect(pod.container.livenessProbe.httpGet).toEqual({ host: '127.0.0.1', path, port, scheme: 'HTTP' });
  });

  it('asks ::1 where the member is known by an IPv6 address alone', () => {
    const pod = podOf({
      preset: 'shared-certificate',
      members: [{ name: 'e1', address: 'fd00::1' }],
      kubernetes: { version: '1.36', staticPod: true },
    });
    expect(pod.container.livenessProbe.httpGet['host']).toBe('::1');
    expect(pod.container.command).toContain('--listen-metrics-urls=http://[::1]:2381');
  });

  it('mounts the folders that kubeadm has no field for', () => {
    const { container, volumes } = podOf({
      preset: 'hardened',
      kubernetes: { version: '1.36', staticPod: true },
      etcd: {
        version: '3.6',
        walDir: '/ssd/etcd/wal',
        settings: {
          'auth-token': 'jwt,pub-key=/etc/jwt/pub.pem,priv-key=/etc/jwt/key.pem,sign-method=RS256',
        },
      },
    });
    expect(container.volumeMounts).toEqual([
      { mountPath: '/var/lib/etcd', name: 'etcd-data' },
      { mountPath: '/etc/etcd/pki/etcd', name: 'etcd-certs' },
      { mountPath: expect.stringMatching(/^\/ssd\/etcd(?:\/wal)?$/), name: 'etcd-wal' },
      { mountPath: '/etc/etcd/pki', name: 'etcd-files', readOnly: true },
      { mountPath: '/etc/jwt', name: 'etcd-files-2', readOnly: true },
    ]);
    expect(volumes.map(({ name }) => name)).toEqual([
      'etcd-certs',
      'etcd-data',
      'etcd-files',
      'etcd-files-2',
      'etcd-wal',
    ]);
  });

  it('refuses a release whose pod is not known', () => {
    const spec = specOf({ members, kubernetes: { version: '1.20' } });
    expect(() => renderStaticPod(memberOf(spec))).toThrow(EtcdBundleError);
  });
});
