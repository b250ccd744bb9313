import type { ManifestAuthority } from '../../bundle/manifest/manifest.js';
import { counted } from '../../text/counted.js';
import type { VerificationSummary } from '../../verify/finding.js';
import { groupFindings } from '../../verify/group-findings.js';
import type { BundleFacts, ReportFacts } from '../facts/facts.js';
import { type Markup, markup } from './markup.js';
import { term } from './term.js';
import { code, daysText, time, timeElement } from './words.js';

const VERSION_FROM: Readonly<Record<VerificationSummary['etcdVersionFrom'], string>> = {
  option: 'as it was said on the command line',
  manifest: 'as the bundle says',
  image: 'as the image of the pod says',
  assumed: 'which is assumed: nothing on the hosts says so',
};

const PHASES: Readonly<Record<ManifestAuthority['phase'], string>> = {
  settled: 'none under way',
  trust: 'trust: hosts accept both, and pairs are under the old one',
  reissue: 'reissue: hosts accept both, and pairs are under the new one',
};

/**
 * What matters, in a glance.
 *
 * @internal
 */
export function verdict(facts: ReportFacts): Markup {
  const groups = groupFindings(facts.verification.findings);
  const count = (level: string): number => groups.filter(({ finding }) => finding.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const look = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'sound';
  return markup`<div class="verdict ${look}">
<p><strong>${errors > 0 ? counted(errors, 'error') : 'No errors'}</strong>and ${counted(warnings, 'warning')}, ${counted(count('notice'), 'notice')}</p>
<p>${firstEnd(facts)}</p>
</div>
`;
}

function firstEnd({ certificates, at }: ReportFacts): Markup {
  const [first] = certificates;
  if (first === undefined) return markup`<strong>Nothing ends</strong>no certificate was found`;
  const ended = certificates.filter(({ notAfter }) => at > notAfter).length;
  return ended === 0
    ? markup`<strong>${daysText(first.notAfter, at)}</strong>until the first certificate ends`
    : markup`<strong>${counted(ended, 'certificate')} ended</strong>the first ${daysText(first.notAfter, at).replace('ended ', '')}`;
}

/** @internal */
export function summary(facts: ReportFacts): Markup {
  const { verification, bundle, clusters, certificates, hosts, at } = facts;
  const { etcdVersion, etcdVersionFrom } = verification.summary;
  const authorities = certificates.filter(({ isAuthority }) => isAuthority).length;
  const members = clusters.flatMap((cluster) => cluster.members).length;
  const terms = [
    term('Members', `${members}${clusters.length > 1 ? ` in ${clusters.length} clusters` : ''}`),
    term('Hosts', hosts.length),
    term('etcd', `${etcdVersion}, ${VERSION_FROM[etcdVersionFrom]}`),
    term('Certificates', `${certificates.length}, of them ${authorities} of authorities`),
    term('As of', time(at)),
    ...(bundle === undefined ? [term('Made from', 'files of hosts, without a bundle')] : bundleTerms(bundle)),
  ];
  return markup`<dl>
${terms}</dl>
${bundle === undefined ? '' : changes(bundle)}`;
}

function bundleTerms({
  preset,
  generation,
  generator,
  change,
  digest,
  former,
  authorities,
}: BundleFacts): readonly Markup[] {
  return [
    ...(preset === '' ? [] : [term('Preset', code(preset))]),
    term('Generation', `${generation}, by ${change.action}`),
    ...(change.at === undefined ? [] : [term('Made', timeElement(change.at))]),
    term('Made by', generator),
    ...authorities.map(({ id, phase }) => term(`Rotation of ${id}`, PHASES[phase])),
    ...(digest === undefined ? [] : [term('SHA-256 of bundle.json', code(digest))]),
    ...(former === undefined ? [] : [term('SHA-256 of the one before', code(former))]),
  ];
}

function changes({ change: { changes: items = [] }, generation }: BundleFacts): Markup {
  if (items.length === 0) return markup``;
  return markup`<h3>What generation ${generation} changed</h3>
<ul>${items.map(({ hosts, what, detail, effect }) => markup`<li>${hosts.join(', ')}: ${what}, ${detail}${effect === 'none' ? '' : ` (${effect})`}</li>`)}</ul>
`;
}
