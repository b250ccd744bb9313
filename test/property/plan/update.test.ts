import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecret } from '../../../src/bundle/file-plan.js';
import { hostNamesOf } from '../../../src/bundle/manifest/manifest.js';
import { leavesByHost, planHosts, renderHost } from '../../../src/bundle/render.js';
import {
  type BundleState,
  type ClusterSpec,
  generateBundle,
  issuePki,
  type LeafPlan,
  parseClusterDocument,
  planCertificates,
  planUpdate,
  renderUpdate,
  type Update,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider, readTarball } from '../../../src/node/index.js';
import { clusterDocument } from '../../support/arbitrary-cluster.js';
import { addressLike, authoritiesIn, collect, orIssues, stateOf } from '../../support/bundle-in-memory.js';
import { makeFurtherAuthority } from '../../support/further-authority.js';
import { runs } from '../../support/long-tests.js';
import { MembershipModel } from '../../support/membership-model.js';

const NOW = 1_800_000_000;
const LATER = NOW + 60;
const crypto = nodeCryptoProvider();
const further = makeFurtherAuthority(NOW);
const common = { crypto, generator: 'test', archive: archiveBundle };

/** What an operator changes in a document: one key, or several, or everything. */
const change = fc.record(
  {
    altNames: fc.uniqueArray(fc.constantFrom('a.example.org', '192.0.2.9', '2001:db8::9'), { maxLength: 3 }),
    leaf: fc.constantFrom('1000h', '2000h'),
    key: fc.constantFrom('ecdsa-p256', 'ecdsa-p384'),
    organization: fc.constantFrom('New', 'Other'),
    clients: fc.uniqueArray(fc.constantFrom('backup', 'viewer'), { maxLength: 2 }),
    settings: fc.dictionary(
      fc.constantFrom('snapshot-count', 'max-txn-ops'),
      fc.integer({ min: 1000, max: 9000 }),
    ),
    memberAltName: fc.constantFrom('m.example.org'),
    clientPort: fc.constantFrom(2379, 4001),
    directive: fc.integer({ min: 70_000, max: 90_000 }),
    version: fc.constantFrom('3.5', '3.6', '3.7'),
    /** Beyond the numbers of arbitrary members. */
    added: fc.uniqueArray(fc.integer({ min: 251, max: 254 }), { maxLength: 3 }),
    removed: fc.array(fc.nat({ max: 4 }), { maxLength: 3 }),
    isReversed: fc.boolean(),
  },
  { requiredKeys: [] },
);
const pair = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(clusterDocument, change)
      .map(([document, drawn]) => [document, changed(document, drawn)] as const),
  },
  { weight: 1, arbitrary: fc.tuple(clusterDocument, clusterDocument) },
);

type Drawn = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function changed(document: object, drawn: Drawn): object {
  const { etcd, certificates, members, clients, ...rest } = JSON.parse(JSON.stringify(document));
  const named = members.map((member: object, index: number) =>
    index > 0 || drawn.memberAltName === undefined ? member : { ...member, altNames: [drawn.memberAltName] },
  );
  // A release is a change of its own.
  const { added = [], removed = [] } = drawn.version === undefined ? drawn : {};
  const next = [
    ...named.filter((_: object, index: number) => !removed.includes(index)),
    ...added.map((number) => ({ name: `m${number}`, address: addressLike(named[0], number) })),
  ];
  return {
    ...rest,
    members: drawn.isReversed === true ? next.reverse() : next,
    clients: drawn.clients?.map((name) => ({ name })) ?? clients,
    etcd: {
      ...etcd,
      ...(drawn.settings === undefined ? {} : { settings: drawn.settings }),
      ...(drawn.clientPort === undefined ? {} : { clientPort: drawn.clientPort }),
      ...(drawn.version === undefined ? {} : { version: drawn.version }),
    },
    certificates: {
      ...certificates,
      ...(drawn.altNames === undefined ? {} : { altNames: drawn.altNames }),
      ...(drawn.key === undefined ? {} : { key: drawn.key }),
      ...(drawn.leaf === undefined ? {} : { validity: { leaf: drawn.leaf } }),
      ...(drawn.organization === undefined ? {} : { subject: { O: drawn.organization } }),
    },
    ...(drawn.directive === undefined
      ? {}
      : { systemd: { directives: { Service: { LimitNOFILE: drawn.directive } } } }),
  };
}

/** All that a certificate says, and where it lies; what it is called is for people. */
function askedFor({ title, settings, ...plan }: LeafPlan): string {
  return JSON.stringify(plan);
}

function leavesOf(spec: ClusterSpec): ReadonlyMap<string, string> {
  return new Map(
    planCertificates(spec).flatMap((plan) =>
      plan.type === 'leaf' ? [[plan.id, askedFor(plan)] as const] : [],
    ),
  );
}

