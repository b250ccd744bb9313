import type { MemberSpec } from '../cluster-spec.js';
import { hostText } from '../net/host.js';

/**
 * A member's first address, as scp(1) takes it.
 *
 * @internal
 */
export function scpTarget({ addresses: [first] }: Pick<MemberSpec, 'addresses'>): string {
  return first.type === 'ip' && first.version === 6 ? `[${first.address}]` : hostText(first);
}
