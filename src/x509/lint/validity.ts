import { isCertificateTime, timeOrSecondsText } from '../time.js';
import type { LintRule } from './rule.js';

/** @internal */
export const validityRepresentable: LintRule = {
  name: 'validity-representable',
  source: 'RFC 5280, 4.1.2.5',
  check: ({ certificate: { validity } }) => {
    const wrong = [validity.notBefore, validity.notAfter].filter((time) => !isCertificateTime(time));
    return wrong.length === 0
      ? undefined
      : {
          message: `has a date that cannot be written: ${wrong.join(' and ')} seconds since 1970`,
          cure: 'Give whole seconds from 1950-01-01T00:00:00Z to 9999-12-31T23:59:59Z.',
        };
  },
};

/** @internal */
export const validityInOrder: LintRule = {
  name: 'validity-in-order',
  source: 'RFC 5280, 4.1.2.5',
  check: ({ certificate: { validity } }) =>
    validity.notBefore < validity.notAfter
      ? undefined
      : {
          message: `ends at ${timeOrSecondsText(validity.notAfter)}, which is not after its beginning at ${timeOrSecondsText(validity.notBefore)}`,
          cure: 'Give it a validity longer than zero.',
        },
};

/**
 * A path is valid at a time when each of its certificates is (RFC 5280, 6.1.3), so a validity beyond the issuer's is void.
 *
 * @internal
 */
export const validityWithinIssuer: LintRule = {
  name: 'validity-within-issuer',
  source: 'RFC 5280, 6.1.3',
  check: ({ certificate: { validity }, issuer }) => {
    if (validity.notAfter > issuer.validity.notAfter)
      return {
        message: `ends at ${timeOrSecondsText(validity.notAfter)}, after its issuer's end at ${timeOrSecondsText(issuer.validity.notAfter)}`,
        cure: 'Shorten its validity, or renew the issuer first.',
      };
    if (validity.notBefore < issuer.validity.notBefore)
      return {
        message: `begins at ${timeOrSecondsText(validity.notBefore)}, before its issuer's begin at ${timeOrSecondsText(issuer.validity.notBefore)}`,
        cure: 'Begin no earlier than the issuer.',
      };
    return undefined;
  },
};
