import { runProgram, runSound } from './process.js';

/** A host's place in the network: its name and its addresses with prefix length, `10.1.1.93/24` or `fd00::1/64`. */
export interface NetworkHost {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** One bridge in a namespace of its own, a namespace per host, a veth pair between; no way out. */
export interface Network {
  /** Name of the host's namespace, as `ip netns` knows it. */
  namespaceOf(host: string): string;
  /** Brings the switch's end of the host's cable up. */
  plug(host: string): Promise<void>;
  /** Takes it down: packets vanish, both sides keep their addresses. */
  unplug(host: string): Promise<void>;
}

const bridge = 'switch';
const card = 'eth0';

/** Lays the network of one run, every cable unplugged. Removing it is `clean`'s work: every namespace begins with the name of the run. */
export async function createNetwork(run: string, hosts: readonly NetworkHost[]): Promise<Network> {
  const switchboard = `${run}-switch`;
  const namespaceOf = (host: string): string => `${run}-host-${host}`;
  const portOf = (host: string): string => `port${hosts.findIndex(({ name }) => name === host)}`;

  await runSound('ip', ['netns', 'add', switchboard]);
  await configure(switchboard, [
    // Without snooping, neighbour discovery (multicast) reaches every port from the first packet on.
    `link add ${bridge} type bridge mcast_snooping 0`,
    `link set ${bridge} up`,
  ]);
  for (const { name, addresses } of hosts) {
    await runSound('ip', ['netns', 'add', namespaceOf(name)]);
    await configure(switchboard, [
      `link add ${portOf(name)} type veth peer name ${card} netns ${namespaceOf(name)}`,
      `link set ${portOf(name)} master ${bridge}`,
    ]);
    await configure(namespaceOf(name), [
      'link set lo up',
      `link set ${card} up`,
      // Duplicate address detection would hold an IPv6 address back for a second.
      ...addresses.map((address) => `addr add ${address} dev ${card}${isIpv6(address) ? ' nodad' : ''}`),
    ]);
  }
  for (const host of hosts) await routeToStrangers(namespaceOf(host.name), host, hosts);

  const set = (host: string, state: 'up' | 'down'): Promise<void> =>
    configure(switchboard, [`link set ${portOf(host)} ${state}`]);
  return { namespaceOf, plug: (host) => set(host, 'up'), unplug: (host) => set(host, 'down') };
}

/** `10.1.1.93` of `10.1.1.93/24`. */
export function withoutPrefix(address: string): string {
  return address.replace(/\/.*/, '');
}

/** Hosts of different subnets hang on the same switch: each gets a route to every address that its own subnets do not cover. */
async function routeToStrangers(
  namespace: string,
  host: NetworkHost,
  hosts: readonly NetworkHost[],
): Promise<void> {
  const strangers = hosts.filter((other) => other !== host).flatMap((other) => other.addresses);
  for (const address of strangers.map(withoutPrefix)) {
    if (!host.addresses.some((own) => isIpv6(own) === isIpv6(address))) continue;
    const known = await runProgram('ip', ['-n', namespace, 'route', 'get', address]);
    if (known.code !== 0) await configure(namespace, [`route add ${address} dev ${card}`]);
  }
}

async function configure(namespace: string, lines: readonly string[]): Promise<void> {
  await runSound('ip', ['-n', namespace, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}

function isIpv6(address: string): boolean {
  return address.includes(':');
}
