const REPLACEMENT_CHARACTER = 0xfffd;

/**
 * UTF-8 (RFC 3629). An unpaired surrogate becomes U+FFFD, as TextEncoder has it; the lint refuses such a name before it gets here.
 * TextEncoder itself is a global of the host; what issues certificates needs nothing but the language (test/unit/crypto/injected.test.ts).
 *
 * @internal
 */
export function utf8Octets(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) {
    const code = scalarValue(character);
    if (code < 0x80) octets.push(code);
    else if (code < 0x800) octets.push(0xc0 | (code >> 6), continuation(code));
    else if (code < 0x10000) octets.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
    else
      octets.push(0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code));
  }
  return Uint8Array.from(octets);
}

function scalarValue(character: string): number {
  const code = character.codePointAt(0) ?? REPLACEMENT_CHARACTER;
  return code >= 0xd800 && code <= 0xdfff ? REPLACEMENT_CHARACTER : code;
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
