import { publicKeyKind } from '../subject-public-key-info.js';
import type { LintRule } from './rule.js';

/** @internal */
export const leafHasPurpose: LintRule = {
  name: 'leaf-has-purpose',
  // Without extended key usages a certificate is good for everything.
  source: 'kubeadm pkiutil, NewSignedCert ("must specify at least one ExtKeyUsage")',
  check: ({ certificate }) =>
    !certificate.basicConstraints.ca && certificate.extendedKeyUsage.length === 0
      ? { message: 'is a leaf without extended key usages', cure: 'Add serverAuth, clientAuth or both.' }
      : undefined,
};

/** @internal */
export const leafSignsHandshakes: LintRule = {
  name: 'leaf-signs-handshakes',
  source: 'RFC 8446, 4.4.2.2',
  check: ({ certificate }) =>
    !certificate.basicConstraints.ca &&
    certificate.keyUsage.length > 0 &&
    !certificate.keyUsage.includes('digitalSignature')
      ? {
          message: 'is a leaf whose key usage lacks digitalSignature, so that TLS 1.3 cannot use it',
          cure: 'Add digitalSignature.',
        }
      : undefined,
};

/** @internal */
export const enciphermentWithRsaOnly: LintRule = {
  name: 'encipherment-with-rsa-only',
  source: 'RFC 8813, 3',
  check: ({ certificate, usages }) => {
    const wrong = certificate.keyUsage.filter(
      // kubeadm sets keyEncipherment for any key (kubernetes/kubeadm#3328).
      (usage) => usage === 'dataEncipherment' || (usage === 'keyEncipherment' && usages === 'rfc5280'),
    );
    return wrong.length === 0 || publicKeyKind(certificate.subjectPublicKeyInfo) === 'rsa'
      ? undefined
      : {
          message: `has the key usage ${wrong.join(' and ')} on a key that cannot encipher`,
          cure: 'Leave it out, or use an RSA key.',
        };
  },
};

/** @internal */
export const keyUsagePresent: LintRule = {
  name: 'key-usage-present',
  source: 'RFC 5280, 4.2.1.3; kubeadm pkiutil, NewSignedCert',
  check: ({ certificate }) =>
    certificate.keyUsage.length === 0
      ? { message: 'has no key usage', cure: 'Add digitalSignature, or keyCertSign for a CA.' }
      : undefined,
};
