import { describeRule } from './describe-rule.js';
import { type Hosts, PKI } from './hosts.js';

const borrowed =
  (stem: string) =>
  (hosts: Hosts): Hosts =>
    hosts
      .put('e2', `${PKI}/${stem}.crt`, hosts.bytes('e1', `${PKI}/${stem}.crt`))
      .put('e2', `${PKI}/${stem}.key`, hosts.bytes('e1', `${PKI}/${stem}.key`));

describeRule('peer-names', [['the pair of another member', 'error', borrowed('peer')]]);

describeRule('peer-source', [["another member's pair for dialling", 'error', borrowed('peer-client')]]);
