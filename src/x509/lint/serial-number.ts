import { integerOctets } from '../der.js';
import type { LintRule } from './rule.js';

/** @internal */
export const serialNumberPositive: LintRule = {
  name: 'serial-number-positive',
  source: 'RFC 5280, 4.1.2.2',
  check: ({ certificate }) =>
    certificate.serialNumber.some((octet) => octet !== 0)
      ? undefined
      : {
          message: 'has the serial number 0',
          cure: 'Draw a positive number, such as 16 random octets.',
        },
};

/** @internal */
export const serialNumberLength: LintRule = {
  name: 'serial-number-length',
  source: 'RFC 5280, 4.1.2.2',
  check: ({ certificate }) => {
    // A first bit of 1 costs one octet more, because the number must not read as negative.
    const { length } = integerOctets(certificate.serialNumber);
    return length <= 20
      ? undefined
      : {
          message: `has a serial number of ${length} octets as it is encoded, more than 20`,
          cure: 'Draw 16 random octets.',
        };
  },
};
