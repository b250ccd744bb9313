import { counted } from '../../text/counted.js';
import type { ReportFacts } from '../facts/facts.js';
import { type Markup, markup } from './markup.js';
import { table } from './table.js';

/** Places that are told: of a machine that does more than run etcd there may be as many as it has files. */
const MAX_GAPS = 200;

/**
 * What nobody may take silence for an answer on.
 *
 * @internal
 */
export function notJudged({ gaps, withheld, verification, clusters }: ReportFacts): Markup {
  const more = gaps.length - MAX_GAPS;
  const absent = clusters.flatMap((cluster) => cluster.absent);
  return markup`<ul>
<li>Nothing was run, and nobody was spoken to: what a firewall, a name server or a running etcd would say is not known.</li>
${
  withheld > 0
    ? markup`<li>${counted(withheld, 'private key')} that hosts have ${withheld === 1 ? 'was' : 'were'} not at hand and could not be opened.</li>
`
    : ''
}${
  absent.length > 0
    ? markup`<li>Of ${counted(absent.length, 'member')} that the others name no files were given: ${absent.join(', ')}.</li>
`
    : ''
}${
  verification.summary.etcdVersionFrom === 'assumed'
    ? markup`<li>The release of etcd is assumed; another one may take other settings.</li>
`
    : ''
}</ul>
${
  gaps.length === 0
    ? markup`<p>All files that were given were read.</p>
`
    : table(
        'gaps',
        'Places that were not read, or not to their end',
        [{ title: 'Host' }, { title: 'Path', look: 'wide' }, { title: 'Why', look: 'wide' }],
        [
          {
            rows: gaps
              .slice(0, MAX_GAPS)
              .map(({ host, path, why }) => [
                markup`<code>${host}</code>`,
                markup`<code>${path}</code>`,
                why,
              ]),
          },
        ],
      )
}${
  more > 0
    ? markup`<p>And ${more} more, which are not listed: a copy of the hosts without what does not concern etcd has fewer.</p>
`
    : ''
}`;
}
