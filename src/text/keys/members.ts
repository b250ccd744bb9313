/**
 * A secret number that its name tells.
 *
 * @internal
 */
export interface SecretMember {
  readonly from: number;
  readonly to: number;
}

/** RFC 7518, 6.2.2, 6.3.2 and 6.4: JSON Web Keys, in any notation that has names and values. `k` is that of a symmetric key. */
const WEB_KEY = /(?<![\w-])(?:dp|dq|qi|[dpqk])["'`]{0,2}\s{0,3}[:=]\s{0,3}["'`]{0,2}([\w+/-]{8,})/g;
/** .NET's RSAKeyValue: `<D>…</D>`. */
const XML_KEY = /<(?:D|P|Q|DP|DQ|InverseQ)>\s{0,3}([\w+/]{8,})/g;
/** What `openssl pkey -text` prints. */
const OPENSSL_TEXT =
  /\b(?:priv|privateExponent|prime1|prime2|exponent1|exponent2|coefficient|private-key)[ \t]{0,8}:[\s#]{0,40}((?:[\da-fA-F]{2}:){8})/g;
/** Base64url of the smallest curve's secret in use; what is shorter counts only beside a key's other members. */
const LONG = 40;
const BESIDE = 1024;
const OTHER_MEMBERS = /(?<![\w-])(?:kty|crv|Modulus|RSAKeyValue)(?![\w-])/g;

/** @internal */
export function secretMembers(text: string): readonly SecretMember[] {
  const others = [...text.matchAll(OTHER_MEMBERS)].map(({ index }) => index);
  const named = [WEB_KEY, XML_KEY].flatMap((pattern) => {
    let next = 0;
    return [...text.matchAll(pattern)].filter(({ 1: value = '', index }) => {
      while ((others[next] ?? Number.POSITIVE_INFINITY) < index - BESIDE) next += 1;
      const other = others[next] ?? Number.POSITIVE_INFINITY;
      return isMixed(value) && (value.length >= LONG || other <= index + BESIDE);
    });
  });
  return [...named, ...text.matchAll(OPENSSL_TEXT)].map(({ 0: whole, 1: value = '', index }) => {
    const from = index + whole.length - value.length;
    return { from, to: from + value.length };
  });
}

/** Neither a word nor a digest in hexadecimal. */
function isMixed(value: string): boolean {
  return /[A-Z]/.test(value) && /[a-z]/.test(value);
}
