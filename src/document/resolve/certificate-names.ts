import {
  AUTHORITY_ROLES,
  type AuthorityRole,
  isAuthorityRole,
  isPairRole,
  MEMBER_PLACEHOLDER,
  PAIR_ROLES,
  type PairRole,
  revocationListFile,
  trustedAuthoritiesFile,
} from '../../certificate-roles.js';
import type { CertificatesDocument } from '../../cluster-document.js';
import type { CertificatesSpec, PairFiles } from '../../cluster-spec.js';
import type { CompleteDocument } from '../../presets/preset.js';
import { largest } from '../../text/largest.js';
import { quoteValue } from '../../text/quote-value.js';
import { addListedTwice, type IssueList } from '../issue-list.js';
import { resolveCertificateFiles } from './certificate-files.js';
import { hasControlCharacter } from './control-characters.js';

/** RFC 5280, appendix A.1. */
const MAX_COMMON_NAME = 64;

type Names = Pick<CertificatesSpec, 'authorities' | 'pairs' | 'files' | 'commonNames'>;

/**
 * Reads which authorities and pairs there are, what their files are called and whom they name.
 *
 * @param own - what the document itself says, without its preset
 * @internal
 */
export function resolveCertificateNames(
  document: CompleteDocument['certificates'],
  own: CertificatesDocument,
  memberNames: readonly string[],
  directory: string,
  issues: IssueList,
): Names {
  const authorities = listed('authorities', AUTHORITY_ROLES, document.authorities, 'ca', issues);
  const pairs = listed('pairs', PAIR_ROLES, document.pairs, 'server', issues);
  const roles: readonly (AuthorityRole | PairRole)[] = [...authorities, ...pairs];
  checkAuthorities(authorities, pairs, issues);
  checkRoles(own, roles, issues);
  const written = document.files;
  const named = roles.map((role): readonly [AuthorityRole | PairRole, PairFiles] => [
    role,
    {
      certificate: written[role]?.certificate ?? `${role}.crt`,
      key: written[role]?.key ?? `${role}.key`,
    },
  ]);
  const shared = document.tls === 'shared';
  const ofAuthorities = named.filter(([role]) => isAuthorityRole(role)).map(([, files]) => files.certificate);
  const further = new Map([
    ...(document.trust === undefined || document.trust.length === 0
      ? []
      : [
          [
            trustedAuthoritiesFile(written.ca?.certificate ?? 'ca.crt'),
            'the file of certificates.trust',
          ] as const,
        ]),
    ...(document.revocation === true
      ? ofAuthorities.map((file) => [revocationListFile(file), 'a file of certificates.revocation'] as const)
      : []),
  ]);
  resolveCertificateFiles(named, directory, shared ? [] : memberNames, further, issues);
  return {
    authorities,
    pairs,
    files: Object.fromEntries(named),
    commonNames: resolveCommonNames(document, own, roles, memberNames, issues),
  };
}

/** In the order of the table, whatever the document's. */
function listed<Role extends string>(
  key: 'authorities' | 'pairs',
  all: readonly Role[],
  roles: readonly Role[],
  needed: Role,
  issues: IssueList,
): readonly Role[] {
  for (const [index, role] of roles.entries())
    if (roles.indexOf(role) !== index) addListedTwice(issues, `certificates.${key}[${index}]`, role);
  if (!roles.includes(needed)) {
    const message = `There is no ${needed}, without which there is no TLS.`;
    issues.add('role-missing', `certificates.${key}`, message, `Add ${needed}.`);
  }
  return all.filter((role) => role === needed || roles.includes(role));
}

function checkAuthorities(
  authorities: readonly AuthorityRole[],
  pairs: readonly PairRole[],
  issues: IssueList,
): void {
  if (authorities.includes('peer-ca') && !pairs.includes('peer'))
    issues.add(
      'peer-ca-without-peer',
      'certificates.pairs',
      'Without a pair for peers, peers get the server pair, which peer-ca did not sign.',
      'Add peer, or write certificates.authorities: [ca].',
    );
  if (pairs.includes('peer-client') && !pairs.includes('peer'))
    issues.add(
      'peer-client-without-peer',
      'certificates.pairs',
      'peer-client is what a member dials its peers with beside the pair that it serves them with.',
      'Add peer, or remove peer-client.',
    );
}

/** Names of what there is not would be lost without a word. */
function checkRoles(
  own: CertificatesDocument,
  roles: readonly (AuthorityRole | PairRole)[],
  issues: IssueList,
): void {
  for (const key of ['files', 'commonNames'] as const) {
    for (const role of Object.keys(own[key] ?? {})) {
      if (roles.some((other) => other === role) || role === 'admin') continue;
      // Where the document has a control plane, its pair is there, whatever members hold.
      if (key === 'commonNames' && role === 'apiserver-etcd-client') continue;
      const list = isAuthorityRole(role) ? 'authorities' : 'pairs';
      issues.add(
        'role-not-issued',
        `certificates.${key}.${role}`,
        `There is no ${role}: certificates.${list} is [${roles.filter((other) => (list === 'pairs' ? isPairRole : isAuthorityRole)(other)).join(', ')}].`,
        `Remove it, or add ${role} to certificates.${list}.`,
      );
    }
  }
}

function resolveCommonNames(
  document: CompleteDocument['certificates'],
  own: CertificatesDocument,
  roles: readonly string[],
  memberNames: readonly string[],
  issues: IssueList,
): CertificatesSpec['commonNames'] {
  const names = Object.entries(document.commonNames).filter(
    ([role]) => roles.includes(role) || role === 'admin' || role === 'apiserver-etcd-client',
  );
  for (const [role, name = ''] of Object.entries(own.commonNames ?? {})) {
    const path = `certificates.commonNames.${role}`;
    const ofMembers = isPairRole(role) && name.includes(MEMBER_PLACEHOLDER);
    const longest = ofMembers
      ? largest(
          memberNames.map((member) => [...member].length - MEMBER_PLACEHOLDER.length),
          -MEMBER_PLACEHOLDER.length,
        )
      : 0;
    if (name === '' || [...name].length + longest > MAX_COMMON_NAME || hasControlCharacter(name)) {
      const message = `${quoteValue(name)} is not a common name.`;
      issues.add('not-a-common-name', path, message, `Write a name of 1 to ${MAX_COMMON_NAME} characters.`);
    } else if (/[{}]/.test(ofMembers ? name.replaceAll(MEMBER_PLACEHOLDER, '') : name)) {
      const cure = isPairRole(role)
        ? `Write ${MEMBER_PLACEHOLDER} where the member's name belongs, or a name without braces.`
        : 'Write a name without braces; only what members hold can name them.';
      issues.add(
        'unknown-placeholder',
        path,
        `${quoteValue(name)} contains a placeholder that is not known.`,
        cure,
      );
    }
  }
  return Object.fromEntries(names);
}
