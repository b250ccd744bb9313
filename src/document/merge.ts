import type { ClusterDocument } from '../cluster-document.js';
import type { PresetDocument } from '../presets/preset.js';

/**
 * Lays a partial document under another: maps are merged key by key, any other value of the upper one replaces the lower. Keys come
 * in the order of the lower one, then the upper one's own.
 *
 * @internal
 */
export function layDocument(lower: PresetDocument, upper: PresetDocument): PresetDocument {
  return {
    cluster: layMap(lower.cluster, upper.cluster),
    etcd: { ...layMap(lower.etcd, upper.etcd), settings: layMap(lower.etcd?.settings, upper.etcd?.settings) },
    certificates: {
      ...layMap(lower.certificates, upper.certificates),
      validity: layMap(lower.certificates?.validity, upper.certificates?.validity),
      subject: layMap(lower.certificates?.subject, upper.certificates?.subject),
    },
    systemd: {
      ...layMap(lower.systemd, upper.systemd),
      directives: layDirectives(lower.systemd?.directives, upper.systemd?.directives),
    },
    kubernetes:
      lower.kubernetes === undefined && upper.kubernetes === undefined
        ? undefined
        : layMap(lower.kubernetes, upper.kubernetes),
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

function layMap<T extends object>(lower: T | undefined, upper: T | undefined): T | undefined {
  if (lower === undefined || upper === undefined) return upper ?? lower;
  const present = Object.entries(upper).filter(([, value]) => value !== undefined);
  return { ...lower, ...Object.fromEntries(present) };
}

function layDirectives(
  lower: NonNullable<PresetDocument['systemd']>['directives'],
  upper: NonNullable<PresetDocument['systemd']>['directives'],
): NonNullable<PresetDocument['systemd']>['directives'] {
  if (lower === undefined || upper === undefined) return upper ?? lower;
  const sections = Object.entries(upper).map(([section, directives]) => [
    section,
    layMap(Object.hasOwn(lower, section) ? lower[section] : undefined, directives),
  ]);
  return { ...lower, ...Object.fromEntries(sections) };
}
