import { nearestTimeText, type UnixTime } from '../../x509/time.js';
import type { Ending, EndingState, ExpiryOptions, ExpiryReport, Sighting } from './ending.js';

const SECONDS_PER_DAY = 86_400;

/**
 * What was seen in files, each certificate and list once, the first to end first.
 *
 * @internal
 */
export function judgeEndings(sightings: readonly Sighting[], { at, within }: ExpiryOptions): ExpiryReport {
  const horizon = within === undefined ? undefined : at + within;
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { type, fingerprint } = sighting.item;
    const key = `${type} ${fingerprint}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sighting]);
    else group.push(sighting);
  }
  const endings = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ end: endOf(first), ending: describe(first, group, at, horizon) }];
  });
  return {
    at: nearestTimeText(at),
    ...(horizon === undefined ? {} : { horizon: nearestTimeText(horizon) }),
    endings: endings.sort((a, b) => a.end - b.end).map(({ ending }) => ending),
  };
}

/** A list that does not say when the next one is out has no end. */
function endOf({ item }: Sighting): UnixTime {
  return item.type === 'revocation-list' ? (item.nextUpdate ?? Number.POSITIVE_INFINITY) : item.notAfter;
}

function describe(
  first: Sighting,
  group: readonly Sighting[],
  at: UnixTime,
  horizon: UnixTime | undefined,
): Ending {
  const { item } = first;
  const end = endOf(first);
  const holders = new Map(group.map(({ holder }) => [`${holder.host ?? ''}\0${holder.path}`, holder]));
  const found = { fingerprint: item.fingerprint, holders: [...holders.values()] };
  const daysLeft = Math.floor((end - at) / SECONDS_PER_DAY);
  if (item.type === 'revocation-list')
    return {
      type: item.type,
      issuer: item.issuer,
      thisUpdate: nearestTimeText(item.thisUpdate),
      ...(item.nextUpdate === undefined ? {} : { nextUpdate: nearestTimeText(item.nextUpdate), daysLeft }),
      revoked: item.revoked,
      state: stateOf(item.thisUpdate, end, at, horizon),
      ...found,
    };
  return {
    type: item.type,
    roles: [...new Set(group.flatMap(({ roles }) => roles))],
    subject: item.subject,
    issuer: item.issuer,
    serialNumber: item.serialNumber,
    notBefore: nearestTimeText(item.notBefore),
    notAfter: nearestTimeText(item.notAfter),
    daysLeft,
    state: stateOf(item.notBefore, end, at, horizon),
    ...found,
  };
}

/** The last second still counts (RFC 5280, 4.1.2.5; Go `crypto/x509/verify.go`, isValid). */
function stateOf(begin: UnixTime, end: UnixTime, at: UnixTime, horizon: UnixTime | undefined): EndingState {
  if (at > end) return 'ended';
  if (horizon !== undefined && end <= horizon) return 'due';
  return at < begin ? 'not-yet-valid' : 'later';
}
