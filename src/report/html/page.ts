import type { CryptoProvider } from '../../crypto/provider.js';
import { encodeBase64 } from '../../text/base64.js';
import type { ReportFacts } from '../facts/facts.js';
import { certificates } from './certificates.js';
import { files } from './files.js';
import { findings } from './findings.js';
import { holdings } from './holdings.js';
import { type Markup, markup } from './markup.js';
import { notJudged } from './not-judged.js';
import { STYLE } from './style.js';
import { summary, verdict } from './summary.js';
import { timeline } from './timeline.js';
import { topology } from './topology.js';
import { time } from './words.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/**
 * The whole document. Its security policy lets nothing be loaded and nothing be run (Content Security Policy Level 3, 6.1.3); the style
 * in it is allowed by its digest.
 *
 * @internal
 */
export async function renderPage(
  facts: ReportFacts,
  { digest }: Pick<CryptoProvider, 'digest'>,
): Promise<string> {
  const sum = encodeBase64(await digest('SHA-256', new TextEncoder().encode(STYLE)));
  const policy = `default-src 'none'; style-src 'sha256-${sum}'; base-uri 'none'; form-action 'none'`;
  const name = nameOf(facts);
  const sections = sectionsOf(facts);
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${facts.generator}">
<title>${name}: report on an etcd cluster</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="kicker">Report on an etcd cluster, as of ${time(facts.at)}</p>
<h1>${name}</h1>
${verdict(facts)}<nav aria-label="Sections">
<ul>
${sections.map(
  ({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>
`,
)}</ul>
</nav>
</header>
<main>
${sections.map(section)}</main>
<footer>
<p>Made by ${facts.generator} from files alone. It has no script, loads nothing, and holds no part of a private key.</p>
</footer>
</body>
</html>
`.text;
}

function section({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${body}</section>
`;
}

function sectionsOf(facts: ReportFacts): readonly Section[] {
  return [
    { id: 'summary', title: 'Summary', body: summary(facts) },
    { id: 'findings', title: 'Findings', body: findings(facts) },
    { id: 'topology', title: 'Topology', body: topology(facts.clusters) },
    { id: 'trust', title: 'Who holds and trusts what', body: holdings(facts.holdings) },
    { id: 'timeline', title: 'What ends when', body: timeline(facts) },
    { id: 'certificates', title: 'Certificates', body: certificates(facts) },
    { id: 'files', title: 'Files', body: files(facts.hosts) },
    { id: 'not-judged', title: 'What was not judged', body: notJudged(facts) },
  ];
}

/** The cluster's, otherwise its members'. */
function nameOf({ bundle, clusters, hosts }: ReportFacts): string {
  if (bundle !== undefined) return bundle.name;
  const members = clusters.flatMap((cluster) => cluster.members.map(({ name }) => name));
  const names = members.length > 0 ? members : hosts.map((host) => host.name);
  const [first = 'No host'] = names;
  return names.length > 2 ? `${first} to ${names.at(-1)}` : names.join(' and ') || first;
}
