import type { MemberSpec } from '../cluster-spec.js';

/**
 * Every port that a member listens on.
 *
 * @internal
 */
export function listenPorts({
  listenClientUrls,
  listenPeerUrls,
  listenMetricsUrls,
}: MemberSpec): readonly number[] {
  return [...listenClientUrls, ...listenPeerUrls, ...listenMetricsUrls].map(({ port }) => port);
}
