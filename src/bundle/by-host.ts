import type { CertificatePlan } from '../pki/certificate-plan.js';
import type { IssuedLeaf } from '../pki/pki.js';
import { hostNamesOf } from './manifest/manifest.js';

/**
 * A host with its leaves.
 *
 * @internal
 */
export interface HostLeaves<Host> {
  readonly host: Host;
  /** All that the host holds. */
  readonly held: readonly IssuedLeaf[];
  /** Those of them that no host before it held. */
  readonly issued: readonly IssuedLeaf[];
}

/**
 * Takes leaves as they come until a host has all of its own, and forgets each with the last host that holds it.
 *
 * @param plans - of the leaves, in their order
 * @internal
 */
export async function* byHost<Host extends { readonly name: string }>(
  hosts: readonly Host[],
  plans: readonly CertificatePlan[],
  leaves: AsyncIterator<IssuedLeaf, void, undefined>,
): AsyncGenerator<HostLeaves<Host>, void, undefined> {
  const wanted = new Map<string, string[]>();
  const last = new Map<string, string>();
  for (const plan of plans) {
    if (plan.type === 'authority') continue;
    for (const name of hostNamesOf(plan.holder)) {
      wanted.set(name, [...(wanted.get(name) ?? []), plan.id]);
      last.set(plan.id, name);
    }
  }
  const waiting = new Map<string, IssuedLeaf>();
  for (const host of hosts) {
    const ids = wanted.get(host.name) ?? [];
    const issued: IssuedLeaf[] = [];
    while (!ids.every((id) => waiting.has(id))) {
      const next = await leaves.next();
      if (next.done === true) break;
      waiting.set(next.value.plan.id, next.value);
      issued.push(next.value);
    }
    yield { host, held: ids.flatMap((id) => waiting.get(id) ?? []), issued };
    for (const id of ids) if (last.get(id) === host.name) waiting.delete(id);
  }
}
