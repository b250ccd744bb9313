import { OID } from '../../x509/object-identifiers.js';
import type { ClusterView } from '../cluster-view.js';
import { type ClientDial, clientDials, schemeFault } from '../dials/client-dials.js';
import type { Rule } from '../rule.js';
import { type ChainFinding, chainMessage, isToldElsewhere } from './chain-message.js';

/** @internal */
export const clientChain: Rule = {
  name: 'client-chain',
  summary: "Clients' certificates lead to the members' CA file, and server certificates to the clients'.",
  levels: ['error'],
  source: 'RFC 5280, 4.2.1.12 and 6; etcd client/pkg/transport/listener.go, ServerConfig',
  *check(view) {
    for (const { kind, ...fault } of clientChainFaults(view)) if (kind !== 'names') yield fault;
  },
};

/**
 * Everything that breaks a chain between members and clients, whichever rule reports it.
 *
 * @internal
 */
export function* clientChainFaults(view: ClusterView): Generator<ChainFinding> {
  for (const dial of clientDials(view)) {
    if (dial.url.scheme !== 'https') continue;
    yield* presented(dial, view);
    yield* accepted(dial, view);
  }
  yield* looseChains(view);
}

/** @internal */
export const clientAccess: Rule = {
  name: 'client-access',
  summary: 'Every client has a certificate where one is asked for, and uses the scheme that is served.',
  levels: ['error'],
  source: 'Go crypto/tls, processCertsFromClient; kubeadm validation.go, ValidateEtcd',
  *check(view) {
    for (const dial of clientDials(view)) {
      const { client, to, url } = dial;
      const place = { level: 'error', member: client.root.name, path: client.path } as const;
      if (client.kind === 'certificate') continue;
      if (
        url.scheme === 'https' &&
        to.client.needsCertificate &&
        client.pair === undefined &&
        to.client.pair !== undefined
      ) {
        yield {
          ...place,
          message: `It has no certificate for ${url.text}, but ${to.label} asks for one.`,
          cure: 'Give it a client certificate and its key.',
          etcdSays: "tls: client didn't provide a certificate",
        };
      }
      const scheme = schemeFault(dial);
      if (scheme !== undefined) {
        const there = to.listenClient.find(({ port }) => port === url.port);
        yield {
          ...place,
          message: `It connects to ${url.text}, but ${to.label} serves only ${there?.scheme} on port ${url.port}.`,
          cure: 'Use the same scheme in both.',
          etcdSays: scheme,
        };
      }
    }
  },
};

function* presented({ client, to }: ClientDial, view: ClusterView): Generator<ChainFinding> {
  const { pair } = client;
  const { trust } = to.client;
  if (pair === undefined || trust === undefined) return;
  const fault = view.chainFault(pair, trust, 'clientAuth');
  if (fault === undefined || isToldElsewhere(fault, trust, view)) return;
  yield {
    kind: fault.kind,
    level: 'error',
    member: client.root.name,
    path: pair.certificate.path,
    ...chainMessage(fault, pair, trust, 'clientAuth'),
  };
}

function* accepted({ client, to }: ClientDial, view: ClusterView): Generator<ChainFinding> {
  const { trust } = client;
  const { pair } = to.client;
  if (pair === undefined || trust === undefined) return;
  const fault = view.chainFault(pair, trust, 'serverAuth');
  if (fault === undefined || isToldElsewhere(fault, trust, view)) return;
  const { message, ...rest } = chainMessage(fault, pair, trust, 'serverAuth');
  yield {
    kind: fault.kind,
    level: 'error',
    member: to.label,
    path: pair.certificate.path,
    message: `${client.root.name} does not accept it: ${message}`,
    ...rest,
  };
}

/** A pair beside a CA that did not sign it. */
function* looseChains(view: ClusterView): Generator<ChainFinding> {
  for (const { root, pair, trust } of view.loosePairs) {
    if (trust === undefined || pair.leaf === undefined) continue;
    const usage =
      pair.leaf.extendedKeyUsage?.includes(OID.serverAuth) === false ? 'clientAuth' : 'serverAuth';
    const fault = view.chainFault(pair, trust, usage);
    if (fault === undefined || isToldElsewhere(fault, trust, view)) continue;
    yield {
      kind: fault.kind,
      level: 'error',
      member: root.name,
      path: pair.certificate.path,
      ...chainMessage(fault, pair, trust, usage),
    };
  }
}
