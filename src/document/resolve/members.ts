import type { MemberDocument } from '../../cluster-document.js';
import type { MemberSpec } from '../../cluster-spec.js';
import type { Host } from '../../net/host.js';
import { hostText, parseWildcardDnsName } from '../../net/host.js';
import { parseIpAddress } from '../../net/ip-address.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { checkClusterUrls, type ReadMember } from './cluster-urls.js';
import { resolveAddress, resolveAltNames } from './hosts.js';
import { type ListenPolicy, resolveMemberUrls } from './member-urls.js';

/** Tarballs that are not members': a member of that name would overwrite one. */
const RESERVED_NAMES: readonly string[] = ['admin', 'control-plane'];

/**
 * Reads the members: their names, addresses and URLs, each checked alone and against the others.
 *
 * @internal
 */
export function resolveMembers(
  documents: readonly MemberDocument[],
  policy: ListenPolicy,
  issues: IssueList,
): readonly ReadMember[] {
  const shared = sayingOnce(issues);
  const members = documents.flatMap((document, index): readonly ReadMember[] => {
    checkName(document.name, `members[${index}].name`, issues);
    const member = resolveMember(document, index, policy, shared);
    return member === undefined ? [] : [{ index, document, member }];
  });
  checkUnique(documents, issues);
  if (policy.tls !== 'shared') checkForeignAltNames(documents, issues);
  checkClusterUrls(members, policy, shared);
  return members;
}

function resolveMember(
  document: MemberDocument,
  index: number,
  policy: ListenPolicy,
  issues: IssueList,
): MemberSpec | undefined {
  const path = `members[${index}]`;
  const texts = typeof document.address === 'string' ? [document.address] : document.address;
  const addresses = texts.flatMap((text, at) => {
    const where = typeof document.address === 'string' ? `${path}.address` : `${path}.address[${at}]`;
    return resolveAddress(text, where, issues) ?? [];
  });
  const altNames = resolveAltNames(document.altNames ?? [], `${path}.altNames`, issues);
  // One that is listed twice is reported once, and not again for every URL derived from it.
  const [first, ...rest] = new Map(addresses.map((host) => [hostText(host), host])).values();
  if (first === undefined) return undefined;
  const hosts: readonly [Host, ...Host[]] = [first, ...rest];
  return {
    name: document.name,
    addresses: hosts,
    altNames,
    ...resolveMemberUrls(document, hosts, index, policy, issues),
    ...(document.arch === undefined ? {} : { arch: document.arch }),
  };
}

/** What comes from a key that all members share is wrong for each of them, and reported for the first. */
function sayingOnce(issues: IssueList): IssueList {
  const said = new Set<string>();
  return {
    ...issues,
    add: (code, path, message, cure) => {
      if (path.startsWith('etcd.') && said.has(`${path} ${code}`)) return;
      said.add(`${path} ${code}`);
      issues.add(code, path, message, cure);
    },
  };
}

function checkName(name: string, path: string, issues: IssueList): void {
  if (RESERVED_NAMES.includes(name.toLowerCase())) {
    issues.add(
      'tarball-name-taken',
      path,
      `${name}.tar.gz is reserved for another tarball.`,
      'Choose another name.',
    );
  }
}

function checkUnique(documents: readonly MemberDocument[], issues: IssueList): void {
  const names = new Map<string, number>();
  const addresses = new Map<string, number>();
  for (const [index, document] of documents.entries()) {
    const { name } = document;
    // Some file systems do not tell "E1.tar.gz" from "e1.tar.gz".
    const sameName = names.get(name.toLowerCase());
    if (sameName !== undefined) {
      issues.add(
        'repeated-member-name',
        `members[${index}].name`,
        documents[sameName]?.name === name
          ? `${quoteValue(name)} is already the name of members[${sameName}].`
          : `${quoteValue(name)} differs from the name of members[${sameName}] only in letter case, which does not count.`,
        'Give every member its own name.',
      );
    }
    names.set(name.toLowerCase(), sameName ?? index);
    for (const { text, path } of addressesOf(document, index)) {
      const key = canonical(text);
      const sameAddress = key === undefined ? undefined : addresses.get(key);
      if (sameAddress !== undefined) {
        issues.add(
          sameAddress === index ? 'repeated-entry' : 'repeated-address',
          path,
          `${text} is already an address of members[${sameAddress}].`,
          sameAddress === index ? 'Write it once.' : 'Give every member its own address.',
        );
      }
      if (key !== undefined) addresses.set(key, sameAddress ?? index);
    }
  }
}

/** A certificate of one member that carries the address of another would let it impersonate the other. */
function checkForeignAltNames(documents: readonly MemberDocument[], issues: IssueList): void {
  // A member's name may be another one's address.
  const owners = new Map<string, Set<number>>();
  for (const [index, document] of documents.entries()) {
    for (const text of [document.name, ...addressesOf(document, index).map((address) => address.text)]) {
      const key = canonical(text);
      if (key !== undefined) owners.set(key, (owners.get(key) ?? new Set()).add(index));
    }
  }
  for (const [index, { altNames = [] }] of documents.entries()) {
    for (const [at, altName] of altNames.entries()) {
      const other = firstBut(index, owners.get(canonical(altName) ?? '') ?? []);
      if (other !== undefined) {
        issues.add(
          'foreign-alt-name',
          `members[${index}].altNames[${at}]`,
          `${altName} belongs to members[${other}].`,
          'Remove it, or write certificates.tls: shared for one certificate for all members.',
        );
      }
    }
  }
}

/** Never copied into an array: all members may share one address that each of them also has as an alternative name. */
function firstBut(index: number, owners: Iterable<number>): number | undefined {
  for (const owner of owners) if (owner !== index) return owner;
  return undefined;
}

function addressesOf(
  { address }: MemberDocument,
  index: number,
): readonly { readonly text: string; readonly path: string }[] {
  const path = `members[${index}].address`;
  return typeof address === 'string'
    ? [{ text: address, path }]
    : address.map((text, at) => ({ text, path: `${path}[${at}]` }));
}

/** The canonical spelling of an address or name; undefined if it is neither, which is reported elsewhere. */
function canonical(text: string): string | undefined {
  const host = parseIpAddress(text) ?? parseWildcardDnsName(text);
  return host === undefined ? undefined : hostText(host);
}
