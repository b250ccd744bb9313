import { describeRule } from './describe-rule.js';
import { type Hosts, PKI } from './hosts.js';

const copied =
  (to: string) =>
  (hosts: Hosts): Hosts =>
    hosts
      .put('e1', `${PKI}/${to}.crt`, hosts.bytes('e2', `${PKI}/server.crt`))
      .put('e1', `${PKI}/${to}.key`, hosts.bytes('e2', `${PKI}/server.key`));

describeRule('shared-certificate', [['one pair on two members', 'warning', copied('server')]]);

describeRule(
  'authority-keys',
  [['the key of the authority on a member', 'warning', (hosts) => hosts]],
  'members: [{name: e1, address: 10.0.0.1}]\ncertificates: {caKeyOn: [e1]}\n',
);

describeRule('foreign-secrets', [
  [
    'the key of another member',
    'warning',
    (hosts) => hosts.put('e1', `${PKI}/old.key`, hosts.bytes('e2', `${PKI}/server.key`)),
  ],
]);

describeRule(
  'shared-authority',
  [['one authority for peers and clients', 'notice', (hosts) => hosts]],
  'preset: kubeadm\nmembers: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]\ncertificates: {key: ecdsa-p256}\n',
);
