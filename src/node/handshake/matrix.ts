import type { SecureContext } from 'node:tls';
import { isLoopback, parseIpAddress } from '../../net/ip-address.js';
import {
  allowedFault,
  certificatesIn,
  chainOf,
  hostFault,
  sourceFault,
  timeFault,
  usageFault,
} from './certificate-rules.js';
import type {
  HandshakeClient,
  HandshakeMember,
  HandshakeRefusal,
  HandshakeResult,
  HandshakeSide,
} from './participant.js';
import { loadContext, type PeerView, shakeHands, type TlsSide } from './tls-handshake.js';

/** @public */
export interface HandshakeOptions {
  /** Moment to judge at, seconds since 1970; absent: now. */
  readonly at?: number;
}

/** One of the two of a handshake. */
interface Loaded {
  readonly side: TlsSide;
  /** Undefined where its files cannot be loaded. */
  readonly context: SecureContext | undefined;
  readonly fault: string;
}

interface Dial {
  readonly from: string;
  readonly to: string;
  readonly listener: HandshakeResult['listener'];
  readonly near: Loaded;
  readonly far: Loaded;
  /** Checked against the listener's certificate; none: the dialler does not verify it. */
  readonly hosts: readonly string[];
  /** What the listener checks the dialler's certificate against; absent: nothing. */
  readonly sources?: readonly string[];
  readonly allowedByListener?: readonly string[] | undefined;
  readonly allowedByDialler?: readonly string[] | undefined;
}

/** OpenSSL judges these by other rules than Go, so that ours decide. */
const JUDGED_HERE = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'INVALID_PURPOSE']);

/**
 * Lets every member and every client shake hands with every member, for real and in memory: each member's peer pair with each other
 * member's, each client with each member's client listener, and each member's gRPC gateway with its own. The verdict is the one that
 * etcd reaches: OpenSSL verifies signatures and chains; names, usages, times and the address of a peer go by the rules of Go and etcd.
 *
 * @returns peers first, each dialler with each listener; nothing where a listener speaks plain HTTP
 * @public
 */
export async function handshakeMatrix(
  members: readonly HandshakeMember[],
  clients: readonly HandshakeClient[],
  options: HandshakeOptions = {},
): Promise<readonly HandshakeResult[]> {
  const at = options.at ?? Math.floor(Date.now() / 1000);
  const dials = [...peerDials(members), ...gatewayDials(members), ...clientDials(members, clients)];
  const results: HandshakeResult[] = [];
  for (const dial of dials) results.push(await result(dial, at));
  return results;
}

function peerDials(members: readonly HandshakeMember[]): readonly Dial[] {
  const loaded = members.flatMap((member) =>
    member.peer === undefined
      ? []
      : [{ member, near: load(clientSide(member.peer)), far: load(member.peer), wants: member.peer.ca }],
  );
  return loaded.flatMap((from) =>
    loaded
      .filter((to) => to !== from)
      .map((to): Dial => {
        const { skipsPeerNames = false, peerAllowedNames } = to.member;
        return {
          from: from.member.name,
          to: to.member.name,
          listener: 'peer',
          near: from.near,
          far: to.far,
          hosts: to.member.peerHosts,
          ...(skipsPeerNames ? {} : { sources: from.member.sourceHosts ?? from.member.peerHosts }),
          allowedByListener: peerAllowedNames,
          allowedByDialler: from.member.peerAllowedNames,
        };
      }),
  );
}

/** The gateway dials its own listener and does not look at the certificate there (etcd `server/embed/serve.go`, InsecureSkipVerify). */
function gatewayDials(members: readonly HandshakeMember[]): readonly Dial[] {
  return members.flatMap(({ name, server, hasGateway = true }): readonly Dial[] =>
    server === undefined || !hasGateway
      ? []
      : [
          {
            from: name,
            to: name,
            listener: 'gateway',
            near: load(clientSide(server)),
            far: load(server),
            hosts: [],
          },
        ],
  );
}

function clientDials(
  members: readonly HandshakeMember[],
  clients: readonly HandshakeClient[],
): readonly Dial[] {
  const listeners = members.flatMap(({ name, server, clientHosts }) =>
    server === undefined ? [] : [{ name, clientHosts, far: load(server) }],
  );
  return clients.flatMap((client) => {
    const near = load(client);
    return listeners.flatMap(({ name, clientHosts, far }): readonly Dial[] => {
      const hosts = clientHosts.filter(
        (host) => client.endpoints?.includes(host) ?? (client.on === name || !isLoopbackHost(host)),
      );
      return hosts.length === 0
        ? []
        : [{ from: client.name, to: name, listener: 'client', near, far, hosts }];
    });
  });
}

