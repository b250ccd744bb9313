import fc from 'fast-check';
import { ETCD_RELEASES } from '../../src/etcd-releases.js';
import { PRESET_NAMES } from '../../src/preset-names.js';
import { presets } from '../../src/presets/presets.js';
import { FURTHER_FILE } from './further-authority.js';

/**
 * Documents that are right: every preset, every address family, further names, ports, clients, revocation lists, and a further CA of clients, which whoever
 * issues has to bring. Keys are ECDSA, for speed.
 */
export const clusterDocument: fc.Arbitrary<ArbitraryDocument> = fc
  .record({
    preset: fc.constantFrom(...PRESET_NAMES.filter((name) => presets[name].maxMembers > 1)),
    tls: fc.constantFrom(undefined, undefined, 'per-member', 'shared', 'none'),
    release: fc.constantFrom(...ETCD_RELEASES),
    config: fc.constantFrom('flags', 'environment', 'yaml'),
    key: fc.constantFrom('ecdsa-p256', 'ecdsa-p384'),
    members: fc.uniqueArray(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 5 }),
    family: fc.constantFrom('ipv4', 'ipv6', 'dns', 'both', 'named'),
    clientPort: fc.constantFrom(2379, 4001),
    clients: fc.uniqueArray(fc.constantFrom('backup', 'monitoring', 'Ünïcode'), { maxLength: 2 }),
    altNames: fc.uniqueArray(
      fc.constantFrom('etcd.example.org', '*.etcd.example.org', '192.0.2.7', '2001:db8::7'),
      {
        maxLength: 3,
      },
    ),
    leafHours: fc.integer({ min: 1, max: 87_600 }),
    dataDir: fc.constantFrom(undefined, undefined, '/data/etcd', '/srv/etcd'),
    walDir: fc.constantFrom(undefined, undefined, '/ssd/etcd', '/srv/etcd/wal'),
    sockets: fc.uniqueArray(
      fc.constantFrom('unix:///run/etcd/etcd.sock', 'unixs:///run/etcd/tls/etcd.sock'),
      {
        maxLength: 2,
      },
    ),
    trust: fc.boolean(),
    revocation: fc.boolean(),
    organization: fc.constantFrom(undefined, 'Kubernetes', 'Größe & Söhne'),
  })
  .map((drawn) => ({
    preset: drawn.preset,
    cluster: { token: 'token-1' },
    members: drawn.members.map((number, index) => ({
      name: `m${number}`,
      address: addressOf(number, drawn.family),
      // The first one has folders of its own.
      ...(index > 0 || drawn.dataDir === undefined ? {} : { dataDir: drawn.dataDir }),
      ...(index > 0 || drawn.walDir === undefined ? {} : { walDir: drawn.walDir }),
      ...socketsOf(drawn),
    })),
    clients: drawn.clients.map((commonName, index) => ({ name: `client${index}`, commonName })),
    etcd: {
      version: drawn.release,
      config: drawn.config,
      clientPort: drawn.clientPort,
      // `tuned` wants plain http on loopback, which a member that listens everywhere cannot have.
      ...(drawn.family === 'dns' || drawn.tls === 'none' ? { loopback: 'none' } : {}),
    },
    certificates: {
      ...(drawn.tls === undefined ? {} : { tls: drawn.tls }),
      key: drawn.key,
      altNames: drawn.altNames,
      validity: { leaf: `${drawn.leafHours}h` },
      ...(drawn.trust && (drawn.tls ?? drawn.preset).match(/none|plain/) === null
        ? { trust: [FURTHER_FILE] }
        : {}),
      // A configuration file has no key for lists.
      ...(drawn.revocation &&
      drawn.config !== 'yaml' &&
      (drawn.tls ?? drawn.preset).match(/none|plain/) === null
        ? { revocation: true }
        : {}),
      ...(drawn.organization === undefined ? {} : { subject: { O: drawn.organization } }),
    },
  }));

export interface ArbitraryDocument {
  readonly preset: string;
  readonly members: readonly { readonly name: string; readonly address: string | readonly string[] }[];
  readonly certificates: {
    readonly altNames: readonly string[];
    readonly validity: { readonly leaf: string };
  };
}

/** 3.4 takes none, and what speaks TLS has to have a certificate. */
function socketsOf(drawn: {
  readonly sockets: readonly string[];
  readonly release: string;
  readonly preset: string;
  readonly tls: string | undefined;
  readonly clientPort: number;
}): { readonly listenClientUrls?: readonly string[] } {
  const isPlain = (drawn.tls ?? (drawn.preset === 'plain-http' ? 'none' : 'per-member')) === 'none';
  const sockets = drawn.sockets.filter((url) => !isPlain || url.startsWith('unix:'));
  if (sockets.length === 0 || drawn.release === '3.4') return {};
  const scheme = isPlain ? 'http' : 'https';
  return { listenClientUrls: [`${scheme}://0.0.0.0:${drawn.clientPort}`, ...sockets] };
}

function addressOf(number: number, family: string): string | readonly string[] {
  switch (family) {
    case 'ipv6':
      return `fd00::${number.toString(16)}`;
    case 'dns':
      return `m${number}.example.org`;
    case 'both':
      return [`10.0.0.${number}`, `fd00::${number.toString(16)}`];
    case 'named':
      return [`m${number}.example.org`, `10.0.0.${number}`];
    default:
      return `10.0.0.${number}`;
  }
}
