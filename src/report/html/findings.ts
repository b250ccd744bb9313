import { type FindingGroup, groupFindings } from '../../verify/group-findings.js';
import type { ReportFacts } from '../facts/facts.js';
import { type Markup, type MarkupPart, markup } from './markup.js';
import { term } from './term.js';
import { codes } from './words.js';

/**
 * What verifying says, those of the same words together.
 *
 * @internal
 */
export function findings({ verification }: ReportFacts): Markup {
  const groups = groupFindings(verification.findings);
  if (groups.length === 0)
    return markup`<p>None: by everything that was looked at, the members start, and their peers and clients accept them.</p>
`;
  return markup`${groups.map(finding)}`;
}

function finding({
  finding: { level, rule, message, cure, etcdSays, source },
  members,
  paths,
}: FindingGroup): Markup {
  const where: MarkupPart = [
    members.some((name) => name !== '') ? term('On', codes(members.filter((name) => name !== ''))) : '',
    paths.some((path) => path !== '') ? term('File', codes(paths.filter((path) => path !== ''))) : '',
  ];
  return markup`<article class="finding">
<h3><span class="level-${level}">${level}</span> <code>${rule}</code></h3>
<p>${message}</p>
<p>${cure}</p>
<dl>
${where}${etcdSays === '' ? '' : term('Logged as', markup`<code>${etcdSays}</code>`)}${term('Rule from', source)}</dl>
</article>
`;
}
