import type { Manifest } from '../bundle/manifest/manifest.js';
import type { ClusterSpec } from '../cluster-spec.js';
import type { Refusal } from './refusal.js';

/**
 * What a file of CA certificates that a document names holds now.
 *
 * @public
 */
export interface NamedCertificates {
  /** The key that names it: `certificates.trust[0]`, `certificates.ca.certificate`. */
  readonly path: string;
  /** SHA-256 of each certificate's DER, hexadecimal, lower case. */
  readonly fingerprints: readonly string[];
}

const TRUST = 'certificates.trust';
const BACK = 'Put the former file back: an update does not change the CAs of a running cluster.';

/**
 * Paths of the document that name files of CA certificates.
 *
 * @internal
 */
export function namedCertificatePaths({
  certificates: { ca, peerCa, trust = [] },
}: ClusterSpec): readonly { readonly path: string; readonly file: string }[] {
  return [
    ...(ca === undefined ? [] : [{ path: pathOf('ca'), file: ca.certificate }]),
    ...(peerCa === undefined ? [] : [{ path: pathOf('peer-ca'), file: peerCa.certificate }]),
    ...trust.map((file, index) => ({ path: `${TRUST}[${index}]`, file })),
  ];
}

function pathOf(authority: string): string {
  return `certificates.${authority === 'peer-ca' ? 'peerCa' : 'ca'}.certificate`;
}

/**
 * Files that hold other CAs than the bundle, under the names that they had.
 *
 * @internal
 */
export function namedCertificateRefusals(
  { authorities, trust = [] }: Manifest,
  { certificates }: ClusterSpec,
  named: readonly NamedCertificates[],
): readonly Refusal[] {
  const signing = authorities.flatMap(({ id, certificates: [current] }): readonly Refusal[] => {
    const file = named.find(({ path }) => path === pathOf(id));
    return file === undefined || current === undefined || file.fingerprints.includes(current.fingerprint)
      ? []
      : [{ path: file.path, message: 'The file holds another CA than the bundle.', cure: BACK }];
  });
  const known = new Set(trust.map(({ fingerprint }) => fingerprint));
  const files = named.filter(({ path }) => path.startsWith(TRUST));
  const others = files
    .filter(({ fingerprints }) => fingerprints.some((fingerprint) => !known.has(fingerprint)))
    .map(({ path }) => ({ path, message: 'The file holds a CA that the bundle does not have.', cure: BACK }));
  const found = new Set(files.flatMap(({ fingerprints }) => fingerprints));
  const isLacking = files.length === certificates.trust?.length && [...known].some((one) => !found.has(one));
  const lacking = { path: TRUST, message: 'The files lack a CA that the bundle has.', cure: BACK };
  return [...signing, ...others, ...(isLacking ? [lacking] : [])];
}

/**
 * A notice for what the document names and nobody has read; undefined where all was.
 *
 * @internal
 */
export function unreadNotice(spec: ClusterSpec, named: readonly NamedCertificates[]): string | undefined {
  const read = new Set(named.map(({ path }) => path));
  const unread = namedCertificatePaths(spec).filter(({ path }) => !read.has(path));
  if (unread.length === 0) return undefined;
  const files = unread.map(({ path, file }) => `${file} (${path})`).join(', ');
  return `Not there, and not needed: ${files}. The bundle has what was in it.`;
}
