import { type FileKind, type FilePlan, isSecret } from '../bundle/file-plan.js';
import type { ManifestFile, ManifestHost } from '../bundle/manifest/manifest.js';
import { type HostPlan, renderHost } from '../bundle/render.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import type { Pki } from '../pki/pki.js';
import { octal } from '../text/octal.js';

const UTF_8 = new TextDecoder();

/**
 * A host as a document wants it, beside what it has.
 *
 * @internal
 */
export interface RenderedHost {
  readonly plan: HostPlan;
  /** As the manifest writes them, without what programs of an archive have. */
  readonly files: readonly RenderedFile[];
  /** Absent where it is new. */
  readonly former: ManifestHost | undefined;
  readonly leaves: readonly LeafPlan[];
}

/** @internal */
export interface RenderedFile {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly kind: FileKind;
  readonly text: string;
  /** What the host has there; absent where it has nothing. */
  readonly former: ManifestFile | undefined;
}

/**
 * @param pki - with the leaves that the host holds
 * @param known - what it has besides its tarball
 * @internal
 */
export function renderOn(
  plan: HostPlan,
  pki: Pki,
  former: ManifestHost | undefined,
  known: readonly ManifestFile[] = former?.files ?? [],
): RenderedHost {
  const { files } = renderHost(plan, pki);
  const present = new Map(known.map((file) => [file.path, file]));
  return {
    plan,
    former,
    files: files.map((file) => renderedFile(file, present)),
    leaves: pki.leaves.map((leaf) => leaf.plan),
  };
}

function renderedFile(
  { path, mode, owner, kind, bytes }: FilePlan,
  former: ReadonlyMap<string, ManifestFile>,
): RenderedFile {
  const absolute = `/${path}`;
  return {
    path: absolute,
    mode: octal(mode),
    owner: `${owner.user}:${owner.group}`,
    kind,
    text: UTF_8.decode(bytes),
    former: former.get(absolute),
  };
}

/**
 * Whether the host has a file there whose mode and owner are to stay.
 *
 * @internal
 */
export function isInPlace({ mode, owner, former }: RenderedFile): boolean {
  return former?.mode === mode && former.owner === owner;
}

/**
 * Whether the host has it already; a secret as far as one can know.
 *
 * @internal
 */
export function isSame(file: RenderedFile): boolean {
  const { kind, text, former } = file;
  // What a list says is told apart from whether it is there.
  const isKnown = isSecret(kind) || kind === 'revocation-list';
  return isInPlace(file) && former?.kind === kind && (isKnown || former.text === text);
}
