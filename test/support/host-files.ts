import { indexRoot, type RootIndex } from '../../src/host/host-root.js';
import { type HostReading, readHost } from '../../src/host/service/read-host.js';
import type { ProcessService } from '../../src/host/service/service.js';

/** A host with these files, by their absolute paths. */
export function hostWith(files: Readonly<Record<string, string>>): RootIndex {
  return indexRoot({
    name: 'h',
    files: Object.entries(files).map(([path, text]) => ({
      path: path.slice(1),
      bytes: new TextEncoder().encode(text),
    })),
  });
}

/** What is read of a host with these files. */
export function readFiles(
  files: Readonly<Record<string, string>>,
  root: RootIndex = hostWith(files),
): HostReading {
  return readHost(root, { external: [], local: [] });
}

/** Its members that are not certificate folders. */
export function membersOf(files: Readonly<Record<string, string>>): readonly ProcessService[] {
  return readFiles(files).services.flatMap((service) => (service.type === 'layout' ? [] : [service]));
}

/** Arguments and variables of each member, and what else the case is about, in a form that a table can hold. */
export function seen(service: ProcessService): string {
  const variables = service.environment
    .filter(({ name }) => name.startsWith('ETCD_'))
    .map(({ name, value }) => `${name}=${value}`);
  return [...variables, ...service.args].join(' ');
}
