import type { ClusterDocument } from '../../cluster-document.js';
import { parseEndpoint } from '../../net/endpoint.js';
import type { PresetDocument } from '../../presets/preset.js';

/** The name that paths of presets have for the service. */
const ETCD = 'etcd';
/** What a path may not hold, and a unit's name may (systemd.unit(5)). */
const NOT_IN_PATHS = /[^A-Za-z0-9_@+=.-]/g;

/**
 * A preset for a unit of another name than its own: a second etcd on a host gets folders that are named after its unit, and a port for
 * its metrics that follows its client port. What the document itself says of these lies over it and stands.
 *
 * @internal
 */
export function ownPlaces(preset: PresetDocument, document: ClusterDocument): PresetDocument {
  const name = ownName(preset, document);
  if (name === undefined) return preset;
  const { etcd, certificates } = preset;
  const place = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : renamed(path, name);
  const clientPort = document.etcd?.clientPort ?? etcd?.clientPort;
  const peerPort = document.etcd?.peerPort ?? etcd?.peerPort;
  return {
    ...preset,
    etcd: {
      ...etcd,
      dataDir: place(etcd?.dataDir),
      walDir: place(etcd?.walDir),
      metricsUrls: etcd?.metricsUrls?.map((url) => beside(url, clientPort, peerPort)),
    },
    certificates: { ...certificates, directory: place(certificates?.directory) },
  };
}

/**
 * A path of a preset, below a folder of its own where the unit has another name than the preset's.
 *
 * @internal
 */
export function ownPlace(path: string, preset: PresetDocument, document: ClusterDocument): string {
  const name = ownName(preset, document);
  return name === undefined ? path : renamed(path, name);
}

/** @returns undefined where the unit is the preset's */
function ownName({ systemd }: PresetDocument, document: ClusterDocument): string | undefined {
  const unit = document.systemd?.unit;
  if (unit === undefined || unit === systemd?.unit) return undefined;
  return unit.replace(NOT_IN_PATHS, '-');
}

/** `/etc/etcd/pki` and `/etc/etcd.conf` become `/etc/events/pki` and `/etc/events.conf`. */
function renamed(path: string, name: string): string {
  const rename = (segment: string): string =>
    segment === ETCD || segment.startsWith(`${ETCD}.`) ? name + segment.slice(ETCD.length) : segment;
  return path.split('/').map(rename).join('/');
}

/** Two above the client port, as 2381 is above 2379. */
function beside(url: string, clientPort = 2379, peerPort = 2380): string {
  const endpoint = parseEndpoint(url);
  if (endpoint === undefined) return url;
  const port = clientPort + 2 === peerPort ? clientPort + 3 : clientPort + 2;
  return url.replace(/:\d+$/, `:${port}`);
}
