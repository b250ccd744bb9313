import type { HostFacts } from '../facts/facts.js';
import { type Markup, markup } from './markup.js';
import { type Column, table } from './table.js';

const COLUMNS: readonly Column[] = [
  { title: 'Path', look: 'wide' },
  { title: 'Mode', look: 'whole' },
  { title: 'Owner', look: 'whole' },
  { title: 'Kind', look: 'whole' },
  { title: 'SHA-256', look: 'digest' },
];

/**
 * The files of each host with their digests.
 *
 * @internal
 */
export function files(hosts: readonly HostFacts[]): Markup {
  const isPart = hosts.some((host) => host.isPart);
  const groups = hosts.map(({ name, tarball, files: own }) => ({
    title: markup`<code>${name}</code>${tarball === undefined ? '' : markup` <span class="quiet">${tarball.path}, SHA-256</span> <code>${tarball.sha256}</code>`}`,
    rows: own.map(({ path, mode, owner, kind, sha256 }) => [
      markup`<code>${path}</code>`,
      markup`<code>${mode}</code>`,
      markup`<code>${owner}</code>`,
      kind,
      markup`<code>${sha256}</code>`,
    ]),
  }));
  return markup`${
    isPart
      ? markup`<p>Of whole hosts only what etcd and its clients are started with is listed.</p>
`
      : ''
  }${table('file-list', 'Files by host, with mode, owner and digest', COLUMNS, groups)}`;
}
