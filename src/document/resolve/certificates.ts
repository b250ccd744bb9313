import type { CertificatesDocument, SubjectDocument } from '../../cluster-document.js';
import type { CertificatesSpec, SubjectSpec } from '../../cluster-spec.js';
import type { CompleteDocument } from '../../presets/preset.js';
import { parseNanoseconds } from '../../text/go-duration.js';
import { nearest } from '../../text/nearest.js';
import { quoteValue } from '../../text/quote-value.js';
import { addListedTwice, type IssueList } from '../issue-list.js';
import { resolveCertificateNames } from './certificate-names.js';
import { hasControlCharacter } from './control-characters.js';
import { resolveAltNames } from './hosts.js';
import { resolveOwnDirectory } from './paths.js';
import { checkPemFile } from './pem-file.js';
import { checkTrust } from './trust.js';

/** RFC 5280, appendix A.1: ub-state-name, ub-locality-name, ub-organization-name, ub-organizational-unit-name. */
const UPPER_BOUNDS: Readonly<Record<keyof SubjectSpec, number>> = { C: 2, ST: 128, L: 128, O: 64, OU: 64 };

/** As many members as a message can name. */
const LISTED = 10;

/**
 * Reads the `certificates` part.
 *
 * @param own - what the document itself says, without its preset
 * @internal
 */
export function resolveCertificates(
  document: CompleteDocument['certificates'],
  own: CertificatesDocument,
  memberNames: readonly string[],
  issues: IssueList,
): CertificatesSpec {
  const { tls, key, beyondAuthority, usages } = document;
  const ca = resolveValidity(document.validity.ca, 'certificates.validity.ca', issues);
  const leaf = resolveValidity(document.validity.leaf, 'certificates.validity.leaf', issues);
  const spread = resolveSpread(document, leaf, issues);
  const validity = { ca: ca ?? 0, leaf: leaf ?? 0, ...(spread === undefined ? {} : { spread }) };
  if (
    ca !== undefined &&
    leaf !== undefined &&
    leaf > ca &&
    beyondAuthority === 'refuse' &&
    document.ca === undefined
  ) {
    issues.add(
      'outlives-authority',
      'certificates.validity.leaf',
      `A leaf of ${quoteValue(document.validity.leaf)} would outlive its CA of ${quoteValue(document.validity.ca)}.`,
      'Shorten it, lengthen certificates.validity.ca, or write certificates.beyondAuthority: clamp.',
    );
  }
  checkCaKeyOn(document, tls, memberNames, issues);
  const directory = resolveOwnDirectory(document.directory, 'certificates.directory', issues);
  const names = resolveCertificateNames(document, own, memberNames, directory, issues);
  checkAuthorities(document, tls, names, issues);
  const trust = document.trust ?? [];
  checkTrust(trust, document, issues);
  const subject = resolveSubject(document.subject, 'certificates.subject', issues);
  return {
    tls,
    key,
    validity,
    beyondAuthority,
    usages,
    subject,
    caSubject: { ...subject, ...resolveSubject(document.caSubject, 'certificates.caSubject', issues) },
    ...names,
    profile: document.profile,
    loopbackNames: resolveAltNames(document.loopbackNames, 'certificates.loopbackNames', issues),
    memberAltName: document.memberAltName,
    clientCertAuth: document.clientCertAuth,
    ...(document.revocation === true ? { revocation: true } : {}),
    altNames: resolveAltNames(document.altNames, 'certificates.altNames', issues),
    directory,
    ...(document.ca === undefined ? {} : { ca: document.ca }),
    ...(document.peerCa === undefined ? {} : { peerCa: document.peerCa }),
    ...(trust.length === 0 ? {} : { trust }),
    caKeyOn: document.caKeyOn,
  };
}

function resolveValidity(text: string, path: string, issues: IssueList): number | undefined {
  const nanoseconds = parseNanoseconds(text);
  const cure = 'Write a Go duration such as 8760h.';
  if (nanoseconds === undefined) {
    const [, count = '', unit = ''] = /^(\d{1,4}) ?(d|days?|w|weeks?|y|years?)$/i.exec(text) ?? [];
    const hours = count === '' ? 8760 : Number(count) * hoursOf(unit.charAt(0).toLowerCase());
    const isLong = /^\+?(?:[\d.]+(?:h|m|s|ms|us|ns))+$/.test(text);
    const fault = isLong
      ? 'is not a duration, or exceeds the 2562047h that Go can count'
      : 'is not a duration';
    issues.add(
      'not-a-duration',
      path,
      `${quoteValue(text)} ${fault}.`,
      `Write a Go duration such as ${hours}h.`,
    );
  } else if (nanoseconds < 1_000_000_000n) {
    issues.add('duration-too-short', path, `${quoteValue(text)} is less than a second.`, cure);
  } else {
    return Number(nanoseconds / 1_000_000_000n);
  }
  return undefined;
}

