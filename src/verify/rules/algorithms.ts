import { isInSpan } from '../../etcd/release-span.js';
import { signingCurves } from '../../x509/key-algorithm.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import type { ClusterView } from '../cluster-view.js';
import { clientDials } from '../dials/client-dials.js';
import { isLoaded, pairUses, trustUses } from '../dials/pair-uses.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const algorithms: Rule = {
  name: 'algorithms',
  summary: 'Go accepts every key, and none is weak.',
  levels: ['error', 'warning', 'notice'],
  source:
    'Go crypto/rsa, Minimum key size; Go 1.18 Release Notes, Rejecting SHA-1 certificates; NIST SP 800-57 part 1, table 2; RFC 9155',
  *check(view) {
    // The last 3.4 was built with a Go that still took short keys.
    const tolerant = isInSpan(view.version, { until: '3.4' });
    for (const { label, pair, refused } of pairUses(view)) {
      if (pair.leaf === undefined) continue;
      const place = { member: label, path: pair.certificate.path };
      const { publicKey } = pair.leaf;
      if (publicKey.type === 'ec' && publicKey.curve === 'P-224')
        yield {
          ...place,
          level: refused,
          message: 'TLS in Go does not sign with a key on the curve P-224.',
          cure: `Use ${signingCurves()}.`,
          etcdSays: 'tls: unsupported certificate curve (P-224)',
        };
      yield* weakRsa(pair.leaf, place, tolerant ? 'warning' : refused);
    }
    yield* refusedByClients(view);
    for (const { label, trust, refusing } of trustUses(view)) {
      const place = { member: label, path: trust.file.path };
      for (const authority of trust.roots)
        yield* weakRsa(authority, place, trust.roots.length === 1 && !tolerant ? refusing : 'warning');
    }
  },
};

/** Server certificates whose signature no client of Go takes: where a client is known, its chain tells. */
function* refusedByClients(view: ClusterView): Generator<Fault> {
  const refused = view.members.flatMap((member) => {
    const { pair } = member.client;
    const insecure = pair?.leaf?.scheme?.insecure;
    // A certificate that clients trust as it is has no signature that they look at.
    if (pair?.leaf === undefined || insecure === undefined || pair.leaf.rawSubject === pair.leaf.rawIssuer)
      return [];
    return isLoaded(member, member.client) ? [{ label: member.label, pair, insecure }] : [];
  });
  if (refused.length === 0) return;
  const dialled = new Set(
    clientDials(view).flatMap(({ client, to }) => (client.trust === undefined ? [] : [to.label])),
  );
  for (const { label, pair, insecure } of refused) {
    if (dialled.has(label)) continue;
    yield {
      level: 'error',
      member: label,
      path: pair.certificate.path,
      message: `The server certificate is signed with ${insecure}: etcd starts with it, and no client that is built with Go 1.18 or later accepts it, as etcdctl and kube-apiserver are.`,
      cure: 'Issue it again, signed with SHA-256 or longer.',
      etcdSays: `x509: cannot verify signature: insecure algorithm ${insecure}`,
    };
  }
}

function* weakRsa(
  { publicKey, subject }: CertificateView,
  place: Pick<Fault, 'member' | 'path'>,
  level: Fault['level'],
): Generator<Fault> {
  if (publicKey.type !== 'rsa') return;
  const { bits } = publicKey;
  if (bits < 1024) {
    const etcdSays = `crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`;
    yield {
      ...place,
      level,
      message: `${subject} has an RSA key of ${bits} bits.`,
      cure: 'Use 2048 bits or more, or ECDSA.',
      etcdSays,
    };
  } else if (bits < 2048) {
    yield {
      ...place,
      level: 'warning',
      message: `${subject} has an RSA key of ${bits} bits.`,
      cure: 'Use 2048 bits or more, or ECDSA.',
    };
  } else if (bits > 8192) {
    const etcdSays = 'tls: server sent certificate containing RSA key larger than 8192 bits';
    yield {
      ...place,
      level,
      message: `${subject} has an RSA key of ${bits} bits, and Go accepts at most 8192.`,
      cure: 'Use at most 4096 bits.',
      etcdSays,
    };
  }
}
