import { hostNamesOf, type Manifest } from '../bundle/manifest/manifest.js';
import type { MemberSpec } from '../cluster-spec.js';
import { type CertificatePlan, type LeafPlan, leavesById } from '../pki/certificate-plan.js';
import { certificateChanges } from './certificate-changes.js';
import { isInPlace, type RenderedHost } from './rendered-host.js';
import type { Change } from './update.js';

/** @internal */
export interface Reissue {
  readonly plan: LeafPlan;
  /** For those who had it before. */
  readonly change: Change;
}

/**
 * Which leaves are issued again, and why, by their ids.
 *
 * @internal
 */
export function reissuedLeaves(
  former: { readonly manifest: Manifest; readonly plans: readonly CertificatePlan[] },
  wanted: { readonly plans: readonly CertificatePlan[]; readonly hosts: readonly RenderedHost[] },
  {
    joining,
    isSpreadSame,
  }: { readonly joining: ReadonlyMap<string, MemberSpec>; readonly isSpreadSame: boolean },
): ReadonlyMap<string, Reissue> {
  const present = new Map(former.manifest.certificates.map((certificate) => [certificate.id, certificate]));
  const formerPlans = leavesById(former.plans);
  const hosts = new Map(wanted.hosts.map((host) => [host.plan.name, host]));
  const reissued = new Map<string, Reissue>();
  for (const plan of leavesById(wanted.plans).values()) {
    const certificate = present.get(plan.id);
    const holders = hostNamesOf(plan.holder);
    const known = holders.filter((name) => !joining.has(name));
    const changes =
      certificate === undefined
        ? ['new']
        : [
            ...certificateChanges(certificate, plan, { former: formerPlans.get(plan.id), isSpreadSame }),
            ...placeChanges(plan, known, hosts),
          ];
    // What a host had that is lost is made anew for all who share it.
    const details = changes.length === 0 && known.length < holders.length ? ['new'] : changes;
    if (details.length === 0) continue;
    const change: Change = {
      hosts: known,
      what: `${plan.role} certificate`,
      detail: details.join(', '),
      effect: 'copy',
    };
    reissued.set(plan.id, { plan, change });
  }
  return reissued;
}

/** A key is never read back, so that one which is to lie elsewhere or be another's to read is made anew. */
function placeChanges(
  { files }: LeafPlan,
  holders: readonly string[],
  hosts: ReadonlyMap<string, RenderedHost>,
): readonly string[] {
  const moved = holders
    .flatMap((name) => hosts.get(name)?.files ?? [])
    .filter(({ path }) => path === files.certificate || path === files.key)
    .some((file) => !isInPlace(file));
  return moved ? ['mode or owner of its files'] : [];
}
