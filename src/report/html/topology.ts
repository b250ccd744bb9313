import { counted } from '../../text/counted.js';
import type { ClientFacts, ClusterFacts, MemberFacts } from '../facts/facts.js';
import { type Markup, type MarkupPart, markup } from './markup.js';
import { table } from './table.js';
import { topologyPicture } from './topology-picture.js';
import { codeLines, codes } from './words.js';

/**
 * Who is where, and who dials whom: a picture, and all of it in tables.
 *
 * @internal
 */
export function topology(clusters: readonly ClusterFacts[]): Markup {
  return markup`${clusters.map((cluster, index) => clusterPart(cluster, index, clusters.length))}`;
}

function clusterPart(cluster: ClusterFacts, index: number, count: number): Markup {
  const { members, clients } = cluster;
  const heading =
    count > 1
      ? markup`<h3>Cluster ${index + 1}</h3>
`
      : '';
  if (members.length === 0)
    return markup`${heading}<p>No member of a cluster was found.</p>
${clientTable(clients, cluster, index)}`;
  return markup`${heading}${topologyPicture(cluster, index)}${memberTable(members, index)}${clientTable(clients, cluster, index)}`;
}

function memberTable(members: readonly MemberFacts[], index: number): Markup {
  const rows = members.map((member): readonly MarkupPart[] => [
    markup`<code>${member.name}</code>`,
    markup`<code>${member.host}</code>`,
    codeLines(member.listenClient),
    codeLines(member.advertiseClient),
    member.clients,
    codeLines(member.listenPeer),
    member.peers,
    member.listenMetrics.length === 0 ? '' : codeLines(member.listenMetrics),
    markup`<code>${member.startedBy}</code>`,
  ]);
  return table(
    `members-${index + 1}`,
    'Members: where they listen, and what a connection to them takes',
    [
      { title: 'Member' },
      { title: 'Host' },
      { title: 'Listens for clients' },
      { title: 'Tells clients' },
      { title: 'From clients', look: 'whole' },
      { title: 'Listens for peers' },
      { title: 'From peers', look: 'whole' },
      { title: 'Metrics' },
      { title: 'Started by' },
    ],
    [{ rows }],
  );
}

function clientTable(clients: readonly ClientFacts[], cluster: ClusterFacts, index: number): Markup {
  if (clients.length === 0)
    return markup`<p>No client was found on these hosts.</p>
`;
  const rows = clients.map((client): readonly MarkupPart[] => [
    client.kind,
    codes(client.hosts),
    markup`<code>${client.path}</code>`,
    client.endpoints.length === 0 ? 'none named' : codeLines(client.endpoints),
    targets(client, cluster),
    client.presents === undefined ? 'no certificate' : markup`<code>${client.presents}</code>`,
  ]);
  return table(
    `clients-${index + 1}`,
    'Clients: whom they dial, and what they show',
    [
      { title: 'Client' },
      { title: 'On' },
      { title: 'Told by' },
      { title: 'Endpoints' },
      { title: 'Reaches', look: 'whole' },
      { title: 'Presents' },
    ],
    [{ rows }],
  );
}

function targets({ to }: ClientFacts, { members }: ClusterFacts): MarkupPart {
  if (to.length === 0) return 'no member of these';
  return to.length === members.length && to.length > 1 ? `all ${counted(to.length, 'member')}` : codes(to);
}
