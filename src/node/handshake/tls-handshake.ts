import { createPrivateKey } from 'node:crypto';
import { connect, createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Pair } from '../../host/pair.js';
import { encodePem } from '../../x509/pem.js';
import { duplexPair } from './duplex-pair.js';

const LONGEST_HANDSHAKE = 5_000;

/**
 * Loads a pair as a TLS library does.
 *
 * @param pair - undefined for a client that has none
 * @returns undefined where OpenSSL does not read what Go does
 * @internal
 */
export function loadContext(pair: Pair | undefined): SecureContext | undefined {
  try {
    return createSecureContext({
      ...(pair === undefined ? {} : pemOf(pair)),
      // Nobody is verified here; without CAs OpenSSL would load the public ones.
      ca: [],
      // Go has no levels of security; what it calls too weak, the rules find.
      ciphers: 'DEFAULT:@SECLEVEL=0',
      minVersion: 'TLSv1.2',
    });
  } catch {
    return undefined;
  }
}

/**
 * One handshake between two sides, in memory and without a socket: whether keys, signatures and versions come together. Neither side
 * verifies the other: Go's rules differ from OpenSSL's, and are kept elsewhere.
 *
 * @returns why there was none
 * @internal
 */
export function shakeHands(
  dialler: SecureContext,
  listener: SecureContext,
  certificate: { readonly isWanted: boolean; readonly isThere: boolean },
): Promise<string | undefined> {
  const [near, far] = duplexPair();
  return new Promise((resolve) => {
    const server = new TLSSocket(far, {
      isServer: true,
      secureContext: listener,
      requestCert: certificate.isWanted,
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
      for (const stream of [client, server, near, far]) stream.destroy();
      resolve(failure);
    };
    const timer = setTimeout(() => finish('the handshake does not end'), LONGEST_HANDSHAKE);
    const count = (): void => {
      ready += 1;
      if (ready < 2) return;
      // OpenSSL keeps back a certificate that the listener could do nothing with.
      const isMissing = certificate.isWanted && certificate.isThere && !hasPeer(server);
      finish(isMissing ? 'the dialler has no certificate that the listener supports' : undefined);
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

/** Written anew: in how PEM may look, OpenSSL and Go differ. */
function pemOf({ certificate, key }: Pair): { readonly cert: string; readonly key: string } {
  const chain = certificate.blocks.filter(({ type }) => type === 'CERTIFICATE');
  const block = key.blocks.find(({ type }) => type.endsWith('PRIVATE KEY'));
  return {
    cert: chain.map(({ bytes }) => encodePem('CERTIFICATE', bytes)).join(''),
    key: privateKey(block?.bytes ?? new Uint8Array()),
  };
}

/** In the order of Go's `crypto/tls`, parsePrivateKey. */
function privateKey(bytes: Uint8Array): string {
  for (const type of ['pkcs1', 'pkcs8', 'sec1'] as const) {
    try {
      const key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type });
      return key.export({ format: 'pem', type: 'pkcs8' }).toString();
    } catch {
      // The next form may fit.
    }
  }
  throw new Error('It is a private key in no form.');
}

function hasPeer(socket: TLSSocket): boolean {
  return socket.getPeerX509Certificate() !== undefined;
}
