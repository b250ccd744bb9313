import type { MemberView, TlsView } from '../../host/member-view.js';
import type { ClusterView } from '../cluster-view.js';
import { clientDials } from '../dials/client-dials.js';
import { peerDials, peerLevel } from '../dials/peer-dials.js';
import { revocationFault, revocationsOf, revokedSerial, revokedWords } from '../dials/revoked.js';
import type { Fault } from '../finding.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';

/** @internal */
export const revocationLists: Rule = {
  name: 'revocation-lists',
  summary: 'etcd can read every CRL; one that it cannot read locks everyone out.',
  levels: ['error', 'warning'],
  source: 'etcd client/pkg/transport/listener_tls.go, checkCRL; GHSA-3wh4-j44w-pg92',
  *check(view) {
    for (const member of view.members) {
      yield* unreadable(member, member.client, 'error', view);
      yield* unreadable(member, member.peer, peerLevel(member, view), view);
    }
  },
};

/** @internal */
export const revokedCertificates: Rule = {
  name: 'revoked-certificates',
  summary: 'No certificate in use is on a CRL.',
  levels: ['error', 'warning'],
  source: 'etcd client/pkg/transport/listener_tls.go, checkCRL; RFC 5280, 5.3',
  *check(view) {
    for (const { client, to } of clientDials(view)) {
      const serial = revokedSerial(client.pair, revocationsOf(to, to.client, view));
      if (serial !== undefined)
        yield revoked('error', client.root.name, client.pair?.certificate.path ?? '', serial, to.label);
    }
    for (const { from, to } of peerDials(view)) {
      const pair = from.peer.ownClientPair;
      const serial = revokedSerial(pair, revocationsOf(to, to.peer, view));
      if (serial !== undefined)
        yield revoked(peerLevel(from, view), from.label, pair?.certificate.path ?? '', serial, to.label);
    }
  },
};

function* unreadable(
  member: MemberView,
  side: TlsView,
  level: Fault['level'],
  view: ClusterView,
): Generator<Fault> {
  const list = revocationsOf(member, side, view);
  if (side.crl !== undefined && list?.type === 'unread') yield notLookedAt(member.label, side.crl, list.why);
  const etcdSays = revocationFault(member, side, view);
  if (
    side.crl === undefined ||
    list === undefined ||
    list.type === 'ok' ||
    list.type === 'unread' ||
    etcdSays === undefined
  )
    return;
  const place = { level, member: member.label, path: side.crl, etcdSays };
  const cure = 'Write it as DER, version 2: openssl crl -in crl.pem -outform DER -out crl.der';
  if (list.type === 'missing')
    yield {
      ...place,
      message: 'The CRL does not exist, so etcd refuses everyone.',
      cure: 'Put one there, an empty one if nobody is revoked.',
    };
  else if (list.isPem && list.isReadBefore36)
    yield {
      ...place,
      message: 'The CRL is PEM; from 3.6 on etcd reads only DER, and refuses everyone.',
      cure,
    };
  else if (list.isReadBefore36 && etcdSays.startsWith('x509: unsupported crl version'))
    yield {
      ...place,
      message: 'The CRL is of version 1; from 3.6 on etcd reads only version 2, and refuses everyone.',
      cure: 'Make it with extensions, such as a CRL number (crl_extensions in openssl.cnf).',
    };
  else
    yield {
      ...place,
      message: 'The file is not a CRL that etcd can read, so etcd refuses everyone.',
      cure: 'Make it again with the CA that signs the certificates, as DER, version 2: openssl ca -gencrl, then openssl crl -outform DER.',
    };
}

function revoked(level: Fault['level'], member: string, path: string, serial: string, by: string): Fault {
  return {
    level,
    member,
    path,
    message: `The CRL of ${by} lists its serial number ${serial}; etcd compares serial numbers regardless of the issuer.`,
    cure: 'Issue a new one.',
    etcdSays: revokedWords(serial),
  };
}
