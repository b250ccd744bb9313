import type { Pair, Trust } from '../../host/pair.js';
import type { PemFile } from '../../host/pem-files.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import { pairUses } from '../../verify/dials/pair-uses.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { isAuthority } from '../../x509/read/is-authority.js';
import { pemFilesOf } from './certificates.js';
import type { AuthorityFacts, CertificateFacts, HoldingCell, HoldingRow, Holdings } from './facts.js';

/** Authorities that have a column of their own: a file of the web's has 150. */
const MAX_AUTHORITIES = 8;
/** A */
const FIRST_LETTER = 0x41;

interface Column {
  readonly certificate: CertificateView;
  readonly index: number;
  readonly trust: Trust;
}

interface Row {
  readonly holds: Map<number, Set<string>>;
  readonly trusts: Map<number, Set<string>>;
}

/**
 * Who holds pairs of which authority, and who lets in whom it signed for.
 *
 * @param certificates - of the same hosts, by the id of each
 * @internal
 */
export function holdingsOf(view: ClusterView, certificates: ReadonlyMap<string, CertificateFacts>): Holdings {
  const columns = columnsOf(view);
  const rows = new Map<string, Row>();
  const byRoot = new Map([...columns.values()].map((column) => [column.certificate.id, column]));
  const trusting = (who: string, trust: Trust | undefined, whom: string): void => {
    for (const { id } of trust?.roots ?? []) {
      const column = byRoot.get(id);
      if (column !== undefined) add(rowOf(rows, who).trusts, column.index, whom);
    }
  };
  for (const { label, client, peer } of view.members) {
    rowOf(rows, label);
    trusting(label, client.trust, 'clients');
    trusting(label, peer.trust, 'peers');
  }
  for (const { root, trust } of view.clients) trusting(root.name, trust, 'servers');
  const bySubject = new Map<string, Column[]>();
  for (const column of columns.values()) {
    const named = bySubject.get(column.certificate.rawSubject);
    if (named === undefined) bySubject.set(column.certificate.rawSubject, [column]);
    else named.push(column);
  }
  for (const { label, pair, role } of pairUses(view)) {
    const column = signerOf(view, pair, bySubject);
    if (column !== undefined) add(rowOf(rows, label).holds, column.index, role);
  }
  return {
    authorities: [...columns.values()].map((column) => authorityFacts(column, certificates)),
    rows: [...rows].map(([who, row]) => holdingRow(who, row)),
  };
}

/** Those that somebody trusts first, then the others that lie there. */
function columnsOf(view: ClusterView): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  const take = (file: PemFile, certificates: readonly CertificateView[]): void => {
    for (const certificate of certificates) {
      if (columns.size >= MAX_AUTHORITIES) return;
      if (columns.has(certificate.id)) continue;
      columns.set(certificate.id, {
        certificate,
        index: columns.size,
        trust: { file, roots: [certificate] },
      });
    }
  };
  for (const { client, peer } of view.members)
    for (const trust of [client.trust, peer.trust]) if (trust !== undefined) take(trust.file, trust.roots);
  for (const { trust } of view.clients) if (trust !== undefined) take(trust.file, trust.roots);
  for (const { file } of pemFilesOf(view)) take(file, file.pool.filter(isAuthority));
  return columns;
}

/** The one with the issuer's name; of several whose name it is, the one whose key signed. */
function signerOf(
  { chainFault }: ClusterView,
  pair: Pair,
  bySubject: ReadonlyMap<string, readonly Column[]>,
): Column | undefined {
  const { leaf } = pair;
  if (leaf === undefined) return undefined;
  const named = bySubject.get(leaf.rawIssuer) ?? [];
  if (named.length < 2) return named[0];
  return named.find(({ trust }) => chainFault(pair, trust, 'clientAuth')?.kind !== 'authority');
}

function rowOf(rows: Map<string, Row>, who: string): Row {
  const row = rows.get(who) ?? { holds: new Map(), trusts: new Map() };
  rows.set(who, row);
  return row;
}

function add(cells: Map<number, Set<string>>, index: number, word: string): void {
  const words = cells.get(index) ?? new Set<string>();
  cells.set(index, words.add(word));
}

function authorityFacts(
  { certificate: { id, subject }, index }: Column,
  certificates: ReadonlyMap<string, CertificateFacts>,
): AuthorityFacts {
  return {
    letter: String.fromCharCode(FIRST_LETTER + index),
    subject,
    fingerprint: certificates.get(id)?.fingerprint ?? '',
  };
}

function holdingRow(who: string, { holds, trusts }: Row): HoldingRow {
  const indexes = [...new Set([...holds.keys(), ...trusts.keys()])].sort((a, b) => a - b);
  return {
    who,
    cells: indexes.map(
      (authority): HoldingCell => ({
        authority,
        holds: [...(holds.get(authority) ?? [])],
        trusts: [...(trusts.get(authority) ?? [])],
      }),
    ),
  };
}