function isLoopbackHost(host: string): boolean {
  const address = parseIpAddress(host);
  return address === undefined ? host.toLowerCase() === 'localhost' : isLoopback(address);
}

async function result(dial: Dial, at: number): Promise<HandshakeResult> {
  const { from, to, listener } = dial;
  const refusals = await refusalsOf(dial, at);
  const distinct = new Map(refusals.map((refusal) => [`${refusal.by} ${refusal.says}`, refusal]));
  return { from, to, listener, ok: distinct.size === 0, refusals: [...distinct.values()] };
}

async function refusalsOf(dial: Dial, at: number): Promise<readonly HandshakeRefusal[]> {
  const { near, far, hosts, sources } = dial;
  const unloaded: readonly HandshakeRefusal[] = [
    ...(near.context === undefined ? [{ by: 'dialler', says: near.fault } as const] : []),
    ...(far.context === undefined ? [{ by: 'listener', says: far.fault } as const] : []),
  ];
  if (near.context === undefined || far.context === undefined) return unloaded;
  const wantsCertificate = far.side.ca !== undefined;
  const { failure, listener, dialler } = await shakeHands(near.context, far.context, wantsCertificate);
  const refusals: HandshakeRefusal[] = [];
  const refuse = (by: HandshakeRefusal['by'], ...faults: readonly (string | undefined)[]): void => {
    for (const says of faults) if (says !== undefined) refusals.push({ by, says });
  };
  if (failure !== undefined) refuse('listener', `tls: ${failure}`);
  if (listener !== undefined && dial.listener !== 'gateway') {
    refuse('dialler', ...judge(listener, far.side, near.side, 'serverAuth', at));
    refuse('dialler', ...hosts.map((host) => hostFault(listener.leaf, host)));
    refuse('dialler', allowedFault(listener.leaf, dial.allowedByDialler));
  }
  if (wantsCertificate && failure === undefined) {
    if (dialler === undefined) refuse('listener', "tls: client didn't provide a certificate");
    else {
      refuse('listener', ...judge(dialler, near.side, far.side, 'clientAuth', at));
      refuse('listener', allowedFault(dialler.leaf, dial.allowedByListener));
      if (sources !== undefined) refuse('listener', sourceFault(dialler.leaf, sources));
    }
  }
  return refusals;
}

/** What a verifier makes of a certificate: OpenSSL's word on the chain, Go's rules for the rest. */
function judge(
  { leaf, authorization }: PeerView,
  shown: TlsSide,
  verifier: TlsSide,
  usage: 'serverAuth' | 'clientAuth',
  at: number,
): readonly (string | undefined)[] {
  const authorities = certificatesIn(verifier.ca ?? '');
  const chain = chainOf(leaf, [...authorities, ...certificatesIn(shown.certificate ?? '').slice(1)]);
  const isTrusted = chain.some(({ raw }) => authorities.some((authority) => authority.raw.equals(raw)));
  if (!isTrusted) return ['x509: certificate signed by unknown authority'];
  const other =
    authorization === undefined || JUDGED_HERE.has(authorization) ? undefined : `x509: ${authorization}`;
  return [timeFault(chain, at), usageFault(chain, usage), other];
}

function clientSide(side: HandshakeSide): TlsSide {
  return {
    certificate: side.clientCertificate ?? side.certificate,
    key: side.clientKey ?? side.key,
    ca: side.ca,
  };
}

function load(side: TlsSide): Loaded {
  const { certificate, key, ca } = side;
  const plain = { certificate, key, ca };
  try {
    certificatesIn(ca ?? '');
    return { side: plain, context: loadContext(plain), fault: '' };
  } catch (error) {
    return { side: plain, context: undefined, fault: loadFault(error) };
  }
}

/** Go's words for what OpenSSL calls otherwise. */
function loadFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' || code === 'ERR_OSSL_X509_KEY_TYPE_MISMATCH')
    return 'tls: private key does not match public key';
  if (code === 'ERR_OSSL_PEM_NO_START_LINE') return 'tls: failed to find any PEM data in certificate input';
  return `tls: ${error instanceof Error ? error.message : String(error)}`;
}
