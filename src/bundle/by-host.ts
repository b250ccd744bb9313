import { type CertificatePlan, leavesById } from '../pki/certificate-plan.js';
import type { IssuedLeaf } from '../pki/pki.js';
import { hostNamesOf } from './manifest/manifest.js';
import { leavesByHost } from './render.js';

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
  const wanted = leavesByHost([...leavesById(plans).values()], ({ holder }) => holder);
  const waiting = new Map<string, IssuedLeaf>();
  for (const host of hosts) {
    const own = wanted.get(host.name) ?? [];
    const issued: IssuedLeaf[] = [];
    while (!own.every(({ id }) => waiting.has(id))) {
      const next = await leaves.next();
      if (next.done === true) break;
      waiting.set(next.value.plan.id, next.value);
      issued.push(next.value);
    }
    yield { host, held: own.flatMap(({ id }) => waiting.get(id) ?? []), issued };
    for (const { id, holder } of own) if (hostNamesOf(holder).at(-1) === host.name) waiting.delete(id);
  }
}
