/** A way to write octets, or a text, as a text. */
export interface Encoder {
  readonly name: string;
  /** Some only respell texts. */
  readonly takes: 'octets' | 'text';
  readonly put: (octets: Buffer) => string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const RFC1924 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
const ASCII85 = Array.from({ length: 85 }, (_, value) => String.fromCharCode(0x21 + value)).join('');

const inPieces = (text: string, width: number): readonly string[] =>
  text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? [];
const lines = (octets: Buffer, width: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(octets.length / width) }, (_, index) =>
    octets.subarray(index * width, (index + 1) * width),
  );
const each = (octets: Iterable<number>, put: (octet: number) => string, between = ''): string =>
  Array.from(octets, put).join(between);
const shown = (octets: Buffer): string =>
  each(octets, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'));
const octal = (number: number, width: number): string => number.toString(8).padStart(width, '0');
const word = (line: Buffer, at: number): number => (line[at] ?? 0) + 256 * (line[at + 1] ?? 0);
const words = (line: Buffer, put: (number: number) => string): string =>
  Array.from({ length: Math.ceil(line.length / 2) }, (_, index) => put(word(line, 2 * index))).join(' ');

/** The encoders of every shell, language and mail that keys are met in, each as its own program writes them. */
export const encoders: readonly Encoder[] = [
  octets('Base64', (data) => data.toString('base64')),
  octets('Base64url', (data) => data.toString('base64url')),
  octets('Base64 in lines', (data) => inPieces(data.toString('base64'), 76).join('\n')),
  octets('Base32', base32),
  octets('Base32 in lines', (data) => inPieces(base32(data), 64).join('\n')),
  octets('Base32, small letters', (data) => base32(data).toLowerCase()),
  octets('Ascii85', (data) => `<~${base85(data, ASCII85)}~>`),
  octets('Ascii85 in lines', (data) => inPieces(base85(data, ASCII85), 72).join('\n')),
  octets('Base85', (data) => base85(data, RFC1924)),
  octets('Z85', (data) => base85(data, Z85)),
  octets('uuencode', (data) => `begin 644 key\n${lines(data, 45).map(uuLine).join('\n')}\n\`\nend\n`),
  octets('hexadecimal', (data) => data.toString('hex')),
  octets('xxd', (data) =>
    dump(
      16,
      data,
      (line, at) => `${hex(at, 8)}: ${inPieces(line.toString('hex'), 4).join(' ').padEnd(41)}${shown(line)}`,
    ),
  ),
  octets('hexdump -C', (data) =>
    dump(
      16,
      data,
      (line, at) =>
        `${hex(at, 8)}  ${each(line.subarray(0, 8), (octet) => hex(octet, 2), ' ')}  ${each(line.subarray(8), (octet) => hex(octet, 2), ' ')}  |${shown(line)}|`,
    ),
  ),
  octets('hexdump', (data) =>
    dump(16, data, (line, at) => `${hex(at, 7)} ${words(line, (number) => hex(number, 4))}`),
  ),
  octets('od', (data) =>
    dump(16, data, (line, at) => `${octal(at, 7)} ${words(line, (number) => octal(number, 6))}`),
  ),
  octets('od -b', (data) =>
    dump(16, data, (line, at) => `${octal(at, 7)} ${each(line, (octet) => octal(octet, 3), ' ')}`),
  ),
  octets('od -x', (data) =>
    dump(16, data, (line, at) => `${octal(at, 7)} ${words(line, (number) => hex(number, 4))}`),
  ),
  octets('decimal octets', (data) => JSON.stringify([...data])),
  octets(
    'signed octets',
    (data) => `[${each(data, (octet) => String(octet > 127 ? octet - 256 : octet), ', ')}]`,
  ),
  octets('a Buffer in JSON', (data) => JSON.stringify(data)),
  octets('a typed array in JSON', (data) => JSON.stringify(new Uint8Array(data))),
  octets('octal escapes', (data) => each(data, (octet) => `\\${octal(octet, 3)}`)),
  octets('hexadecimal escapes', (data) => each(data, (octet) => `\\x${hex(octet, 2)}`)),
  octets('percent-encoding', (data) => each(data, (octet) => `%${hex(octet, 2).toUpperCase()}`)),
  text('quoted-printable', quotedPrintable),
  text('quoted-printable, every letter', (given) => each(Buffer.from(given), quoted)),
  text('full-width letters', (given) =>
    given.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  ),
  text('terminal sequences between pieces', (given) =>
    inPieces(given, 8)
      .map((piece, index) => `\u001b[${31 + (index % 7)};1m${piece}`)
      .join('\u001b[0m'),
  ),
  text('terminal sequences as escapes', (given) => inPieces(given, 8).join('\\u001b[0m')),
  text('UTF-16', (given) => each(Buffer.from(given, 'utf16le'), (octet) => String.fromCharCode(octet))),
  text('character references', (given) => each(Buffer.from(given), (octet) => `&#${octet};`)),
  text('a string of JSON', (given) => JSON.stringify(given)),
];

function octets(name: string, put: Encoder['put']): Encoder {
  return { name, takes: 'octets', put };
}

function text(name: string, put: (given: string) => string): Encoder {
  return { name, takes: 'text', put: (data) => put(data.toString()) };
}

function hex(number: number, width: number): string {
  return number.toString(16).padStart(width, '0');
}

function dump(width: number, data: Buffer, put: (line: Buffer, at: number) => string): string {
  const rows = lines(data, width).map((line, index) => put(line, index * width));
  return rows.join('\n');
}

function base32(data: Buffer): string {
  const bits = each(data, (octet) => octet.toString(2).padStart(8, '0'));
  return each(
    inPieces(bits, 5).map((piece) => Number.parseInt(piece.padEnd(5, '0'), 2)),
    (value) => BASE32.charAt(value),
  );
}

/** Adobe's short form of a group of zeros belongs to its own alphabet. */
function base85(data: Buffer, alphabet: string): string {
  return lines(data, 4)
    .map((group) => {
      let number = Buffer.concat([group, Buffer.alloc(4 - group.length)]).readUInt32BE();
      if (number === 0 && group.length === 4 && alphabet === ASCII85) return 'z';
      let digits = '';
      for (let index = 0; index < 5; index += 1) {
        digits = alphabet.charAt(number % 85) + digits;
        number = Math.floor(number / 85);
      }
      return digits.slice(0, group.length + 1);
    })
    .join('');
}

function uuLine(line: Buffer): string {
  const letter = (value: number): string => (value === 0 ? '`' : String.fromCharCode(0x20 + value));
  const groups = lines(line, 3).map((group) => {
    const number = Buffer.concat([Buffer.alloc(1), group, Buffer.alloc(3 - group.length)]).readUInt32BE();
    return [18, 12, 6, 0].map((shift) => letter((number >> shift) & 0x3f)).join('');
  });
  return `${letter(line.length)}${groups.join('')}`;
}

function quoted(octet: number): string {
  return `=${hex(octet, 2).toUpperCase()}`;
}

function quotedPrintable(given: string): string {
  const escaped = (piece: string): string =>
    each(Buffer.from(piece), (octet) =>
      octet >= 0x20 && octet < 0x7f && octet !== 0x3d ? String.fromCharCode(octet) : quoted(octet),
    );
  return given
    .split('\n')
    .map((line) => inPieces(line, 20).map(escaped).join('=\n'))
    .join('\n');
}
