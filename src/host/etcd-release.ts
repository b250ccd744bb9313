import type { Manifest } from '../bundle/manifest/manifest.js';
import type { EtcdVersion } from '../cluster-spec.js';
import { newestRelease, parseEtcdVersion } from '../etcd/version.js';
import { ETCD_RELEASES } from '../etcd-releases.js';
import { imageTag } from './container/etcd-image.js';
import type { RootIndex } from './host-root.js';
import type { Service } from './service/service.js';
import { effectiveSettings } from './settings/effective-settings.js';

/** @internal */
export interface ChosenVersion {
  readonly version: EtcdVersion;
  readonly from: 'option' | 'manifest' | 'image' | 'assumed';
}

/** @internal */
export interface ServiceOnRoot {
  readonly root: RootIndex;
  readonly service: Service;
}

/**
 * The etcd release to assume: the one asked for, the one that the bundle was made for, the one in a static pod's image, or else the
 * newest release that knows most of the settings found.
 *
 * @internal
 */
export function chooseVersion(
  asked: EtcdVersion | undefined,
  manifest: Manifest | undefined,
  services: readonly ServiceOnRoot[],
): ChosenVersion {
  if (asked !== undefined) return { version: asked, from: 'option' };
  const made = manifest?.etcdVersion === undefined ? undefined : parseEtcdVersion(manifest.etcdVersion);
  if (made !== undefined) return { version: made, from: 'manifest' };
  const images = services.map(({ service }) =>
    service.type === 'layout' ? undefined : imageVersion(service.image),
  );
  const image = images.find((version) => version !== undefined);
  if (image !== undefined) return { version: image, from: 'image' };
  const ranked = ETCD_RELEASES.toReversed()
    .map((release) => ({ version: { release }, unknown: unknownSettings(services, { release }) }))
    .sort((a, b) => a.unknown - b.unknown);
  return { version: ranked[0]?.version ?? { release: newestRelease() }, from: 'assumed' };
}

/** `v3.5.12`, kubeadm's `3.5.12-0`, rke2's `v3.6.7-k3s1-build20260126`. */
function imageVersion(image: string | undefined): EtcdVersion | undefined {
  const [, number] = /^v?(\d+\.\d+(?:\.\d+)?)(?:[-_.+].*)?$/.exec(imageTag(image ?? '') ?? '') ?? [];
  return number === undefined ? undefined : parseEtcdVersion(number);
}

function unknownSettings(services: readonly ServiceOnRoot[], version: EtcdVersion): number {
  const faults = services.flatMap(({ root, service }) => effectiveSettings(service, root, version).faults);
  return faults.filter(({ kind }) => /^(?:unknown-flag|unknown-variable|file-unknown-key)$/.test(kind))
    .length;
}
