import { createServer, type Server } from 'node:net';

/** The n-th address of a cluster, from 1. */
export type Addresses = (n: number) => string;

/** 127.0.x.y is everybody's. Begun elsewhere by each process: a member that outlived its run has kept its addresses. */
const SECOND_OCTETS = Array.from({ length: 255 }, (_, index) => 1 + ((process.pid + index) % 255));
/** Of the addresses of a second octet each cluster gets 16; the last of them is the lease. */
const ADDRESSES = { each: 16, all: 65_536 - 16 } as const;
const LEASE = { suffix: '255.255', port: 2380 } as const;
/** Those of all second octets end below what the kernel hands out by itself (ip(7), ip_local_port_range: from 32768). */
const PORTS = { first: 10_000, each: 80 } as const;

let lease: Promise<number> | undefined;
let addressesGiven = 0;
let portsGiven = 0;

/**
 * Loopback addresses for one more cluster, on which every port is free: nobody else on this machine who asks here gets them as long as this
 * process lives.
 *
 * @throws {Error} where all are taken
 */
export async function loopbackCluster(): Promise<Addresses> {
  lease ??= takeSecondOctet();
  const second = await lease;
  const start = addressesGiven;
  addressesGiven += ADDRESSES.each;
  if (addressesGiven > ADDRESSES.all) throw new Error('one process has no addresses for more clusters');
  return (n) => `127.${second}.${(start + n) >> 8}.${(start + n) & 255}`;
}

/** Ports of 127.0.0.1, for what cannot have an address of its own; after eighty the first come again. */
export async function loopbackPorts(count: number): Promise<readonly number[]> {
  lease ??= takeSecondOctet();
  const first = PORTS.first + (await lease) * PORTS.each;
  const found: number[] = [];
  while (found.length < count) {
    const port = first + (portsGiven % PORTS.each);
    portsGiven += 1;
    // A service of this machine may have its fixed port here.
    const server = await listen('127.0.0.1', port);
    if (server === undefined) continue;
    await new Promise((resolve) => server.close(resolve));
    found.push(port);
  }
  return found;
}

/** The kernel is the lock: an address and port have one listener, and lose it with its process. */
async function takeSecondOctet(): Promise<number> {
  for (const second of SECOND_OCTETS) {
    const server = await listen(`127.${second}.${LEASE.suffix}`, LEASE.port);
    if (server === undefined) continue;
    server.unref();
    return second;
  }
  throw new Error(`port ${LEASE.port} is taken on every loopback address`);
}

function listen(address: string, port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(port, address, () => resolve(server));
  });
}
