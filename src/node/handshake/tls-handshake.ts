import type { X509Certificate } from 'node:crypto';
import { connect, createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { duplexPair } from './duplex-pair.js';

/** @internal */
export interface TlsSide {
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly ca?: string | undefined;
}

/**
 * What both sides saw of each other.
 *
 * @internal
 */
export interface TlsOutcome {
  /** Why there was no handshake. */
  readonly failure: string | undefined;
  /** The certificates that the dialler was shown, the leaf first, and what OpenSSL thinks of them. */
  readonly listener: PeerView | undefined;
  readonly dialler: PeerView | undefined;
}

/** @internal */
export interface PeerView {
  readonly leaf: X509Certificate;
  /** OpenSSL's code, such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE`; undefined where it agrees. */
  readonly authorization: string | undefined;
}

const LONGEST_HANDSHAKE = 5_000;

/**
 * Loads a pair and CAs as a TLS library does.
 *
 * @throws Error where the key does not fit, or a file cannot be read
 * @internal
 */
export function loadContext({ certificate, key, ca }: TlsSide): SecureContext {
  return createSecureContext({
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    // Without CAs OpenSSL would take the public ones.
    ca: ca ?? [],
    // Go trusts every certificate of the CA file, whether or not it is self-signed.
    allowPartialTrustChain: true,
    minVersion: 'TLSv1.2',
  });
}

/**
 * One handshake between two sides, in memory and without a socket. Neither side breaks it off, so that each is seen by the other.
 *
 * @internal
 */
export function shakeHands(
  dialler: SecureContext,
  listener: SecureContext,
  wantsCertificate: boolean,
): Promise<TlsOutcome> {
  const [near, far] = duplexPair();
  return new Promise((resolve) => {
    const server = new TLSSocket(far, {
      isServer: true,
      secureContext: listener,
      requestCert: wantsCertificate,
      rejectUnauthorized: false,
    });
    const client = connect({
      socket: near,
      secureContext: dialler,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    let ready = 0;
    const finish = (failure: string | undefined): void => {
      clearTimeout(timer);
      const outcome = { failure, listener: viewOf(client), dialler: viewOf(server) };
      for (const stream of [client, server, near, far]) stream.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => finish('the handshake does not end'), LONGEST_HANDSHAKE);
    const count = (): void => {
      ready += 1;
      if (ready === 2) finish(undefined);
    };
    for (const socket of [client, server]) {
      socket.on('error', (error: Error) => finish(error.message));
      // Where one side hangs up.
      socket.on('close', () => finish('the connection was closed'));
    }
    client.once('secureConnect', count);
    server.once('secure', count);
  });
}

function viewOf(socket: TLSSocket): PeerView | undefined {
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return undefined;
  const { authorizationError } = socket;
  const code: unknown = authorizationError;
  return { leaf, authorization: code === null || code === undefined ? undefined : codeOf(code) };
}

/** Node's types say Error, Node gives the code. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
