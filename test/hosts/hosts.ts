import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { cacheFolder } from '../programs/programs.js';
import { cleanAtExit, cleanDeadRuns, cleanRun, newRunName } from './cleanup.js';
import { createHost, type Host } from './host.js';
import { createNetwork, withoutPrefix } from './network.js';
import { baseRoot, createEtcdLayer, type HostFile, text } from './root.js';

export interface HostOptions {
  /** Its host name, and the name the others find it by. */
  readonly name: string;
  /** Private addresses, `10.1.1.93/24` or `fd00::1/64`. The first IPv4 and IPv6 address are the ones it sends from. */
  readonly addresses: readonly string[];
  /** More names that lead to it, such as `e1.example.org`. */
  readonly aliases?: readonly string[];
}

export interface HostsOptions {
  /** What the cluster is called in messages. */
  readonly cluster: string;
  readonly hosts: readonly HostOptions[];
  /** The etcd release to place in every host; none where absent. */
  readonly etcd?: EtcdRelease;
  /** Where etcd, etcdctl and etcdutl go: /usr/local/bin where absent. */
  readonly etcdDirectory?: string;
  /** Files of every host, there again after a wipe. */
  readonly files?: readonly HostFile[];
}

export interface Hosts {
  /** Names everything of this cluster on this machine; `test/hosts/clean <run>` removes it. */
  readonly run: string;
  readonly all: readonly Host[];
  host(name: string): Host;
  /** Boots all of them together and waits until each has settled; throws unless every one is `running`. */
  boot(): Promise<void>;
  /** Removes processes, namespaces, mounts and roots. */
  down(): Promise<void>;
}

/**
 * Makes Debian hosts on a network of their own, all switched off. They are gone after `down()`, when this process ends, and
 * after a SIGKILL when the next cluster is made. Clusters do not see each other: the same addresses may be used twice.
 */
export async function createHosts(options: HostsOptions): Promise<Hosts> {
  checkNames(options);
  const base = await baseRoot();
  await cleanDeadRuns();
  const run = newRunName();
  const forget = cleanAtExit(run);
  try {
    const network = await createNetwork(run, options.hosts);
    const files = filesOfEveryHost(options);
    const state = join(cacheFolder(), 'hosts', run);
    const layers = [base];
    if (options.etcd !== undefined) {
      const layer = join(state, '.etcd');
      await createEtcdLayer(base, layer, options.etcd, options.etcdDirectory ?? '/usr/local/bin');
      layers.unshift(layer);
    }
    const all: Host[] = [];
    for (const [index, { name, addresses }] of options.hosts.entries()) {
      const folder = join(state, name);
      await mkdir(folder, { recursive: true });
      const machine = {
        name: `${run}-${index}`,
        hostname: name,
        folder,
        root: join(folder, 'root'),
        namespace: network.namespaceOf(name),
      };
      all.push(await createHost({ name, addresses, layers, files }, machine, network));
    }
    return {
      run,
      all,
      host: (name) => {
        const found = all.find((host) => host.name === name);
        if (found === undefined) throw new Error(`cluster ${options.cluster} has no host ${name}`);
        return found;
      },
      boot: () => bootAll(options.cluster, all),
      down: async () => {
        await cleanRun(run);
        forget();
      },
    };
  } catch (error) {
    await cleanRun(run);
    forget();
    throw error;
  }
}

/** Names become file names, namespace names and host names. */
function checkNames({ hosts }: HostsOptions): void {
  for (const { name } of hosts) {
    if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name)) throw new Error(`not a host name: ${name}`);
  }
  if (new Set(hosts.map(({ name }) => name)).size !== hosts.length) throw new Error('two hosts of one name');
}

function filesOfEveryHost(options: HostsOptions): readonly HostFile[] {
  const { hosts, files = [] } = options;
  const lines = hosts.flatMap(({ name, addresses, aliases = [] }) =>
    addresses.map((address) => [withoutPrefix(address), name, ...aliases].join(' ')),
  );
  const names = ['127.0.0.1 localhost', '::1 localhost ip6-localhost ip6-loopback', ...lines, ''].join('\n');
  return [{ path: '/etc/hosts', source: text(names) }, ...files];
}

async function bootAll(cluster: string, hosts: readonly Host[]): Promise<void> {
  await Promise.all(hosts.map((host) => host.boot()));
  for (const host of hosts) {
    const state = await host.settled();
    if (state !== 'running') {
      const failed = await host.run(
        'systemctl --failed --no-legend --plain; systemctl list-jobs --no-legend',
      );
      throw new Error(`cluster ${cluster}: ${host.name} is ${state}, not running\n${failed.stdout}`);
    }
  }
}
