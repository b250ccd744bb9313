import type { Rule } from '../rule.js';
import { clientChainFaults } from './client-chain.js';
import { peerChainFaults } from './peer-chain.js';

/** @internal */
export const nameConstraints: Rule = {
  name: 'name-constraints',
  summary: 'No certificate has a name that its authority may not sign for.',
  levels: ['error', 'warning'],
  source: 'RFC 5280, 4.2.1.10 and 6.1.4; Go crypto/x509/constraints.go, checkChainConstraints',
  *check(view) {
    for (const faults of [peerChainFaults(view), clientChainFaults(view)])
      for (const { kind, ...fault } of faults) if (kind === 'names') yield fault;
  },
};
