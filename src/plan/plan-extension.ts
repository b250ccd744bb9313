import type { ManifestAuthority } from '../bundle/manifest/manifest.js';
import type { BundleState } from '../bundle/state.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { AuthorityPlan } from '../pki/certificate-plan.js';
import { judgeRenewal, type RenewalPolicy } from '../pki/renewal.js';
import { parseTime, type UnixTime } from '../x509/time.js';
import { healthGate } from './gate.js';
import { authorityText } from './stand-in-pki.js';
import { toCome, trustChanges, trustedFile, trustedTexts } from './trusted-files.js';
import { type HostUpdate, hasTarball, type Update } from './update.js';
import { updateSteps } from './update-steps.js';

/**
 * Plans later ends for CAs, each with its own key. Pairs stay: they are the same key's. Who has read the former certificate takes the others' pairs
 * until it ends, so that restarts come in any order.
 *
 * @param ids - of CAs of the bundle
 * @throws EtcdBundleError `invalid-spec` for a CA that the operator brought, that is being rotated or that has ended
 * @internal
 */
export function planExtension(
  state: BundleState,
  ids: readonly string[],
  { now, policy }: { readonly now: UnixTime; readonly policy: RenewalPolicy },
): Update {
  const { manifest, spec, plans: planned } = state;
  const wanted = manifest.authorities.filter(({ id }) => ids.includes(id));
  refuseFixed(wanted, now);
  const plans = planned.filter((plan) => plan.type === 'authority');
  const extended = wanted.flatMap((authority): readonly AuthorityPlan[] => {
    const plan = plans.find(({ id }) => id === authority.id);
    return plan !== undefined && isDue(authority, plan, policy, now) ? [plan] : [];
  });
  const isExtended = new Set(extended.map(({ id }) => id));
  const texts = trustedTexts(state, (id) => (isExtended.has(id) ? toCome(id) : authorityText(manifest, id)));
  const hosts = manifest.hosts.map(
    ({ tarball: _tarball, files, ...host }): HostUpdate => ({
      ...host,
      files: files.map((file) =>
        extended.length === 0 ? { type: 'kept', file } : trustedFile(file, texts.get(host.name), extended),
      ),
    }),
  );
  const restarted = hosts
    .filter((host) => host.kind === 'member' && hasTarball(host))
    .map(({ name }) => name);
  return {
    action: 'renew',
    spec,
    document: manifest.document,
    plans: planned,
    ...(extended.length === 0 ? {} : { extended: extended.map(({ id }) => id) }),
    changes: trustChanges(hosts, extended, 'a later end, with its own key', 'restart'),
    notices:
      extended.length === 0 ? [] : ['Pairs stay as they are, and end when they end: renew them as ever.'],
    certificates: [],
    hosts,
    gate: healthGate(),
    steps: updateSteps(state, spec, hosts, {
      plans: [],
      ended: new Set(),
      restarted: new Set(restarted),
      isTrustNew: true,
    }),
  };
}

function isDue(
  { id, certificates: [signing] }: ManifestAuthority,
  { validity }: AuthorityPlan,
  policy: RenewalPolicy,
  now: UnixTime,
): boolean {
  const [notBefore, notAfter] = [signing?.notBefore, signing?.notAfter].map((time) => parseTime(time ?? ''));
  if (notBefore === undefined || notAfter === undefined) return false;
  return judgeRenewal({ id, notBefore, notAfter, renewedUntil: now + validity }, policy, now).type === 'due';
}

function refuseFixed(authorities: readonly ManifestAuthority[], now: UnixTime): void {
  const issues = authorities.flatMap(({ id, phase, certificates: [signing] }): readonly Issue[] => {
    if (signing?.origin === 'given')
      return [
        {
          code: 'brought-authority',
          path: '',
          message: `The document brings the CA ${id}: a later end is for those to give who made it.`,
          cure: 'Ask them for a certificate of the same key and name.',
        },
      ];
    if (phase === 'settled' && (parseTime(signing?.notAfter ?? '') ?? now) > now) return [];
    if (phase === 'settled')
      return [
        {
          code: 'authority-ended',
          path: '',
          message: `The CA ${id} ended on ${signing?.notAfter}, and with it every pair of it: the cluster is down.`,
          cure: 'Take rotate-ca --at-once, which makes a new CA and all pairs in one generation.',
        },
      ];
    return [
      {
        code: 'rotation-under-way',
        path: '',
        message: `The CA ${id} is being exchanged for another one.`,
        cure: 'Bring that to its end with rotate-ca, or take it back with rotate-ca --back.',
      },
    ];
  });
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
}
