import type { SecureContext } from 'node:tls';
import type { Pair } from '../../host/pair.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import type { DialFault } from '../../verify/dials/dial-faults.js';
import type { Finding } from '../../verify/finding.js';
import { type HandshakeDial, handshakeDials } from './dials.js';
import type { HandshakeResult } from './handshake-result.js';
import { loadContext, shakeHands } from './tls-handshake.js';

/** @internal */
export interface HandshakeMatrix {
  readonly results: readonly HandshakeResult[];
  /** Handshakes that fail although every rule lets them through. */
  readonly findings: readonly Finding[];
}

/**
 * Lets every member and every client shake hands with every member that it dials, for real and in memory: each member's peer pair with
 * each other member's, each client with each member's client listener, and each member's gRPC gateway with its own. OpenSSL does the
 * handshake; whether the two accept each other, the same judges tell that the rules have.
 *
 * @returns peers first, each dialler with each listener; nothing where a listener speaks plain HTTP
 * @internal
 */
export async function handshakeMatrix(view: ClusterView): Promise<HandshakeMatrix> {
  const contexts = new Map<Pair | undefined, SecureContext | undefined>();
  const contextOf = (pair: Pair | undefined): SecureContext | undefined => {
    if (!contexts.has(pair)) contexts.set(pair, loadContext(pair));
    return contexts.get(pair);
  };
  const results: HandshakeResult[] = [];
  const findings: Finding[] = [];
  const untried = new Set<Pair>();
  for (const dial of handshakeDials(view)) {
    const { from, to, listener, faults, near, far } = dial;
    for (const [label, pair] of [
      [from, near],
      [to, far],
    ] as const) {
      if (pair?.key.file?.withheld === undefined || untried.has(pair)) continue;
      untried.add(pair);
      findings.push(notAtHand(label, pair));
    }
    const failure = await tryHandshake(dial, contextOf);
    if (failure !== undefined && faults.length === 0) findings.push(unexplained(dial, failure.says));
    const refusals = distinct(failure === undefined ? faults : [...faults, failure]);
    results.push({ from, to, listener, ok: refusals.length === 0, refusals });
  }
  return { results, findings };
}

/** What does not load is not tried. */
async function tryHandshake(
  { near, far, wantsCertificate }: HandshakeDial,
  contextOf: (pair: Pair | undefined) => SecureContext | undefined,
): Promise<DialFault | undefined> {
  if (far === undefined || far.fault !== undefined || near?.fault !== undefined) return undefined;
  if (far.key.file?.withheld !== undefined || near?.key.file?.withheld !== undefined) return undefined;
  const [dialler, listener] = [contextOf(near), contextOf(far)];
  if (dialler === undefined || listener === undefined) return undefined;
  const says = await shakeHands(dialler, listener, {
    isWanted: wantsCertificate,
    isThere: near !== undefined,
  });
  return says === undefined ? undefined : { by: 'listener', says: `tls: ${says}` };
}

function unexplained({ from, to, listener, far }: HandshakeDial, says: string): Finding {
  return {
    rule: 'handshake',
    level: 'error',
    member: to,
    path: far?.certificate.path ?? '',
    message: `The TLS handshake of ${from} with the ${listener} listener of ${to} fails, although each certificate by itself is sound.`,
    cure: 'Issue both pairs with a key that both sides support, such as ECDSA P-256.',
    etcdSays: says,
    source: 'RFC 8446, 4.4; RFC 5246, 7.4',
  };
}

function notAtHand(member: string, { key }: Pair): Finding {
  return {
    rule: 'handshake',
    level: 'notice',
    member,
    path: key.path,
    message: 'The key is in no tarball that was named, so that no handshake was tried with it.',
    cure: 'Name the former generations too.',
    etcdSays: '',
    source: 'bundle.json, hosts[].files[].inTarball',
  };
}

function distinct(faults: readonly DialFault[]): readonly DialFault[] {
  return [...new Map(faults.map((fault) => [`${fault.by} ${fault.says}`, fault])).values()];
}
