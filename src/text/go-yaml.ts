import { Document, isScalar, Scalar, visit } from 'yaml';

/** What a reader of YAML 1.1 takes for a line break, or refuses, unless it is escaped (YAML 1.1, 4.1.1 and 5.4). */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;
/** Numbers to Go's reader, which drops every underscore before it looks and knows Go's prefixes (gopkg.in/yaml.v2 `resolve.go`). */
const NUMBER = /^[-+]?(?:0[box][\da-f]*|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?)$/i;
const UNESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Writes an object for etcd, kubeadm and the kubelet, and as they write their own: their reader follows YAML 1.1, in which `on`,
 * `no` and `12:30` are not strings, with Go's idea of a number; lists are not indented below their key.
 *
 * @internal
 */
export function renderGoYaml(object: object): string {
  const document = new Document(object, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      if (isScalar(scalar) && typeof scalar.value === 'string' && needsQuotes(scalar.value))
        scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document
    .toString({ lineWidth: 0, indentSeq: false, doubleQuotedAsJSON: true })
    .replace(UNESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function needsQuotes(text: string): boolean {
  return UNPRINTABLE.test(text) || NUMBER.test(text.replaceAll('_', ''));
}