async function checkUpdate(
  before: BundleState,
  document: string,
  update: Update,
  made: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  // Members stay in the order that they came in.
  const { spec: wanted } = update;
  const [was, is] = [leavesOf(before.spec), leavesOf(wanted)];
  // Nothing is issued that nothing asks for, and nothing is missing.
  expect([...update.certificates].sort()).toEqual(
    [...is]
      .filter(([id, asked]) => was.get(id) !== asked)
      .map(([id]) => id)
      .sort(),
  );
  const authorities = await authoritiesIn(made, LATER);
  const next = await collect(
    renderUpdate(before, update, { ...common, now: LATER, authorities, authorityFiles: [] }),
  );
  const after = stateOf(next, wanted);
  expect(after.manifest).toMatchObject({ document, generation: 2, former: before.sha256 });
  expect(after.manifest.certificates.map(({ id }) => id)).toEqual([...is.keys()]);
  const serials = new Map(before.manifest.certificates.map(({ id, serialNumber }) => [id, serialNumber]));
  for (const { id, serialNumber, generation } of after.manifest.certificates) {
    const isNew = update.certificates.includes(id);
    expect([id, generation, serialNumber === serials.get(id)]).toEqual([id, isNew ? 2 : 1, !isNew]);
  }
  // Every host has what a new bundle of that document would have, but for pairs.
  const { token } = before.manifest.cluster;
  const pki = await issuePki(wanted, planCertificates(wanted), {
    crypto,
    now: LATER,
    authorities,
    trust: (await further).trust,
    kept: { token },
  });
  // What members were started with is not what the document says now.
  const bootstraps = new Map(
    after.manifest.hosts.flatMap(({ name, bootstrap }) =>
      bootstrap === undefined ? [] : [[name, bootstrap] as const],
    ),
  );
  const held = leavesByHost(pki.leaves, ({ plan }) => plan.holder);
  const fresh = planHosts(wanted, bootstraps).map((host) =>
    renderHost(host, { ...pki, leaves: held.get(host.name) ?? [] }),
  );
  expect(after.manifest.hosts.map(({ name }) => name)).toEqual(fresh.map(({ name }) => name));
  for (const [index, { name, files }] of fresh.entries()) {
    const host = after.manifest.hosts[index];
    const pairs = new Set(
      pki.leaves
        .filter(({ plan }) => hostNamesOf(plan.holder).includes(name))
        .flatMap(({ plan }) => [plan.files.certificate, plan.files.key])
        // Each signature of a list is another.
        .concat(pki.authorities.flatMap(({ plan }) => plan.revocationFile ?? [])),
    );
    const shown = (path: string, mode: number, owner: string, text: string) => [
      path,
      mode,
      owner,
      pairs.has(path) ? '' : text,
    ];
    expect(
      host?.files.map(({ path, mode, owner, text = '' }) =>
        shown(path, Number.parseInt(mode, 8), owner, text),
      ),
    ).toEqual(
      files.map(({ path, mode, owner, kind, bytes }) =>
        shown(
          `/${path}`,
          mode,
          `${owner.user}:${owner.group}`,
          isSecret(kind) ? '' : new TextDecoder().decode(bytes),
        ),
      ),
    );
    // A tarball holds what is other than before, and there is none for whom nothing is.
    const former = new Map(
      before.manifest.hosts.find((one) => one.name === name)?.files.map((file) => [file.path, file.sha256]),
    );
    const other =
      host?.files.filter(({ path, sha256 }) => former.get(path) !== sha256).map(({ path }) => path) ?? [];
    const packed = next.get(`${name}.tar.gz`);
    expect(
      packed === undefined ? [] : (await readTarball(packed, name)).map(({ path }) => `/${path}`),
    ).toEqual(other);
    expect(host?.tarball === undefined).toBe(other.length === 0);
  }
  // A second one has nothing to do.
  const again = planUpdate(after, { spec: wanted, document }, { now: LATER });
  expect({ changes: again.changes, certificates: again.certificates, steps: again.steps }).toEqual({
    changes: [],
    certificates: [],
    steps: [],
  });
}

describe('an update', () => {
  it('issues what is asked for and nothing else, leaves every host with what its document says, and comes to rest', async () => {
    const seen = { refused: 0, updated: 0, idle: 0, joined: 0 };
    await fc.assert(
      fc.asyncProperty(pair, async ([first, second]) => {
        const [before, after] = [first, second].map((document) => JSON.stringify(document));
        const spec = orIssues(() => parseClusterDocument(before ?? ''));
        const wanted = orIssues(() => parseClusterDocument(after ?? ''));
        if (spec === undefined || wanted === undefined || before === undefined || after === undefined) return;
        const made = await collect(
          generateBundle(spec, { ...common, now: NOW, document: before, trust: (await further).trust }),
        );
        const state = stateOf(made, spec);
        const update = orIssues(() => planUpdate(state, { spec: wanted, document: after }, { now: LATER }));
        if (update === undefined) seen.refused += 1;
        else if (update.changes.length === 0) {
          seen.idle += 1;
          expect(update).toMatchObject({ certificates: [], steps: [] });
        } else {
          seen.updated += 1;
          expect(update.spec.members.map(({ name }) => name).sort()).toEqual(
            wanted.members.map(({ name }) => name).sort(),
          );
          if (wanted.members.some(({ name }) => !spec.members.some((member) => member.name === name)))
            seen.joined += 1;
          await checkUpdate(state, after, update, made);
          const model = new MembershipModel(state.spec, update);
          for (const step of update.steps) model.run(step);
          expect(model.voters).toEqual(update.spec.members.map(({ name }) => name));
        }
      }),
      { numRuns: runs(300, 60) },
    );
    // What is drawn changes with the tables of settings.
    expect(seen.updated).toBeGreaterThan(seen.refused / 2);
    expect(seen.joined).toBeGreaterThan(0);
  });
});
