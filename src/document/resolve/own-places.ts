import type { ClusterDocument } from '../../cluster-document.js';
import { parseEndpoint } from '../../net/endpoint.js';
import type { CompleteDocument } from '../../presets/preset.js';

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
export function ownPlaces(preset: CompleteDocument, document: ClusterDocument): CompleteDocument {
  const name = ownName(preset, document);
  if (name === undefined) return preset;
  const { etcd, certificates } = preset;
  const clientPort = document.etcd?.clientPort ?? etcd.clientPort;
  const peerPort = document.etcd?.peerPort ?? etcd.peerPort;
  return {
    ...preset,
    etcd: {
      ...etcd,
      dataDir: renamed(etcd.dataDir, name),
      walDir: etcd.walDir === undefined ? undefined : renamed(etcd.walDir, name),
      metricsUrls: etcd.metricsUrls.map((url) => beside(url, clientPort, peerPort)),
    },
    certificates: { ...certificates, directory: renamed(certificates.directory, name) },
  };
}

/**
 * A path of a preset, below a folder of its own where the unit has another name than the preset's.
 *
 * @internal
 */
export function ownPlace(path: string, preset: CompleteDocument, document: ClusterDocument): string {
  const name = ownName(preset, document);
  return name === undefined ? path : renamed(path, name);
}

/** @returns undefined where the unit is the preset's */
function ownName({ systemd }: CompleteDocument, document: ClusterDocument): string | undefined {
  const unit = document.systemd?.unit;
  if (unit === undefined || unit === systemd.unit) return undefined;
  return unit.replace(NOT_IN_PATHS, '-');
}

/** `/etc/etcd/pki` and `/etc/etcd.conf` become `/etc/events/pki` and `/etc/events.conf`. */
function renamed(path: string, name: string): string {
  const rename = (segment: string): string =>
    segment === ETCD || segment.startsWith(`${ETCD}.`) ? name + segment.slice(ETCD.length) : segment;
  return path.split('/').map(rename).join('/');
}

/** Two above the client port, as 2381 is above 2379. */
function beside(url: string, clientPort: number, peerPort: number): string {
  const endpoint = parseEndpoint(url);
  if (endpoint === undefined) return url;
  const port = clientPort + 2 === peerPort ? clientPort + 3 : clientPort + 2;
  return url.replace(/:\d+$/, `:${port}`);
}
