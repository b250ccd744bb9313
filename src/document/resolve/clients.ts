import type { ClientDocument } from '../../cluster-document.js';
import type { CertificatesSpec, ClientSpec } from '../../cluster-spec.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { hasControlCharacter } from './control-characters.js';

/**
 * Reads the further client certificates. Each gets a tarball `client-<name>.tar.gz`.
 *
 * @internal
 */
export function resolveClients(
  documents: readonly ClientDocument[],
  memberNames: readonly string[],
  { tls, clientCertAuth }: Pick<CertificatesSpec, 'tls' | 'clientCertAuth'>,
  issues: IssueList,
): readonly ClientSpec[] {
  if (documents.length > 0 && tls !== 'none' && !clientCertAuth)
    issues.add(
      'clients-without-client-auth',
      'clients',
      'With certificates.clientCertAuth: false no client is asked for a certificate.',
      'Remove clients, or certificates.clientCertAuth.',
    );
  const seen = new Set<string>();
  return documents.map((document, index) => {
    const path = `clients[${index}]`;
    const commonName = document.commonName ?? document.name;
    if (seen.has(document.name.toLowerCase())) {
      issues.add(
        'repeated-client-name',
        `${path}.name`,
        `${document.name} is already the name of a client.`,
        'Give every client its own name.',
      );
    }
    seen.add(document.name.toLowerCase());
    if (memberNames.some((name) => name.toLowerCase() === `client-${document.name.toLowerCase()}`)) {
      issues.add(
        'tarball-name-taken',
        `${path}.name`,
        `client-${document.name}.tar.gz is also the name of a member's tarball.`,
        'Choose another name.',
      );
    }
    // RFC 5280, appendix A.1: ub-common-name.
    if (commonName === '' || [...commonName].length > 64 || hasControlCharacter(commonName)) {
      issues.add(
        'not-a-common-name',
        `${path}.commonName`,
        `${quoteValue(commonName)} is not a common name.`,
        'Write a name of 1 to 64 characters.',
      );
    }
    return { name: document.name, commonName };
  });
}
