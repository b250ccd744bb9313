import { authorityFiles, type BundleFile, type GenerateOptions, textFile } from '../bundle/generate.js';
import { describeAuthorityCertificate } from '../bundle/manifest/describe.js';
import type {
  Manifest,
  ManifestAuthority,
  ManifestAuthorityCertificate,
} from '../bundle/manifest/manifest.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { type AuthorityPlan, leavesById } from '../pki/certificate-plan.js';
import type { IssuedAuthority } from '../pki/pki.js';
import { makesAuthority, type RotationMove, rotationMove, secondSuffix } from './rotation.js';
import { authorityText } from './stand-in-pki.js';
import type { Update } from './update.js';

/**
 * CAs whose certificates or keys an update takes: those that sign pairs or lists, and those of which hosts get a file.
 *
 * @internal
 */
export function neededAuthorities({
  certificates,
  hosts,
  plans,
  revocationLists = [],
}: Update): ReadonlySet<AuthorityPlan['id']> {
  const leaves = leavesById(plans);
  const signing = certificates.flatMap((id) => leaves.get(id)?.authority ?? []);
  const placed = hosts.flatMap(({ files }) =>
    files.flatMap((file) => (file.type === 'authority' ? [file.authority] : [])),
  );
  return new Set([...signing, ...revocationLists.map(({ authority }) => authority), ...placed]);
}

/**
 * A CA that a generation brings to another phase.
 *
 * @internal
 */
export interface RotatedAuthority {
  readonly id: AuthorityPlan['id'];
  readonly move: RotationMove;
}

/** @internal */
export function rotatedIn({ authorities }: Manifest, { rotation }: Update): readonly RotatedAuthority[] {
  if (rotation === undefined) return [];
  return rotation.ids.flatMap((id): readonly RotatedAuthority[] => {
    const phase = authorities.find((authority) => authority.id === id)?.phase;
    const move = phase === undefined ? undefined : rotationMove(phase, rotation.direction);
    return move === undefined ? [] : [{ id, move }];
  });
}

/**
 * Ids of the CAs that a generation makes, keys and all.
 *
 * @internal
 */
export function madeIn(manifest: Manifest, update: Update): ReadonlySet<AuthorityPlan['id']> {
  return new Set(rotatedIn(manifest, update).flatMap(({ id, move }) => (makesAuthority(move) ? [id] : [])));
}

/**
 * Whose key signs or is placed: its name in `ca/`, and the certificate that goes with it.
 *
 * @internal
 */
export function signingAuthority(
  { certificates, phase, id }: ManifestAuthority,
  move: RotationMove | undefined,
): { readonly name: string; readonly certificate: ManifestAuthorityCertificate | undefined } {
  const suffix = secondSuffix(phase);
  return move?.pairs === undefined || suffix === undefined
    ? { name: id, certificate: certificates[0] }
    : { name: `${id}.${suffix}`, certificate: certificates[1] };
}

/**
 * The folder `ca` of the next generation: each pair under the name that it has from now on.
 *
 * @param made - CAs that this generation makes, by their ids
 * @internal
 */
export async function rotatedFiles(
  files: readonly BundleFile[],
  rotated: readonly RotatedAuthority[],
  made: readonly IssuedAuthority[],
  options: Pick<GenerateOptions, 'sealAuthorityKey'>,
): Promise<readonly BundleFile[]> {
  const paths = new Map<string, string | undefined>(
    rotated.flatMap((one) =>
      [...renamed(one)].flatMap(([name, other]) =>
        ['key', 'crt'].map(
          (ending) =>
            [`ca/${name}.${ending}`, other === undefined ? undefined : `ca/${other}.${ending}`] as const,
        ),
      ),
    ),
  );
  const passed = files.flatMap((file): readonly BundleFile[] => {
    if (!paths.has(file.path)) return [file];
    const path = paths.get(file.path);
    return path === undefined ? [] : [{ ...file, path }];
  });
  const fresh: BundleFile[] = [];
  for (const { id, move } of rotated) {
    const authority = makesAuthority(move) ? made.find(({ plan }) => plan.id === id) : undefined;
    if (authority === undefined) continue;
    const suffix = secondSuffix(move.to);
    const files = authorityFiles([authority], options, suffix === undefined ? '' : `.${suffix}`);
    for await (const file of files) fresh.push(file);
  }
  return [...passed, ...fresh];
}

