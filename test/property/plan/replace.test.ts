import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BundleState,
  generateBundle,
  hostText,
  parseClusterDocument,
  planReplace,
  planUpdate,
  renderUpdate,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider } from '../../../src/node/index.js';
import { clusterDocument } from '../../support/arbitrary-cluster.js';
import { addressLike, authoritiesIn, collect, orIssues, stateOf } from '../../support/bundle-in-memory.js';
import { makeFurtherAuthority } from '../../support/further-authority.js';
import { runs } from '../../support/long-tests.js';
import { MembershipModel } from '../../support/membership-model.js';

const NOW = 1_800_000_000;
const LATER = NOW + 60;
const common = { crypto: nodeCryptoProvider(), generator: 'test', archive: archiveBundle };
const further = makeFurtherAuthority(NOW);
const drawn = fc.record({
  document: clusterDocument,
  lost: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 3 }),
  moved: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
});

/** Beyond the numbers of arbitrary members. */
const ELSEWHERE = 240;

function lostOf(
  { spec: { members } }: BundleState,
  { lost, moved }: { readonly lost: readonly number[]; readonly moved: readonly number[] },
) {
  const named = (places: readonly number[]) =>
    new Set(places.flatMap((place) => members[place % members.length]?.name ?? []));
  const names = [...named(lost)];
  const isMoved = named(moved);
  const addresses = members.flatMap(({ name, addresses: [first] }, index) =>
    names.includes(name) && isMoved.has(name)
      ? [[name, [String(addressLike({ address: hostText(first) }, ELSEWHERE + index))]] as const]
      : [],
  );
  return { members: names, addresses: Object.fromEntries(addresses) };
}

describe('a replacement', () => {
  it('leaves a majority that votes and runs after each command, brings everybody back, and changes nothing for the others', async () => {
    const seen = { refused: 0, replaced: 0, moved: 0 };
    await fc.assert(
      fc.asyncProperty(drawn, async ({ document: data, ...places }) => {
        const document = JSON.stringify(data);
        const spec = orIssues(() => parseClusterDocument(document));
        if (spec === undefined) return;
        const { trust } = await further;
        const made = await collect(generateBundle(spec, { ...common, now: NOW, document, trust }));
        const state = stateOf(made, spec);
        const lost = lostOf(state, places);
        const update = orIssues(() => planReplace(state, lost, { now: LATER }));
        const isMajority = (spec.members.length - lost.members.length) * 2 > spec.members.length;
        if (update === undefined) {
          seen.refused += 1;
          return;
        }
        expect(isMajority).toBe(true);
        seen.replaced += 1;
        if (Object.keys(lost.addresses).length > 0) seen.moved += 1;
        const model = new MembershipModel(state.spec, update, lost.members);
        for (const step of update.steps) model.run(step);
        expect([...model.voters].sort()).toEqual(spec.members.map(({ name }) => name).sort());
        const authorities = await authoritiesIn(made, LATER);
        const next = await collect(
          renderUpdate(state, update, { ...common, now: LATER, authorities, authorityFiles: [] }),
        );
        const after = stateOf(next, update.spec);
        const isShared = spec.certificates.tls === 'shared';
        for (const [index, { name, kind, tarball }] of after.manifest.hosts.entries()) {
          expect(name).toBe(state.manifest.hosts[index]?.name);
          if (lost.members.includes(name)) expect(tarball).toBeDefined();
          else if (kind === 'member' && !isShared) expect(tarball).toBeUndefined();
        }
        const again = planUpdate(after, { spec: update.spec, document: update.document }, { now: LATER });
        expect(again.changes).toEqual([]);
      }),
      { numRuns: runs(300, 30) },
    );
    expect(seen.replaced).toBeGreaterThan(seen.refused / 10);
    expect(seen.moved).toBeGreaterThan(0);
  });
});
