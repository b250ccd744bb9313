import { counted } from '../../text/counted.js';
import { listed } from '../../verify/group-findings.js';
import type { ClientFacts, ClusterFacts, MemberFacts, Protection } from '../facts/facts.js';
import { type Markup, markup } from './markup.js';
import { cut } from './words.js';

const CARD = { width: 216, height: 88 } as const;
const GAP = 20;
const COLUMNS = 4;
/** Members that are drawn one by one; of a larger cluster the last card tells how many more there are. */
const MAX_MEMBERS = 12;
/** Height of what lies between the clients and the members. */
const WIRE = 56;
const TITLE = 48;
const FOOT = 44;
/** Characters of a card's line: in proportional letters, and in those of one width. */
const ROOM = 28;
const ROOM_MONO = 25;

interface Card {
  readonly look: 'card' | 'absent';
  readonly name: string;
  readonly lines: readonly string[];
}

/**
 * A picture of who dials whom. Peers all dial each other, so that is said and not drawn.
 *
 * @param index - of the cluster, for the ids of the picture
 * @internal
 */
export function topologyPicture(cluster: ClusterFacts, index: number): Markup {
  const members = memberCards(cluster);
  const clients = clientCards(cluster);
  const columns = Math.min(COLUMNS, Math.max(2, members.length, clients.length));
  const width = columns * CARD.width + (columns + 1) * GAP;
  const top = clients.length === 0 ? 1 : CARD.height + WIRE;
  const rows = Math.ceil(members.length / columns);
  const frameHeight = TITLE + rows * (CARD.height + GAP) - GAP + FOOT;
  const height = top + frameHeight + 1;
  const id = `topology-${index + 1}`;
  const place = (count: number, at: number): number =>
    (width - count * CARD.width - (count - 1) * GAP) / 2 + at * (CARD.width + GAP);
  return markup`<figure>
<div class="scroll" role="region" tabindex="0" aria-label="Picture of cluster ${index + 1}">
<svg role="img" aria-labelledby="${id}-title ${id}-text" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="${id}-title">Who dials whom</title>
<desc id="${id}-text">${described(cluster)}</desc>
${clients.map((client, at) => {
  const x = place(clients.length, at);
  const middle = x + CARD.width / 2;
  return markup`${card(client, x, 1)}<path class="wire${client.isTls ? '' : ' plain'}" d="M${middle} ${CARD.height + 1}V${top - 9}"/><path class="tip" d="M${middle - 5} ${top - 9}h10l-5 8z"/><text class="quiet" x="${middle + 10}" y="${CARD.height + WIRE / 2 + 5}">${client.target}</text>
`;
})}<rect class="frame" x="1" y="${top}" width="${width - 2}" height="${frameHeight}" rx="8"/>
<text class="name" x="${GAP}" y="${top + 30}">${counted(cluster.members.length, 'member')}</text>
${members.map((member, at) => {
  const inRow = Math.min(columns, members.length);
  return card(
    member,
    place(inRow, at % columns),
    top + TITLE + Math.floor(at / columns) * (CARD.height + GAP),
  );
})}<text class="quiet" x="${GAP}" y="${top + frameHeight - 18}">${peerText(cluster)}</text>
</svg>
</div>
<figcaption>Who dials whom. A dashed line is plain HTTP. The tables below say all of it.</figcaption>
</figure>
`;
}

function card({ look, name, lines }: Card, x: number, y: number): Markup {
  return markup`<rect class="${look}" x="${x}" y="${y}" width="${CARD.width}" height="${CARD.height}" rx="6"/><text class="name" x="${x + 14}" y="${y + 26}">${cut(name, ROOM - 4)}</text>${lines.map((line, at) => markup`<text class="${at === 0 ? 'mono' : 'quiet'}" x="${x + 14}" y="${y + 48 + at * 20}">${cut(line, at === 0 ? ROOM_MONO : ROOM)}</text>`)}
`;
}

function memberCards({ members, absent }: ClusterFacts): readonly Card[] {
  const all: readonly Card[] = [
    ...members.slice(0, MAX_MEMBERS).map(memberCard),
    ...absent
      .slice(0, MAX_MEMBERS)
      .map((name): Card => ({ look: 'absent', name, lines: ['', 'its files were not given'] })),
  ];
  const count = members.length + absent.length;
  if (count <= MAX_MEMBERS) return all;
  const last = members.at(-1)?.name ?? '';
  return [
    ...all.slice(0, MAX_MEMBERS - 1),
    {
      look: 'card',
      name: `${count - MAX_MEMBERS + 1} more`,
      lines: [`to ${last}`, 'all in the table below'],
    },
  ];
}

function memberCard({ name, advertiseClient, listenClient, listenPeer, clients }: MemberFacts): Card {
  const [url = listenClient[0] ?? 'not known where'] = advertiseClient;
  const [peer = ''] = listenPeer;
  return {
    look: 'card',
    name,
    lines: [url.replace(/^[a-z]+:\/\//, ''), `${clients}${peer === '' ? '' : `, peers ${portOf(peer)}`}`],
  };
}

interface ClientCard extends Card {
  readonly isTls: boolean;
  readonly target: string;
}

function clientCards(cluster: ClusterFacts): readonly ClientCard[] {
  const { clients } = cluster;
  const shown = clients.length > COLUMNS ? clients.slice(0, COLUMNS - 1) : clients;
  const rest = clients.slice(shown.length);
  return [
    ...shown.map((client) => clientCard(client, cluster)),
    ...(rest.length === 0
      ? []
      : [
          {
            look: 'card' as const,
            name: `${rest.length} more clients`,
            lines: [listed([...new Set(rest.map(({ kind }) => kind))], ROOM_MONO), 'all in the table below'],
            isTls: rest.every(({ isTls }) => isTls),
            target: '',
          },
        ]),
  ];
}

function clientCard(
  { kind, hosts, path, presents, isTls, to }: ClientFacts,
  { members }: ClusterFacts,
): ClientCard {
  const shows = presents === undefined ? 'no certificate' : 'shows a certificate';
  return {
    look: 'card',
    name: kind === 'certificate' ? (path.split('/').at(-1) ?? '') : kind,
    lines: [`on ${listed(hosts, ROOM_MONO - 3)}`, `${isTls ? 'TLS' : 'plain HTTP'}, ${shows}`],
    isTls,
    target: to.length === members.length ? (to.length > 1 ? 'to all' : '') : `to ${listed(to, ROOM - 6)}`,
  };
}

function peerText({ members, absent }: ClusterFacts): string {
  if (members.length + absent.length < 2) return 'It has no peers.';
  const found = [...new Set(members.map(({ peers }): Protection => peers))].join(' or ');
  return `Each member dials every other one: ${found}`;
}

/** What the picture shows, for those who do not see it. */
function described(cluster: ClusterFacts): string {
  const { members, clients } = cluster;
  const names = listed(members.map(({ name }) => name));
  const dialing = clients.map(
    ({ kind, hosts, to }) =>
      `${kind} on ${listed(hosts)} dials ${to.length === members.length ? 'all of them' : listed(to)}.`,
  );
  return [
    `${counted(members.length, 'member')}: ${names}.`,
    `${peerText(cluster).replace(/\.$/, '')}.`,
    ...dialing.slice(0, COLUMNS),
  ].join(' ');
}

function portOf(url: string): string {
  return /:\d+$/.exec(url)?.[0] ?? url;
}
