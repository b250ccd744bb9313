import type { MemberDocument } from '../../cluster-document.js';
import type { MemberSpec } from '../../cluster-spec.js';
import { type Endpoint, endpointUrl, isWildcard } from '../../net/endpoint.js';
import { hostText } from '../../net/host.js';
import { isLoopback } from '../../net/ip-address.js';
import type { IssueList } from '../issue-list.js';
import { type ListenPolicy, placeOfUrls } from './member-urls.js';

/**
 * A member with what was written for it.
 *
 * @internal
 */
export interface ReadMember {
  readonly index: number;
  readonly document: MemberDocument;
  readonly member: MemberSpec;
}

/**
 * Checks the members' URLs against each other: no two members share one, none advertises an address that every host has, and none
 * listens on another's address.
 *
 * @internal
 */
export function checkClusterUrls(
  members: readonly ReadMember[],
  policy: ListenPolicy,
  issues: IssueList,
): void {
  checkPeerUrls(members, issues);
  checkLoopback(members, issues);
  checkForeignListeners(members, policy, issues);
}

function checkPeerUrls(members: readonly ReadMember[], issues: IssueList): void {
  const owners = new Map<string, ReadMember>();
  for (const read of members) {
    for (const url of read.member.initialAdvertisePeerUrls.map(endpointUrl)) {
      const other = owners.get(url);
      if (other === undefined) {
        owners.set(url, read);
        continue;
      }
      // Addresses that are written twice are reported as such.
      const written = [read, other].find(({ document }) => document.initialAdvertisePeerUrls !== undefined);
      if (written === undefined) continue;
      issues.add(
        'repeated-peer-url',
        `members[${written.index}].initialAdvertisePeerUrls`,
        `${url} is a peer URL of members[${other.index}] and of members[${read.index}]; etcd says "has duplicate url".`,
        'Advertise a different URL for every member.',
      );
    }
  }
}

function checkLoopback(members: readonly ReadMember[], issues: IssueList): void {
  // Nobody else dials a member that is alone.
  if (members.length < 2) return;
  if (members.every(({ member }) => member.initialAdvertisePeerUrls.every(isOnLoopback))) return;
  for (const { index, document, member } of members) {
    const url = member.initialAdvertisePeerUrls.find(isOnLoopback);
    if (url === undefined) continue;
    const key = document.initialAdvertisePeerUrls === undefined ? 'address' : 'initialAdvertisePeerUrls';
    issues.add(
      'loopback-peer-url',
      `members[${index}].${key}`,
      `${endpointUrl(url)} is loopback on every host: the other members would dial themselves.`,
      'Write an address at which the other members reach this one.',
    );
  }
}

function checkForeignListeners(
  members: readonly ReadMember[],
  policy: ListenPolicy,
  issues: IssueList,
): void {
  // An address that two members claim is reported as that.
  const owners = new Map<string, number | undefined>();
  for (const { index, member } of members) {
    for (const host of member.addresses)
      if (host.type === 'ip' && !isLoopback(host))
        owners.set(hostText(host), owners.has(hostText(host)) ? undefined : index);
  }
  for (const { index, document, member } of members) {
    for (const key of ['listenClientUrls', 'listenPeerUrls', 'listenMetricsUrls'] as const) {
      for (const endpoint of member[key]) {
        const owner = isWildcard(endpoint) ? undefined : owners.get(hostText(endpoint.host));
        if (owner === undefined || owner === index) continue;
        issues.add(
          'foreign-listener',
          placeOfUrls(key, document, index, policy),
          `${endpointUrl(endpoint)} is an address of members[${owner}], and members[${index}] cannot listen on it; etcd says "bind: cannot assign requested address".`,
          "Listen on the member's own address, or on loopback.",
        );
      }
    }
  }
}

function isOnLoopback({ host }: Endpoint): boolean {
  return host.type === 'ip' ? isLoopback(host) : host.name === 'localhost';
}