/**
 * The folder `ca` with the later certificates of CAs; their keys stay.
 *
 * @internal
 */
export function extendedFiles(
  files: readonly BundleFile[],
  extended: readonly IssuedAuthority[],
): readonly BundleFile[] {
  const later = new Map(
    extended.map(({ plan, certificate }) => [
      `ca/${plan.id}.crt`,
      textFile(`ca/${plan.id}.crt`, certificate),
    ]),
  );
  return files.map((file) => later.get(file.path) ?? file);
}

/** Undefined: it goes. */
function renamed({
  id,
  move: { from, to, gate },
}: RotatedAuthority): ReadonlyMap<string, string | undefined> {
  const [next, former] = [`${id}.next`, `${id}.former`];
  if (gate === 'none') return new Map([id, next, former].map((name) => [name, undefined]));
  if (from === 'trust')
    return new Map(
      to === 'reissue'
        ? [
            [id, former],
            [next, id],
          ]
        : [[next, undefined]],
    );
  if (from === 'reissue')
    return new Map(
      to === 'trust'
        ? [
            [id, next],
            [former, id],
          ]
        : [[former, undefined]],
    );
  return new Map();
}

/**
 * What the manifest says of the CAs from now on.
 *
 * @param made - those that this generation needs, the new ones among them
 * @param extended - ids of those that get a later end
 * @internal
 */
export async function rotatedAuthorities(
  manifest: Manifest,
  rotated: readonly RotatedAuthority[],
  made: readonly IssuedAuthority[],
  extended: ReadonlySet<string>,
  { generation, digest }: { readonly generation: number; readonly digest: CryptoProvider['digest'] },
): Promise<readonly ManifestAuthority[]> {
  return Promise.all(
    manifest.authorities.map(async (authority): Promise<ManifestAuthority> => {
      const move = rotated.find(({ id }) => id === authority.id)?.move;
      const own = made.find(({ plan }) => plan.id === authority.id);
      if (own !== undefined && extended.has(authority.id)) {
        const certificate = await describeAuthorityCertificate(own, digest, generation);
        return { ...authority, certificates: [certificate, ...authority.certificates] };
      }
      if (move === undefined) return authority;
      const issued = makesAuthority(move) ? own : undefined;
      const fresh =
        issued === undefined
          ? []
          : [
              {
                ...(await describeAuthorityCertificate(issued, digest, generation)),
                certificate: issued.certificate,
              },
            ];
      const text = authorityText(manifest, authority.id);
      return {
        ...authority,
        phase: move.to,
        certificates: inOrder(authority.certificates, move, fresh, text),
      };
    }),
  );
}

/**
 * @param fresh - what is made, if anything
 * @param text - of the CA that is there
 */
function inOrder(
  [first, second, ...former]: readonly ManifestAuthorityCertificate[],
  { from, to, gate }: RotationMove,
  fresh: readonly ManifestAuthorityCertificate[],
  text: string,
): readonly ManifestAuthorityCertificate[] {
  const [one, two] = [first, second].map((certificate) => (certificate === undefined ? [] : [certificate]));
  const both = [...(one ?? []), ...(two ?? [])];
  if (gate === 'none') return [...fresh, ...both, ...former].map(withoutText);
  if (from === 'settled')
    return [
      ...(one ?? []).map((certificate) => ({ ...certificate, certificate: text })),
      ...fresh,
      ...(two ?? []),
      ...former,
    ];
  if (to === 'settled') return [...(from === 'trust' ? (one ?? []) : both), ...former].map(withoutText);
  return [...both.toReversed(), ...former];
}

function withoutText({
  certificate: _certificate,
  ...rest
}: ManifestAuthorityCertificate): ManifestAuthorityCertificate {
  return rest;
}
