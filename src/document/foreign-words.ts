import { findSetting } from '../etcd/setting/table.js';
import type { Keys } from './path.js';

/** Words of other tools, without case, `-` and `_`, and what says the same here; by the map in which somebody wrote them. */
type Words = Readonly<Record<string, string>>;

const ALT_NAMES = ['san', 'sans', 'altname', 'subjectaltname', 'subjectaltnames', 'subjectalternativenames'];
const LIFE = ['expiry', 'expiration', 'ttl', 'days', 'duration', 'lifetime', 'validfor', 'validitydays'];
const PASSPHRASE = [
  'passphrase',
  'password',
  'pass',
  'capassphrase',
  'capassword',
  'keypassphrase',
  'keypassword',
];
const NO_PASSPHRASE =
  'Remove it, since bundle.json keeps the document; the command takes --ca-passphrase file:F, env:NAME or prompt.';
const REMOVE_PEERS = 'Remove it: each member is told of all others by the list of members.';
const FOREIGN = 'This is a document of another tool. etcd-bundle init e1=10.0.0.1 … prints one of this.';

const DOCUMENT: Words = {
  ...each(PASSPHRASE, NO_PASSPHRASE),
  ...each(
    ['hosts', 'nodes', 'servers', 'peers', 'machines', 'instances', 'initialcluster', 'endpoints'],
    means('members'),
  ),
  ...each(['token', 'clustertoken', 'initialclustertoken'], means('cluster.token')),
  ...each(['name', 'clustername'], means('cluster.name')),
  ...each(['ca', 'cacert', 'cafile'], means('certificates.ca')),
  ...each([...ALT_NAMES, 'altnames'], means('certificates.altNames')),
  ...each(LIFE, means('certificates.validity')),
  ...each(['tls', 'ssl', 'security'], 'Write certificates: {tls: per-member}, shared or none.'),
  ...each(['etcdversion', 'release'], means('etcd.version')),
  ...each(['domain', 'discoverysrv'], means('cluster.discoverySrv')),
  ...each(['service', 'unit'], means('systemd.unit')),
  ...each(['apiversion', 'kind', 'metadata', 'spec', 'all', 'signing', 'machine', 'services'], FOREIGN),
};
const MEMBER: Words = {
  ...each(
    ['ip', 'ips', 'ipaddress', 'host', 'addr', 'ansiblehost', 'internalip', 'privateip', 'fqdn', 'addresses'],
    means('address'),
  ),
  ...each(['hostname', 'id', 'node', 'server', 'member'], means('name')),
  ...each([...ALT_NAMES, 'dnsnames', 'alternativenames', 'aliases'], means('altNames')),
  ...each(['peers', 'initialcluster'], REMOVE_PEERS),
  ...each(['role', 'roles', 'type'], 'Remove it: every member of the list votes.'),
  ...each(
    ['port', 'ports', 'clientport', 'peerport'],
    'Write etcd.clientPort and etcd.peerPort, which hold for all members; or the URL lists of this one.',
  ),
  ...each(
    ['clienturl', 'clienturls', 'endpoint', 'endpoints'],
    'Write listenClientUrls or advertiseClientUrls.',
  ),
  ...each(['peerurl', 'peerurls'], 'Write listenPeerUrls or initialAdvertisePeerUrls.'),
  ...each(['flags', 'args', 'extraargs', 'env', 'config'], means('settings')),
};
const CLIENT: Words = {
  ...each(['cn', 'user', 'username'], means('commonName')),
  ...each(['id'], means('name')),
};
const CERTIFICATES: Words = {
  ...each(PASSPHRASE, NO_PASSPHRASE),
  ...each(LIFE, 'Write validity: {ca: 87600h, leaf: 8760h}.'),
  ...each(
    ['algorithm', 'algo', 'keytype', 'keyalgorithm', 'keysize', 'bits', 'size', 'curve', 'type'],
    'Write the algorithm and its size in one word: key: ecdsa-p256, or rsa-2048.',
  ),
  ...each([...ALT_NAMES, 'hosts', 'dnsnames', 'names'], means('altNames')),
  ...each(['cacert', 'cafile', 'authority'], means('ca')),
  ...each(['cn'], means('commonNames')),
  ...each(['dir', 'path', 'folder', 'pkidir', 'certdir', 'certificatesdir', 'certspath'], means('directory')),
  ...each(['enabled', 'enable', 'ssl'], 'Write tls: per-member, shared or none.'),
};
const PAIR: Words = {
  ...each(PASSPHRASE, NO_PASSPHRASE),
  ...each(['cert', 'crt', 'certfile', 'cacert', 'public'], means('certificate')),
  ...each(['keyfile', 'privatekey', 'private'], means('key')),
};
const VALIDITY: Words = {
  ...each(['server', 'peer', 'client', 'cert', 'certificate', 'days'], means('leaf')),
};
const ETCD: Words = {
  ...each(['tls', 'ssl'], 'Write certificates: {tls: per-member}, shared or none.'),
  ...each(['token', 'clustertoken'], means('cluster.token')),
  ...each(['port'], means('clientPort')),
  ...each(['flags', 'args', 'extraargs', 'env', 'environment', 'options'], means('settings')),
  ...each(['release'], means('version')),
  ...each(['bin', 'bindir', 'path'], means('binary')),
  ...each(
    ['image', 'repository'],
    'Remove it: etcd runs as a systemd service, or with kubernetes.staticPod: true.',
  ),
  ...each(
    ['external', 'local'],
    'This is kubeadm\'s. Write members; with kubernetes: {version: "1.36"} the bundle holds the block for kubeadm.',
  ),
};
const SYSTEMD: Words = { ...each(['service', 'servicename', 'name'], means('unit')) };

