import type { IssueCode } from '../issue-codes.js';
import type { CertificateView } from '../x509/read/certificate.js';
import { formatTime, type UnixTime } from '../x509/time.js';

/**
 * Why a certificate is not that of a CA that etcd takes.
 *
 * @internal
 */
export interface AuthorityFault {
  readonly code: IssueCode;
  readonly message: string;
  readonly cure: string;
}

/**
 * What keeps everything that a CA has signed from being accepted, whoever signed and whatever it is for (Go `crypto/x509`, isValid and
 * CheckSignatureFrom).
 *
 * @internal
 */
export function authorityFaults(
  {
    subject,
    basicConstraints,
    keyUsage = [],
    unhandledCritical,
    notBefore,
    notAfter,
  }: Pick<
    CertificateView,
    'subject' | 'basicConstraints' | 'keyUsage' | 'unhandledCritical' | 'notBefore' | 'notAfter'
  >,
  now: UnixTime,
): readonly AuthorityFault[] {
  const faults: (AuthorityFault | false)[] = [
    unhandledCritical.length > 0 && {
      code: 'authority-critical-extension',
      message: `It has a critical extension that etcd does not know: ${unhandledCritical.join(', ')}.`,
      cure: 'Name a CA without it: etcd accepts nothing that this one signs.',
    },
    basicConstraints?.ca !== true && {
      code: 'authority-not-a-ca',
      message: `${subject} is not a CA (basic constraints).`,
      cure: 'Name the certificate of a CA.',
    },
    !keyUsage.includes('keyCertSign') &&
      keyUsage.length > 0 && {
        code: 'authority-key-usage',
        message: 'Its key usage does not allow it to sign certificates.',
        cure: 'Name a CA with keyCertSign.',
      },
    notAfter <= now && {
      code: 'authority-expired',
      message: `It expired on ${formatTime(notAfter)}.`,
      cure: 'Name a CA that is valid.',
    },
    notBefore > now && {
      code: 'authority-not-yet-valid',
      message: `It is not valid before ${formatTime(notBefore)}.`,
      cure: "Name a CA that is valid, or set this machine's clock.",
    },
  ];
  return faults.filter((fault) => fault !== false);
}
