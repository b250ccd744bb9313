import type {
  Manifest,
  ManifestAuthority,
  ManifestFile,
  ManifestRevokedCertificate,
} from '../bundle/manifest/manifest.js';
import { describeRevocationList } from '../bundle/manifest/revocation-list.js';
import type { AuthorityPlan, CertificatePlan } from '../pki/certificate-plan.js';
import type { IssuedAuthority } from '../pki/pki.js';
import type { RevocationListPlan } from '../pki/revocation-list.js';
import { fromHexadecimal } from '../text/from-hexadecimal.js';
import { parseTime } from '../x509/time.js';
import type { RevocationListUpdate, Update, UpdatedFile } from './update.js';

/**
 * The next list of a CA: what the former one has and what comes to it, without what has ended before the former one was made
 * (RFC 5280, 3.3: an entry stays on one list more).
 *
 * @param added - in the order of the list
 * @internal
 */
export function nextList(
  { id, revocationList: former }: Pick<ManifestAuthority, 'id' | 'revocationList'>,
  authority: AuthorityPlan['id'],
  added: readonly ManifestRevokedCertificate[] = [],
): RevocationListUpdate {
  if (id !== authority) throw new TypeError(`the list of ${id} is not that of ${authority}`);
  const kept = (former?.revoked ?? []).filter(
    ({ notAfter }) => notAfter === undefined || former === undefined || notAfter >= former.thisUpdate,
  );
  return { authority, number: (former?.number ?? 0) + 1, revoked: [...kept, ...added] };
}

/**
 * First lists of the CAs that have none and are to have one.
 *
 * @internal
 */
export function firstLists(
  { authorities }: Manifest,
  plans: readonly CertificatePlan[],
): readonly RevocationListUpdate[] {
  return plans.flatMap((plan): readonly RevocationListUpdate[] => {
    if (plan.type !== 'authority' || plan.revocationFile === undefined) return [];
    const authority = authorities.find(({ id }) => id === plan.id);
    return authority?.revocationList === undefined ? [{ authority: plan.id, number: 1, revoked: [] }] : [];
  });
}

/**
 * The list of a CA in the place of a file.
 *
 * @internal
 */
export function listFile(
  { path, mode, owner }: Pick<ManifestFile, 'path' | 'mode' | 'owner'>,
  plans: readonly CertificatePlan[],
): Extract<UpdatedFile, { type: 'revocation-list' }> {
  const plan = plans.find((one) => one.type === 'authority' && one.revocationFile === path);
  if (plan?.type !== 'authority') throw new TypeError(`${path} is the list of no CA`);
  return { type: 'revocation-list', path, mode, owner, kind: 'revocation-list', authority: plan.id };
}

/**
 * A file of a host with the next list in it, where it is one that is signed.
 *
 * @internal
 */
export function signedListFile(
  file: ManifestFile,
  plans: readonly CertificatePlan[],
  lists: readonly RevocationListUpdate[],
): UpdatedFile | undefined {
  if (file.kind !== 'revocation-list' || lists.length === 0) return undefined;
  const updated = listFile(file, plans);
  return lists.some(({ authority }) => authority === updated.authority) ? updated : undefined;
}

/**
 * What is signed, as issuing takes it.
 *
 * @internal
 */
export function listsToSign({ revocationLists = [] }: Update): ReadonlyMap<string, RevocationListPlan> {
  return new Map(
    revocationLists.map(({ authority, number, revoked }) => [
      authority,
      {
        number,
        revoked: revoked.map(({ serialNumber, at, reason }) => ({
          serialNumber,
          at: parseTime(at) ?? 0,
          reason,
        })),
      },
    ]),
  );
}

/**
 * The bytes of a CA's list: the one that is signed, or that which members have.
 *
 * @internal
 */
export function bytesOfList(
  id: AuthorityPlan['id'],
  { authorities }: Manifest,
  signed: readonly IssuedAuthority[],
): Uint8Array {
  const list = signed.find(({ plan }) => plan.id === id)?.revocationList?.certificateList;
  if (list !== undefined) return list;
  const known = authorities.find((authority) => authority.id === id)?.revocationList;
  if (known === undefined) throw new TypeError(`the list of ${id} is planned and not there`);
  return fromHexadecimal(known.list);
}

/**
 * What the manifest says of CAs whose lists are signed.
 *
 * @internal
 */
export function withLists(
  authorities: readonly ManifestAuthority[],
  { revocationLists = [] }: Update,
  signed: readonly IssuedAuthority[],
): readonly ManifestAuthority[] {
  return authorities.map((authority): ManifestAuthority => {
    const own = signed.find(({ plan }) => plan.id === authority.id);
    const update = revocationLists.find((list) => list.authority === authority.id);
    if (own?.revocationList === undefined || update === undefined) return authority;
    const { plan, revocationList } = own;
    const known = new Map(
      update.revoked.map(({ serialNumber, at: _at, reason: _reason, ...rest }) => [serialNumber, rest]),
    );
    return {
      ...authority,
      revocationList: describeRevocationList(revocationList, plan.revocationFile ?? '', known),
    };
  });
}
