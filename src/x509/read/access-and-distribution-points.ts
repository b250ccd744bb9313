import { contextTag, derReader, readObjectIdentifier, TAG } from './der-reader.js';

const URI: number = contextTag(6, 'primitive');
const EXPLICIT: number = contextTag(0, 'constructed');

/**
 * CRL distribution points (RFC 5280, 4.2.1.13).
 *
 * @internal
 */
export function checkDistributionPoints(value: Uint8Array): void {
  const says = 'x509: invalid CRL distribution point';
  const list = derReader(value).enter(TAG.sequence, 'x509: invalid CRL distribution points');
  while (!list.isEmpty()) {
    const point = list.enter(TAG.sequence, says);
    if (!point.peek(EXPLICIT)) continue;
    const names = point.enter(EXPLICIT, says).enter(EXPLICIT, says);
    while (names.peek(URI)) names.content(URI, says);
  }
}

/**
 * Authority information access (RFC 5280, 4.2.2.1).
 *
 * @internal
 */
export function checkInformationAccess(value: Uint8Array): void {
  const says = 'x509: invalid authority info access';
  const list = derReader(value).enter(TAG.sequence, says);
  while (!list.isEmpty()) {
    const access = list.enter(TAG.sequence, says);
    readObjectIdentifier(access, says);
    if (access.peek(URI)) access.content(URI, says);
  }
}
