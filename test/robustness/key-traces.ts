import { createPrivateKey, type JsonWebKey } from 'node:crypto';

/** Octets of a secret number that are taken for a trace of it: 2^-96 that they stand somewhere by chance. */
const TELLING_OCTETS = 12;
/** The numbers of a JSON Web Key that are secret (RFC 7518, 6.2.2 and 6.3.2). */
const SECRET_NUMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;
const PEM_KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]+-----END \1PRIVATE KEY-----/g;

/** Every PEM private key in some bytes. */
export function privateKeysIn(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes).toString('latin1').match(PEM_KEY) ?? [];
}

/**
 * What a private key would leave behind wherever it passed: the start and the end of each secret number, raw, as hexadecimal, and as
 * Base64 at each of the three places where it may begin within a group.
 */
export function tracesOf(pem: string): readonly Buffer[] {
  const jwk: JsonWebKey = createPrivateKey(pem).export({ format: 'jwk' });
  return SECRET_NUMBERS.flatMap((name) => {
    const number = Buffer.from(jwk[name] ?? '', 'base64url');
    if (number.length === 0) return [];
    return [number.subarray(0, TELLING_OCTETS), number.subarray(-TELLING_OCTETS)].flatMap(formsOf);
  });
}

export function holdsTrace(bytes: Uint8Array, traces: readonly Buffer[]): boolean {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // PEM wraps its lines, so that a trace may stand across two of them.
  const unwrapped = Buffer.from(whole.toString('latin1').replace(/\s+/g, ''), 'latin1');
  return traces.some((trace) => whole.includes(trace) || unwrapped.includes(trace));
}

function formsOf(octets: Buffer): readonly Buffer[] {
  const hexadecimal = octets.toString('hex');
  return [
    octets,
    Buffer.from(hexadecimal),
    Buffer.from(hexadecimal.toUpperCase()),
    ...[0, 1, 2].flatMap((offset) => base64At(octets, offset)),
  ];
}

/** Without the characters at both ends that depend on the neighbours. */
function base64At(octets: Buffer, offset: number): readonly Buffer[] {
  const text = Buffer.concat([Buffer.alloc(offset), octets])
    .toString('base64')
    .replace(/=+$/, '');
  const own = text.slice(offset === 0 ? 0 : offset + 1, (offset + octets.length) % 3 === 0 ? undefined : -1);
  return [Buffer.from(own), Buffer.from(own.replaceAll('+', '-').replaceAll('/', '_'))];
}
