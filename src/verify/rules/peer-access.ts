import { peerDials, peerLevel, signsItself } from '../dials/peer-dials.js';
import type { Rule } from '../rule.js';

/** @internal */
export const peerAccess: Rule = {
  name: 'peer-access',
  summary: 'A member that dials its peers presents a certificate.',
  levels: ['error', 'warning'],
  source: 'Go crypto/tls, processCertsFromClient; etcd client/pkg/transport/listener.go, ServerConfig',
  *check(view) {
    for (const { from, to, url, isSelf } of peerDials(view)) {
      if (isSelf || url.scheme !== 'https' || !to.peer.needsCertificate || to.peer.pair === undefined)
        continue;
      if (from.peer.ownClientPair !== undefined || signsItself(from)) continue;
      if (from.listenPeer.some(({ scheme }) => scheme === 'https')) continue;
      yield {
        level: peerLevel(from, view),
        member: from.label,
        path: from.settings.path,
        message: `It has no peer certificate, and ${to.label} asks for one at ${url.text}.`,
        cure: 'Set peer-cert-file and peer-key-file, and use https in all peer URLs.',
        etcdSays: "tls: client didn't provide a certificate",
      };
    }
  },
};
