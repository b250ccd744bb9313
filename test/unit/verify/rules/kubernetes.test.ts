import { describeRule } from './describe-rule.js';

const external = (endpoints: string): string =>
  `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\netcd:\n  external:\n    endpoints: ${endpoints}\n    caFile: /etc/etcd/pki/ca.crt\n    certFile: /etc/etcd/pki/server.crt\n    keyFile: /etc/etcd/pki/server.key\n`;

describeRule('kubernetes', [
  [
    'http beside certificates',
    'error',
    (hosts) => hosts.put('e1', 'etc/kubernetes/kubeadm.yaml', external('[http://10.0.0.1:2379]')),
  ],
  ['no endpoints', 'error', (hosts) => hosts.put('e1', 'etc/kubernetes/kubeadm.yaml', external('[]'))],
]);