/** A day, a week or a year of 365 days, by its first letter. */
function hoursOf(unit: string): number {
  return unit === 'd' ? 24 : unit === 'w' ? 168 : 8760;
}

function resolveSpread(
  { tls, validity }: CompleteDocument['certificates'],
  leaf: number | undefined,
  issues: IssueList,
): number | undefined {
  const path = 'certificates.validity.spread';
  if (validity.spread === undefined) return undefined;
  const spread = resolveValidity(validity.spread, path, issues);
  if (tls !== 'per-member')
    issues.add(
      'spread-without-pairs',
      path,
      `With tls: ${tls} members have no certificates of their own that could end one after the other.`,
      'Leave it out, or write tls: per-member.',
    );
  else if (spread !== undefined && leaf !== undefined && spread >= leaf)
    issues.add(
      'spread-not-shorter',
      path,
      `Leaves of ${quoteValue(validity.leaf)} cannot end over ${quoteValue(validity.spread)}.`,
      'Write less than certificates.validity.leaf.',
    );
  return spread;
}

function resolveSubject(document: SubjectDocument, at: string, issues: IssueList): SubjectSpec {
  const { C, ST, L, O, OU } = document;
  for (const [attribute, value] of Object.entries({ ST, L, O, OU })) {
    const bound = attribute === 'ST' || attribute === 'L' ? UPPER_BOUNDS.L : UPPER_BOUNDS.O;
    if (value === undefined) continue;
    const path = `${at}.${attribute}`;
    if ([...value].length > bound) {
      issues.add(
        'subject-too-long',
        path,
        `${quoteValue(value)} is longer than ${bound} characters (RFC 5280, appendix A).`,
        'Shorten it.',
      );
    }
    if (hasControlCharacter(value)) {
      issues.add(
        'control-character',
        path,
        `${quoteValue(value)} contains a control character.`,
        'Remove it.',
      );
    }
  }
  return {
    ...(C === undefined ? {} : { C: C.toUpperCase() }),
    ...(ST === undefined ? {} : { ST }),
    ...(L === undefined ? {} : { L }),
    ...(O === undefined ? {} : { O }),
    ...(OU === undefined ? {} : { OU }),
  };
}

function checkCaKeyOn(
  document: CompleteDocument['certificates'],
  tls: CertificatesSpec['tls'],
  memberNames: readonly string[],
  issues: IssueList,
): void {
  const holders = document.caKeyOn;
  if (tls === 'none' && holders.length > 0) {
    issues.add(
      'authority-without-tls',
      'certificates.caKeyOn',
      'With certificates.tls: none there is no CA.',
      'Remove certificates.caKeyOn.',
    );
    return;
  }
  const members = new Set(memberNames);
  const seen = new Set<string>();
  for (const [index, name] of holders.entries()) {
    const path = `certificates.caKeyOn[${index}]`;
    if (!members.has(name)) {
      const near = nearest(name, memberNames.slice(0, LISTED));
      const listed = memberNames.slice(0, LISTED).join(', ') + (memberNames.length > LISTED ? ', …' : '');
      issues.add(
        'no-such-member',
        path,
        `${quoteValue(name)} is no member.`,
        near === undefined ? `Write a member's name: ${listed}.` : `Did you mean ${near}?`,
      );
    } else if (seen.has(name)) {
      addListedTwice(issues, path, name);
    }
    seen.add(name);
  }
}

function checkAuthorities(
  document: CompleteDocument['certificates'],
  tls: CertificatesSpec['tls'],
  { authorities }: Pick<CertificatesSpec, 'authorities'>,
  issues: IssueList,
): void {
  for (const key of ['ca', 'peerCa'] as const) {
    const files = document[key];
    if (files === undefined) continue;
    const path = `certificates.${key}`;
    checkPemFile(files.certificate, `${path}.certificate`, issues);
    checkPemFile(files.key, `${path}.key`, issues);
    if (tls === 'none') {
      issues.add(
        'authority-without-tls',
        path,
        'With certificates.tls: none nothing is signed.',
        `Remove ${path}.`,
      );
    } else if (key === 'peerCa' && !authorities.includes('peer-ca')) {
      issues.add(
        'preset-without-peer-ca',
        path,
        'There is one CA for peers and clients.',
        'Write certificates.ca alone, or certificates.authorities: [ca, peer-ca].',
      );
    }
  }
}
