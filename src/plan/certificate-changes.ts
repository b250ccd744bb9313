import { hostNamesOf, type ManifestCertificate } from '../bundle/manifest/manifest.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { formatDistinguishedName } from '../x509/distinguished-name.js';
import { formatGeneralName } from '../x509/general-name.js';

/**
 * In what a leaf is other than its plan, each a phrase; empty where it is what the plan asks for.
 *
 * @param options - `former` is the plan that it was made by: how long it was to last does not follow from a certificate that its CA has cut; where
 * the spread of ends is the same, a pair that ends earlier or later because members have come or gone is what its plan asks for
 * @internal
 */
export function certificateChanges(
  present: ManifestCertificate,
  plan: LeafPlan,
  { former, isSpreadSame }: { readonly former: LeafPlan | undefined; readonly isSpreadSame: boolean },
): string[] {
  const lastsFor = ({ validity, earlier = 0 }: LeafPlan): string =>
    hoursOf(isSpreadSame ? validity + earlier : validity);
  const altNames = plan.altNames.map(formatGeneralName);
  return [
    ...altNames.filter((name) => !present.altNames.includes(name)).map((name) => `+ ${name}`),
    ...present.altNames.filter((name) => !altNames.includes(name)).map((name) => `- ${name}`),
    ...changed('subject', present.subject, formatDistinguishedName(plan.subject)),
    ...changed('key', present.key, plan.key),
    ...changed('CA', present.authority, plan.authority),
    ...changed('key usage', present.keyUsage.join(), plan.keyUsage.join()),
    ...changed('extended key usage', present.extendedKeyUsage.join(), plan.extendedKeyUsage.join()),
    ...changed('validity', lastsFor(former ?? plan), lastsFor(plan)),
    ...changed('file', present.path, plan.files.certificate),
    ...changed('key file', present.keyPath ?? plan.files.key, plan.files.key),
    ...changed('holders', hostNamesOf(present.holder).join(), hostNamesOf(plan.holder).join()),
  ];
}

function changed(what: string, before: string, after: string): readonly string[] {
  return before === after ? [] : [`${what} ${before} -> ${after}`];
}

function hoursOf(seconds: number): string {
  return seconds % SECONDS_PER_HOUR === 0 ? `${seconds / SECONDS_PER_HOUR}h` : `${seconds}s`;
}

const SECONDS_PER_HOUR = 3600;
