import { describeRule } from './describe-rule.js';
import { flag, type Hosts, without } from './hosts.js';

const plain =
  (url: string) =>
  (hosts: Hosts): Hosts =>
    hosts
      .unit('e1', without('peer-cert-file', 'peer-key-file', 'peer-client-cert-file', 'peer-client-key-file'))
      .unit('e1', flag('listen-peer-urls', url))
      .unit('e1', flag('initial-advertise-peer-urls', url));

describeRule('peer-access', [['a member without TLS among peers', 'error', plain('http://10.0.0.1:2380')]]);
