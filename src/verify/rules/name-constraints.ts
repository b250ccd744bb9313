import type { Rule } from '../rule.js';
import { clientChainFaults } from './client-chain.js';
import { peerChainFaults } from './peer-chain.js';

/** An authority may be limited to some names; nobody accepts what it signs for others. */
export const nameConstraints: Rule = {
  name: 'name-constraints',
  source: 'RFC 5280, 4.2.1.10 and 6.1.4; Go crypto/x509/constraints.go, checkChainConstraints',
  *check(view) {
    for (const faults of [peerChainFaults(view), clientChainFaults(view)])
      for (const { kind, ...fault } of faults) if (kind === 'names') yield fault;
  },
};
