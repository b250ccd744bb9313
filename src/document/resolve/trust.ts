import type { CertificatesDocument } from '../../cluster-document.js';
import { quoteValue } from '../../text/quote-value.js';
import { addListedTwice, type IssueList } from '../issue-list.js';
import { checkPemFile } from './pem-file.js';

const PATH = 'certificates.trust';

/**
 * Checks which further CAs the document names; what is in their files is looked at when they are read.
 *
 * @internal
 */
export function checkTrust(
  files: readonly string[],
  { tls, clientCertAuth, ca }: Pick<CertificatesDocument, 'tls' | 'clientCertAuth' | 'ca'>,
  issues: IssueList,
): void {
  for (const [index, file] of files.entries()) {
    const path = `${PATH}[${index}]`;
    if (files.indexOf(file) !== index) addListedTwice(issues, path, quoteValue(file));
    else if (file !== '' && file === ca?.certificate)
      issues.add(
        'repeated-entry',
        path,
        `${quoteValue(file)} is certificates.ca, whose clients are let in anyway.`,
        'Leave it out.',
      );
    else checkPemFile(file, path, issues);
  }
  if (files.length === 0) return;
  if (tls === 'none')
    issues.add(
      'authority-without-tls',
      PATH,
      'With certificates.tls: none no client shows a certificate.',
      `Remove ${PATH}.`,
    );
  else if (clientCertAuth === false)
    issues.add(
      'trust-without-client-certificates',
      PATH,
      'No client is asked for a certificate, so none is let in by its CA.',
      `Write certificates.clientCertAuth: true, or remove ${PATH}.`,
    );
}
