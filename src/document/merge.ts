import { AUTHORITY_ROLES, type AuthorityRole, PAIR_ROLES, type PairRole } from '../certificate-roles.js';
import type { ClusterDocument, DirectivesDocument, FilesDocument } from '../cluster-document.js';
import type { CompleteDocument, PresetDocument } from '../presets/preset.js';

type Layer<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * Lays a partial document over a complete one: maps are merged key by key, any other value of the upper one replaces the lower. Keys come
 * in the order of the lower one, then the upper one's own.
 *
 * @internal
 */
export function layDocument(lower: CompleteDocument, upper: PresetDocument): CompleteDocument {
  const { settings, ...etcd } = upper.etcd ?? {};
  const { validity, subject, caSubject, files, commonNames, ...certificates } = upper.certificates ?? {};
  const { directives, ...systemd } = upper.systemd ?? {};
  return {
    cluster: layMap(lower.cluster, upper.cluster),
    etcd: { ...layMap(lower.etcd, etcd), settings: layMap(lower.etcd.settings, settings) },
    certificates: {
      ...layMap(lower.certificates, certificates),
      validity: layMap(lower.certificates.validity, validity),
      subject: layMap(lower.certificates.subject, subject),
      caSubject: layMap(lower.certificates.caSubject, caSubject),
      files: layFiles(lower.certificates.files, files),
      commonNames: layMap(lower.certificates.commonNames, commonNames),
    },
    systemd: {
      ...layMap(lower.systemd, systemd),
      directives: layDirectives(lower.systemd.directives, directives),
    },
    kubernetes:
      lower.kubernetes === undefined ? upper.kubernetes : layMap(lower.kubernetes, upper.kubernetes),
  };
}

/**
 * The parts of a document that presets may say something about.
 *
 * @internal
 */
export function presetPart(document: ClusterDocument): PresetDocument {
  const { cluster, etcd, certificates, systemd, kubernetes } = document;
  return { cluster, etcd, certificates, systemd, kubernetes };
}

function layMap<T extends object>(lower: T, upper: Layer<T> | undefined): T {
  const present = Object.entries(upper ?? {}).filter(([, value]) => value !== undefined);
  return { ...lower, ...Object.fromEntries(present) };
}

function layFiles(lower: FilesDocument, upper: FilesDocument | undefined): FilesDocument {
  const roles: readonly (AuthorityRole | PairRole)[] = [...AUTHORITY_ROLES, ...PAIR_ROLES];
  const laid: FilesDocument = {};
  for (const role of roles)
    if (lower[role] !== undefined || upper?.[role] !== undefined)
      laid[role] = layMap(lower[role] ?? {}, upper?.[role]);
  return laid;
}

function layDirectives(lower: DirectivesDocument, upper: DirectivesDocument | undefined): DirectivesDocument {
  const sections = Object.entries(upper ?? {}).map(([section, directives]) => [
    section,
    layMap((Object.hasOwn(lower, section) ? lower[section] : undefined) ?? {}, directives),
  ]);
  return { ...lower, ...Object.fromEntries(sections) };
}
