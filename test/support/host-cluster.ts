import { expect } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { hostText } from '../../src/index.js';
import { AT_THE_LATEST, type Host } from '../hosts/host.js';
import { createHosts, type HostOptions, type Hosts } from '../hosts/hosts.js';
import { type BuiltCluster, buildCluster } from './cluster.js';

/** What hosts need to know of a cluster. */
export type Installable = Pick<BuiltCluster, 'spec' | 'tarball'>;

/** A cluster that runs on hosts of its own. */
export interface HostCluster<Built extends Installable = BuiltCluster> {
  readonly built: Built;
  readonly hosts: Hosts;
  readonly members: readonly Host[];
  /** etcdctl on a member, with the operator's own pair and all endpoints. */
  etcdctl(host: Host, command: string): Promise<string>;
  /** Waits until every endpoint commits a proposal. */
  healthy(): Promise<void>;
}

const PREFIX_LENGTH = { ipv4: 24, ipv6: 64 } as const;

/**
 * Boots a host per member, gives each its tarball and the five commands, and waits until the cluster is healthy.
 *
 * @param binaries - folder of etcd and etcdctl on the hosts
 */
export async function startCluster(
  title: string,
  document: string,
  release: EtcdRelease,
  binaries = '/usr/local/bin',
): Promise<HostCluster> {
  return startBuilt(title, await buildCluster(document), release, binaries);
}

/**
 * The same of tarballs that are there.
 *
 * @param spare - hosts that are booted and get nothing
 * @param prepare - gets each member's host, booted, before its tarball
 */
export async function startBuilt<Built extends Installable>(
  title: string,
  built: Built,
  release: EtcdRelease,
  binaries = '/usr/local/bin',
  spare: readonly HostOptions[] = [],
  prepare: (host: Host) => Promise<unknown> = async () => {},
): Promise<HostCluster<Built>> {
  const { members: specs, systemd } = built.spec;
  const hosts = await createHosts({
    cluster: title,
    hosts: [
      ...specs.map((member, index) => ({
        name: member.name,
        addresses: hostAddresses(member.addresses.filter(({ type }) => type === 'ip').map(hostText), index),
        aliases: member.altNames.filter(({ type }) => type === 'dns').map(hostText),
      })),
      ...spare,
    ],
    etcd: release,
    etcdDirectory: binaries,
  });
  try {
    await hosts.boot();
    const members = specs.map(({ name }) => hosts.host(name));
    await Promise.all(members.map(prepare));
    const admin = await built.tarball('admin');
    for (const host of members) {
      await host.put(admin, '/root/admin.tar.gz', 0o600);
      await host.must('tar -xzf /root/admin.tar.gz -C /');
    }
    const etcdctl = (host: Host, command: string): Promise<string> =>
      host.must(
        `set -a; . ${built.spec.cluster.directory}/admin/etcdctl.env; set +a; ${binaries}/etcdctl ${command}`,
        {
          env: release === '3.4' ? { ETCDCTL_API: '3' } : {},
        },
      );
    const healthy = async (): Promise<void> => {
      const deadline = Date.now() + AT_THE_LATEST;
      for (;;) {
        try {
          for (const host of members) await etcdctl(host, 'endpoint health --command-timeout=3s');
          return;
        } catch (error) {
          if (Date.now() > deadline)
            throw new Error(`${title} is not healthy\n${await journals(members, systemd.unit)}`, {
              cause: error,
            });
        }
      }
    };
    const results = await Promise.all(
      members.map(async (host) => host.install(await built.tarball(host.name), systemd.unit)),
    );
    for (const [index, { code, stderr }] of results.entries()) {
      expect(code, `${members[index]?.name ?? ''}: ${stderr}\n${await journals(members, systemd.unit)}`).toBe(
        0,
      );
    }
    await healthy();
    return { built, hosts, members, etcdctl, healthy };
  } catch (error) {
    await hosts.down();
    throw error;
  }
}

async function journals(members: readonly Host[], unit: string): Promise<string> {
  const running = members.filter(({ booted }) => booted);
  const texts = await Promise.all(running.map((host) => host.journal(unit)));
  return texts.map((text, index) => `--- ${running[index]?.name ?? ''}\n${text.slice(-3000)}`).join('\n');
}

/** A member that is known by a name or by loopback alone still needs an address on the wire. */
function hostAddresses(addresses: readonly string[], index: number): readonly string[] {
  const own = addresses.filter((address) => !address.startsWith('127.') && address !== '::1');
  if (own.length === 0) return [`10.99.0.${index + 1}/24`];
  return own.map(
    (address) => `${address}/${address.includes(':') ? PREFIX_LENGTH.ipv6 : PREFIX_LENGTH.ipv4}`,
  );
}
