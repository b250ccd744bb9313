import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { CertificateRevocationList } from 'pkijs';
import { describe, expect, it } from 'vitest';
import {
  type BundleFile,
  type BundleState,
  generateBundle,
  parseClusterDocument,
  planRenewal,
  planReplace,
  planRevocation,
  planRotation,
  renderUpdate,
  type Update,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider, readTarball } from '../../../src/node/index.js';
import { authoritiesIn, collect, orIssues, stateOf } from '../../support/bundle-in-memory.js';
import { runs } from '../../support/long-tests.js';

const NOW = 1_800_000_000;
const DAY = 86_400;
const DOCUMENT = JSON.stringify({
  members: ['1', '2', '3'].map((number) => ({ name: `e${number}`, address: `10.0.0.${number}` })),
  clients: [{ name: 'app' }, { name: 'backup' }],
  certificates: { key: 'ecdsa-p256', validity: { leaf: '720h' }, revocation: true },
});
const SPEC = parseClusterDocument(DOCUMENT);
const common = { crypto: nodeCryptoProvider(), generator: 'test', archive: archiveBundle };

/** What an operator does, and days later. */
const move = fc.record({
  days: fc.integer({ min: 0, max: 20 }),
  what: fc.oneof(
    fc.record({ type: fc.constant('revoke' as const), index: fc.nat(40), former: fc.boolean() }),
    fc.record({ type: fc.constantFrom('renew' as const, 'renew-all' as const, 'rotate' as const) }),
    fc.record({ type: fc.constant('replace' as const), member: fc.constantFrom('e1', 'e2', 'e3') }),
  ),
});

interface Listed {
  readonly serialNumber: string;
  /** Absent where the bundle did not know it. */
  readonly notAfter?: string;
}

function planned(
  state: BundleState,
  what: typeof move extends fc.Arbitrary<infer M> ? M : never,
  now: number,
  former: readonly string[],
): Update | undefined {
  const { what: step } = what;
  return orIssues(() => {
    switch (step.type) {
      case 'revoke': {
        const ids = state.manifest.certificates.map(({ id }) => id);
        const names = step.former && former.length > 0 ? former : ids;
        return planRevocation(state, { now, certificates: [names[step.index % names.length] ?? ''] });
      }
      case 'renew':
        return planRenewal(state, { now });
      case 'renew-all':
        return planRenewal(state, { now, policy: { type: 'all' } });
      case 'rotate':
        return planRotation(state, { now });
      case 'replace':
        return planReplace(state, { members: [step.member] }, { now });
    }
  });
}

/** The folder `ca` as the phase names it, with the CA that signs under its own name. */
function signing(
  files: ReadonlyMap<string, Uint8Array>,
  { manifest }: BundleState,
  update: Update,
): ReadonlyMap<string, Uint8Array> {
  if (update.action !== 'rotate-ca' || manifest.authorities[0]?.phase !== 'trust') return files;
  return new Map(
    ['ca', 'peer-ca'].flatMap((id) =>
      ['key', 'crt'].map(
        (ending) => [`ca/${id}.${ending}`, files.get(`ca/${id}.next.${ending}`) ?? new Uint8Array()] as const,
      ),
    ),
  );
}

function isSignedBy(list: Uint8Array, certificate: Uint8Array): boolean {
  const { tbsView, signatureValue } = CertificateRevocationList.fromBER(Uint8Array.from(list).buffer);
  const key = createPublicKey(
    new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }),
  );
  return verify('sha256', tbsView, key, signatureValue.valueBlock.valueHexView);
}

describe('revocation lists', () => {
  it('have what was revoked and nothing else, lose nothing that has not ended, and are the same on every member', async () => {
    const seen = { revoked: 0, rotated: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 8 }), async (moves) => {
        let now = NOW;
        let files = await collect(generateBundle(SPEC, { ...common, now, document: DOCUMENT }));
        let state = stateOf(files, SPEC);
        const listed: Listed[] = [];
        const former: string[] = [];
        const onHosts = new Map<string, Map<string, Uint8Array>>();
        const extract = async (): Promise<void> => {
          for (const [path, bytes] of files) {
            if (!path.endsWith('.tar.gz')) continue;
            const host = onHosts.get(path) ?? new Map<string, Uint8Array>();
            onHosts.set(path, host);
            for (const entry of await readTarball(bytes, path)) host.set(`/${entry.path}`, entry.bytes);
          }
        };
        await extract();
        for (const step of moves) {
          now += step.days * DAY;
          const update = planned(state, step, now, former);
          if (update === undefined || update.changes.length === 0) continue;
          const before = state.manifest;
          const authorities = await authoritiesIn(signing(files, state, update), now);
          const authorityFiles: readonly BundleFile[] = [...files].flatMap(([path, bytes]) =>
            path.startsWith('ca/') ? [{ path, mode: 0o600, bytes }] : [],
          );
          const options = { ...common, now, authorities, authorityFiles };
          const next = await collect(renderUpdate(state, update, options));
          files = next;
          state = stateOf(files, SPEC);
          await extract();
          if (update.action === 'rotate-ca') seen.rotated += 1;
          for (const { id, serialNumber } of before.certificates)
            if (state.manifest.certificates.find((one) => one.id === id)?.serialNumber !== serialNumber)
              former.push(serialNumber);
          const added = (update.revocationLists ?? []).flatMap(({ revoked }) => revoked);
          if (update.action === 'revoke')
            for (const { serialNumber, notAfter } of added)
              if (!listed.some((one) => one.serialNumber === serialNumber)) {
                seen.revoked += 1;
                listed.push(notAfter === undefined ? { serialNumber } : { serialNumber, notAfter });
              }
          const all = new Set(
            state.manifest.authorities.flatMap(({ revocationList }) =>
              (revocationList?.revoked ?? []).map(({ serialNumber }) => serialNumber),
            ),
          );
          const known = new Set(listed.map(({ serialNumber }) => serialNumber));
          expect([...all].filter((serial) => !known.has(serial))).toEqual([]);
          const lasting = listed.filter(
            ({ notAfter }) => notAfter === undefined || Date.parse(notAfter) / 1000 >= now,
          );
          expect(lasting.filter(({ serialNumber }) => !all.has(serialNumber))).toEqual([]);
          for (const { id, revocationList, phase } of state.manifest.authorities) {
            const former = before.authorities.find((one) => one.id === id)?.revocationList;
            const isNew = update.revocationLists?.some(({ authority }) => authority === id) === true;
            expect(revocationList?.number).toBe((former?.number ?? 0) + (isNew ? 1 : 0));
            const list = Buffer.from(revocationList?.list ?? '', 'hex');
            for (const member of ['e1', 'e2', 'e3'])
              expect(
                list.equals(
                  onHosts.get(`${member}.tar.gz`)?.get(revocationList?.path ?? '') ?? list.subarray(1),
                ),
              ).toBe(true);
            const signer = files.get(`ca/${id}.crt`);
            expect([phase, signer !== undefined && isSignedBy(list, signer)]).toEqual([phase, true]);
          }
        }
      }),
      { numRuns: runs(200, 20) },
    );
    expect(seen.revoked).toBeGreaterThan(0);
    expect(seen.rotated).toBeGreaterThan(0);
  });
});