/**
 * What to write in the place of a key that this format does not have and other tools do: those of etcd, cfssl, kubeadm, Ansible and
 * certificates.
 *
 * @param keys - of the map that it stands in
 * @param known - what that map has
 * @returns undefined where nobody knows what is meant
 * @internal
 */
export function foreignWord(keys: Keys, key: string, known: readonly string[] = []): string | undefined {
  const word = key.toLowerCase().replaceAll(/[-_]/g, '');
  const words = wordsAt(keys);
  if (words !== undefined && Object.hasOwn(words, word)) return words[word];
  if (keys.join('.') !== 'etcd') return undefined;
  const flag = key
    .toLowerCase()
    .replace(/^-*(?:etcd_)?/, '')
    .replaceAll('_', '-');
  const own = known.find((name) => name.toLowerCase() === flag.replaceAll('-', ''));
  if (own !== undefined) return means(own);
  return findSetting(flag) === undefined ? undefined : `Write it in etcd.settings, as ${flag}.`;
}

/**
 * A member or client as a list entry has it, of the text that somebody wrote in its place: `e1=10.0.0.1`, `backup`.
 *
 * @internal
 */
export function entryOf(list: 'members' | 'clients', text: unknown, index: number): string {
  const plain = typeof text === 'string' && /^[\w.:=-]{1,100}$/.test(text) ? text : '';
  if (list === 'clients') return `{name: ${/^[\w.-]+$/.test(plain) ? plain : 'backup'}}`;
  const [, given = '', rest = ''] = /^(?:([\w.-]+)[=:])?([\w.-]+)$/.exec(plain) ?? [];
  const isAddress = given !== '' || rest.includes('.');
  const name = given !== '' ? given : isAddress || rest === '' ? `e${index + 1}` : rest;
  return `{name: ${name}, address: ${isAddress ? rest : '10.0.0.1'}}`;
}

/**
 * The members of a map of names, as a list: `[{name: e1, address: 10.0.0.1}, …]`.
 *
 * @internal
 */
export function membersOfMap(map: object): string {
  const [[name, value] = ['e1', '10.0.0.1'], ...others] = Object.entries(map);
  const inner: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'address') : value;
  const first = entryOf('members', `${name}=${typeof inner === 'string' ? inner : '10.0.0.1'}`, 0);
  return `[${first}${others.length > 0 ? ', …' : ''}]`;
}

/** What a map is called that has one value alone, where that was written in its place. */
const MAIN_KEYS: Readonly<Record<string, string>> = {
  cluster: 'name',
  etcd: 'version',
  kubernetes: 'version',
  systemd: 'unit',
  'certificates.validity': 'leaf',
};

/**
 * The map that a text most likely stands for: `kubernetes: "1.30"` is `{version: "1.30"}`.
 *
 * @internal
 */
export function mapOf(place: string, value: unknown): string | undefined {
  const key = Object.hasOwn(MAIN_KEYS, place) ? MAIN_KEYS[place] : undefined;
  const isText = typeof value === 'string' || typeof value === 'number';
  if (key === undefined || !isText || !/^[\w.-]{1,60}$/.test(String(value))) return undefined;
  return `{${key}: ${key === 'version' ? JSON.stringify(String(value)) : String(value)}}`;
}

function wordsAt(keys: Keys): Words | undefined {
  const place = keys.map((key) => (typeof key === 'number' ? '[]' : key)).join('.');
  if (
    place === 'certificates.ca' ||
    place === 'certificates.peerCa' ||
    /^certificates\.files\.[^.]+$/.test(place)
  )
    return PAIR;
  switch (place) {
    case '':
      return DOCUMENT;
    case 'members.[]':
      return MEMBER;
    case 'clients.[]':
      return CLIENT;
    case 'certificates':
      return CERTIFICATES;
    case 'certificates.validity':
      return VALIDITY;
    case 'etcd':
      return ETCD;
    case 'systemd':
      return SYSTEMD;
    default:
      return undefined;
  }
}

function means(key: string): string {
  return `Did you mean ${key}?`;
}

function each(words: readonly string[], cure: string): Words {
  return Object.fromEntries(words.map((word) => [word, cure]));
}
