import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issuePki, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { runs } from '../../support/long-tests.js';
import { makeFolder, runCli } from '../../unit/cli/fake-io.js';

const NOW = 1_800_000_000;
const HOUR = 3600;
const crypto = nodeCryptoProvider();

interface Validity {
  readonly ca: number;
  readonly leaf: number;
  readonly spread: number | undefined;
}

/** When the leaves of each member end, in the order of the document, and those of all others. */
async function endsOf(
  preset: string,
  count: number,
  { ca, leaf, spread }: Validity,
): Promise<{ readonly members: readonly number[]; readonly others: readonly number[] }> {
  const spec = parseClusterSpec({
    preset,
    // Names that do not sort as they stand.
    members: Array.from({ length: count }, (_, index) => ({
      name: `m${(index * 7) % count}`,
      address: `10.0.0.${index + 1}`,
    })),
    clients: [{ name: 'backup' }],
    certificates: {
      key: 'ecdsa-p256',
      beyondAuthority: 'clamp',
      validity: { ca: `${ca}s`, leaf: `${leaf}s`, ...(spread === undefined ? {} : { spread: `${spread}s` }) },
    },
  });
  const { leaves } = await issuePki(spec, planCertificates(spec), { crypto, now: NOW, standInKeys: true });
  const held = spec.members.map(({ name }) =>
    leaves.filter(({ plan: { holder } }) => holder.type === 'members' && holder.names.includes(name)),
  );
  for (const own of held) expect(new Set(own.map(({ notAfter }) => notAfter)).size).toBe(1);
  return {
    members: held.map(([first]) => (first?.notAfter ?? Number.NaN) - NOW),
    others: leaves.filter(({ plan }) => plan.holder.type !== 'members').map(({ notAfter }) => notAfter - NOW),
  };
}

const preset = fc.constantFrom('hardened', 'kubeadm');
const count = fc.constantFrom(2, 3, 5, 8, 9);
const leaf = fc.integer({ min: 30 * HOUR, max: 90_000 * HOUR });

describe('certificates.validity.spread', () => {
  it('has the leaves of members end evenly one after the other, and those of clients with the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        preset,
        count,
        leaf,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (name, members, last, part) => {
          const spread = Math.max(members, Math.min(last - 1, Math.round(last * part)));
          const ends = await endsOf(name, members, { ca: 100_000 * HOUR, leaf: last, spread });
          expect(ends.members[0]).toBe(last - spread);
          expect(ends.members.at(-1)).toBe(last);
          expect(new Set(ends.others)).toEqual(new Set([last]));
          expectEven(ends.members);
        },
      ),
      { numRuns: runs(80) },
    );
  });

  it('counts back from the end of a CA that ends before, as long as there is time for it', async () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(preset, count, leaf, part, part, async (name, members, last, rest, spreadPart) => {
        const ca = Math.max(20 * HOUR, Math.floor(last * rest));
        const spread = Math.max(members, Math.min(last - 1, Math.round(last * spreadPart)));
        const ends = await endsOf(name, members, { ca, leaf: last, spread });
        const end = Math.min(ca, last);
        expect(ends.members.at(-1)).toBe(end);
        expect(new Set(ends.others)).toEqual(new Set([end]));
        expect(ends.members).toEqual(ends.members.toSorted((a, b) => a - b));
        expect(ends.members[0]).toBeGreaterThan(0);
        if (ca <= spread) return;
        expect(ends.members[0]).toBe(end - spread);
        expectEven(ends.members);
      }),
      { numRuns: runs(80) },
    );
  });

  it('is nothing where it is not asked for, and with one member', async () => {
    const sound = { ca: 100_000 * HOUR, leaf: 100 * HOUR };
    expect(await endsOf('hardened', 3, { ...sound, spread: undefined })).toEqual({
      members: [100 * HOUR, 100 * HOUR, 100 * HOUR],
      others: [100 * HOUR, 100 * HOUR],
    });
    expect((await endsOf('hardened', 1, { ...sound, spread: 50 * HOUR })).members).toEqual([100 * HOUR]);
  });
});

function expectEven(ends: readonly number[]): void {
  const gaps = ends.slice(1).map((end, index) => end - (ends[index] ?? Number.NaN));
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
}

it('is nothing that renewals run after, where the CA ends before', async () => {
  const cwd = makeFolder({
    'cluster.yaml': `members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]
certificates: {beyondAuthority: clamp, validity: {ca: 480h, leaf: 8760h, spread: 48h}}
`,
  });
  await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd, now: NOW });
  const { exitCode, stdout } = await runCli(['renew', 'out', '--within', '30d', '--json'], {
    cwd,
    now: NOW + 24 * HOUR,
  });
  expect([exitCode, JSON.parse(stdout).certificates]).toEqual([0, []]);
});
