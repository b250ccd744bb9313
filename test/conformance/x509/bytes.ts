/** Octets, or a list of them to be put one behind the other. */
export type Part = Uint8Array | readonly Part[];

export function join(...parts: readonly Part[]): Buffer {
  return Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : join(...part))));
}

/** Identifier, shortest length, contents: DER, or whatever the contents are. */
export function tlv(identifier: number, ...contents: readonly Part[]): Buffer {
  const content = join(...contents);
  return join(Buffer.from([identifier]), lengthOctets(content.length), content);
}

/** The length in more octets than it takes, which BER allows and DER does not (X.690, 10.1). */
export function longLength(identifier: number, ...contents: readonly Part[]): Buffer {
  const content = join(...contents);
  return join(Buffer.from([identifier, 0x84]), numberOctets(content.length, 4), content);
}

/** The length left open, up to two zero octets (X.690, 8.1.3.6). */
export function indefinite(identifier: number, ...contents: readonly Part[]): Buffer {
  return join(Buffer.from([identifier, 0x80]), ...contents, Buffer.from([0, 0]));
}

export function sequence(...members: readonly Part[]): Buffer {
  return tlv(0x30, ...members);
}

export function set(...members: readonly Part[]): Buffer {
  return tlv(0x31, ...members);
}

/** Content octets as they are given. */
export function integer(...octets: readonly number[]): Buffer {
  return tlv(0x02, Buffer.from(octets));
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

export function bitString(content: Part, unused = 0): Buffer {
  return tlv(0x03, Buffer.from([unused]), content);
}

export function octetString(...content: readonly Part[]): Buffer {
  return tlv(0x04, ...content);
}

export function text(identifier: number, value: string, encoding: BufferEncoding = 'utf8'): Buffer {
  return tlv(identifier, Buffer.from(value, encoding));
}

/** PEM with lines of 64 characters. */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

export const NULL: Buffer = Buffer.from([0x05, 0x00]);
export const TRUE: Buffer = Buffer.from([0x01, 0x01, 0xff]);
export const FALSE: Buffer = Buffer.from([0x01, 0x01, 0x00]);

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const count = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  return join(Buffer.from([0x80 | count]), numberOctets(length, count));
}

function numberOctets(value: number, count: number): Buffer {
  const octets = Buffer.alloc(count);
  octets.writeUIntBE(value, 0, count);
  return octets;
}

function base128(arc: number): readonly number[] {
  const octets = [arc & 0x7f];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    octets.unshift(0x80 | (rest & 0x7f));
  return octets;
}
