/** What stands behind the last `@` and is not in brackets, or the brackets and what follows. */
const BRACKETS = /^\[.*\]/s;
const OPTIONAL_PORT = /^(?::[0-9]*)?$/;
const ESCAPE = /%(?![0-9A-Fa-f]{2})/;
/** Of escapes only those of bytes outside of ASCII, and `%25` before a zone. */
const ESCAPED_ASCII = /%(?!25)[0-7][0-9A-Fa-f]/;
/** ASCII that may not stand in a host unescaped. */
const NO_HOST_CHARACTER = /[^A-Za-z0-9\-_.~$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u;

/**
 * Why Go's `url.Parse` refuses the authority of a URL of any scheme, in its words; undefined where it takes it (Go `net/url/url.go`,
 * parseHost, validOptionalPort, unescape).
 *
 * @internal
 */
export function goAuthorityFault(authority: string): string | undefined {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const isBracketed = host.startsWith('[');
  const [brackets] = BRACKETS.exec(host) ?? [];
  if (isBracketed && brackets === undefined) return "missing ']' in host";
  const colon = host.lastIndexOf(':');
  const port = isBracketed ? host.slice(brackets?.length) : colon < 0 ? '' : host.slice(colon);
  if (!OPTIONAL_PORT.test(port)) return `invalid port ${JSON.stringify(port)} after host`;
  const invalid = ESCAPE.exec(host) ?? (isBracketed ? null : ESCAPED_ASCII.exec(host));
  if (invalid !== null)
    return `invalid URL escape ${JSON.stringify(host.slice(invalid.index, invalid.index + 3))}`;
  const [character] = NO_HOST_CHARACTER.exec(host) ?? [];
  return character === undefined ? undefined : `invalid character ${JSON.stringify(character)} in host name`;
}
