import { contextTag, DerFault, derReader, isNegative, readInteger, TAG } from './der-reader.js';

/**
 * Certificate policies (RFC 5280, 4.2.1.4), each once.
 *
 * @returns their identifiers, one character an octet
 * @internal
 */
export function readPolicies(value: Uint8Array): readonly string[] {
  const says = 'x509: invalid certificate policies';
  const list = derReader(value).enter(TAG.sequence, says);
  const policies = new Set<string>();
  while (!list.isEmpty()) {
    const octets = list.enter(TAG.sequence, says).content(TAG.objectIdentifier, says);
    const text = octets.join('.');
    // An identifier ends where an octet says that it does (Go `crypto/x509/oid.go`, newOIDFromDER).
    if (policies.has(text) || octets.length === 0 || (octets.at(-1) ?? 0) >= 0x80 || hasPadding(octets))
      throw new DerFault(says);
    policies.add(text);
  }
  return [...policies];
}

/**
 * Policy constraints (RFC 5280, 4.2.1.11).
 *
 * @returns whether paths through this certificate need a policy
 * @internal
 */
export function readPolicyConstraints(value: Uint8Array): boolean {
  const says = 'x509: invalid policy constraints extension';
  const fields = derReader(value).enter(TAG.sequence, says);
  const [requires] = [0, 1].map((number) => {
    const tag = contextTag(number, 'primitive');
    if (!fields.peek(tag)) return false;
    const octets = readInteger(fields, says, tag);
    if (octets.length > 8) throw new DerFault(says);
    return !isNegative(octets);
  });
  return requires ?? false;
}

/** @internal */
export function checkPolicyMappings(value: Uint8Array): void {
  const says = 'x509: invalid policy mappings extension';
  const list = derReader(value).enter(TAG.sequence, says);
  while (!list.isEmpty()) {
    const mapping = list.enter(TAG.sequence, says);
    mapping.content(TAG.objectIdentifier, says);
    mapping.content(TAG.objectIdentifier, says);
  }
}

function hasPadding(octets: Uint8Array): boolean {
  return octets.some((octet, index) => octet === 0x80 && (index === 0 || (octets[index - 1] ?? 0) < 0x80));
}
