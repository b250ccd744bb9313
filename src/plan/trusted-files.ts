import type { ManifestFile } from '../bundle/manifest/manifest.js';
import { pkiByHost, planHosts, renderHost } from '../bundle/render.js';
import type { BundleState } from '../bundle/state.js';
import type { AuthorityPlan } from '../pki/certificate-plan.js';
import { standInPki } from './stand-in-pki.js';
import type { Change, HostUpdate, UpdatedFile } from './update.js';

/**
 * Stands where the certificate of a CA will be that is not made yet; no PEM has it.
 *
 * @internal
 */
export function toCome(id: AuthorityPlan['id']): string {
  return `\0${id}\0`;
}

/**
 * Texts of files of trusted CAs as they are to be, by host and path.
 *
 * @param textOf - what they have of a CA
 * @internal
 */
export function trustedTexts(
  { manifest, spec, plans }: BundleState,
  textOf: (id: AuthorityPlan['id']) => string,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const pkiOf = pkiByHost(standInPki(manifest, plans, textOf));
  return new Map(
    planHosts(spec).map((host) => [
      host.name,
      new Map(
        renderHost(host, pkiOf(host.name)).files.flatMap(({ kind, path, bytes }) =>
          kind === 'authority-certificate' ? [[`/${path}`, new TextDecoder().decode(bytes)] as const] : [],
        ),
      ),
    ]),
  );
}

/**
 * A file of a host, with another text where it is one of trusted CAs that is to have one.
 *
 * @param texts - of the host, by path
 * @param changed - CAs whose certificates may be to come
 * @internal
 */
export function trustedFile(
  file: ManifestFile,
  texts: ReadonlyMap<string, string> | undefined,
  changed: readonly AuthorityPlan[],
): UpdatedFile {
  const { path, mode, owner } = file;
  const text = file.kind === 'authority-certificate' ? texts?.get(path) : undefined;
  if (text === undefined || text === file.text) return { type: 'kept', file };
  const place = { path, mode, owner, kind: 'authority-certificate' } as const;
  for (const { id } of changed) {
    const [before = '', after] = text.split(toCome(id));
    if (after !== undefined) return { type: 'authority', ...place, authority: id, around: [before, after] };
  }
  return { type: 'written', ...place, text };
}

/**
 * A change for each CA and kind of host that trusts it.
 *
 * @param effect - for members
 * @internal
 */
export function trustChanges(
  hosts: readonly HostUpdate[],
  authorities: readonly AuthorityPlan[],
  detail: string,
  effect: Change['effect'],
): readonly Change[] {
  const changed = hosts.filter(({ files }) =>
    files.some((file) => file.type !== 'kept' && file.kind === 'authority-certificate'),
  );
  return authorities.flatMap(({ id }) =>
    changed
      // Clients dial servers alone.
      .filter(({ kind }) => kind === 'member' || id === 'ca')
      .map(({ name, kind }) => ({
        hosts: [name],
        what: `CA ${id}`,
        detail,
        effect: kind === 'member' ? effect : kind === 'admin' ? 'copy' : 'reread',
      })),
  );
}
