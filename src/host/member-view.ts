import { ETCD_DEFAULTS } from '../etcd/defaults.js';
import { type EtcdUrl, parseUrlList } from '../net/etcd-url.js';
import type { RootIndex } from './host-root.js';
import { type Pair, pairOf, type Trust, trustOf } from './pair.js';
import type { Materials } from './pem-files.js';
import type { Service } from './service/service.js';
import { parseInitialCluster } from './settings/initial-cluster.js';
import { isOn, type Settings, settingValue } from './settings/settings.js';
import { loadTokenKeys, type TokenKeys } from './token-keys.js';

/**
 * One etcd as it would run on one host.
 *
 * @internal
 */
export interface MemberView {
  readonly root: RootIndex;
  readonly service: Service;
  readonly settings: Settings;
  /** etcd's name of it. */
  readonly name: string;
  /** False where only the running host knows it, as with `%m`. */
  readonly isNameKnown: boolean;
  /** The name in findings: etcd's, or the root's where etcd's is unknown. */
  readonly label: string;
  /** False where the files do not tell where it listens. */
  readonly urlsKnown: boolean;
  readonly listenPeer: readonly EtcdUrl[];
  readonly listenClient: readonly EtcdUrl[];
  readonly listenHttp: readonly EtcdUrl[];
  readonly listenMetrics: readonly EtcdUrl[];
  readonly advertisePeer: readonly EtcdUrl[];
  readonly advertiseClient: readonly EtcdUrl[];
  /** Undefined if something other than initial-cluster names the members, or nothing does. */
  readonly initialCluster: ReadonlyMap<string, readonly EtcdUrl[]> | undefined;
  /** etcd's words on why initial-cluster cannot be read. */
  readonly initialClusterFault: string | undefined;
  /** Whether it has run before: then etcd ignores the initial settings. */
  readonly hasData: boolean;
  readonly client: TlsView;
  readonly peer: TlsView;
  /** Of `auth-token=jwt,…`. */
  readonly tokenKeys: TokenKeys | undefined;
}

/**
 * TLS on one side: towards clients, or among peers.
 *
 * @internal
 */
export interface TlsView {
  /** The prefix of its settings' names. */
  readonly prefix: '' | 'peer-';
  /** cert-file and key-file, where both are given. */
  readonly pair: Pair | undefined;
  /** What the member presents when it dials: client-cert-file, otherwise the same. */
  readonly ownClientPair: Pair | undefined;
  readonly trust: Trust | undefined;
  /** Whether connections need a certificate: with a CA file they do, regardless of client-cert-auth. */
  readonly needsCertificate: boolean;
  readonly crl: string | undefined;
}

/** @internal */
export async function viewMember(
  root: RootIndex,
  service: Service,
  settings: Settings,
  materials: Materials,
): Promise<MemberView> {
  const given = settingValue(settings, 'name');
  const name = given ?? ETCD_DEFAULTS.name;
  const isNameKnown = !settings.unknown.some((entry) => entry.name === 'name');
  const urlsKnown = service.type === 'layout' ? service.urlsKnown : isWhole(settings);
  const urls = (setting: string, fallback: string): readonly EtcdUrl[] =>
    urlsKnown ? parseUrlList(settingValue(settings, setting) ?? fallback).urls : [];
  const advertisePeer = urls('initial-advertise-peer-urls', ETCD_DEFAULTS['initial-advertise-peer-urls']);
  const cluster = urlsKnown ? initialClusterOf(settings, name, advertisePeer, materials) : undefined;
  const [client, peer] = await Promise.all([
    viewTls('', root, service, settings, materials),
    viewTls('peer-', root, service, settings, materials),
  ]);
  const dataDir = settingValue(settings, 'data-dir');
  const host = hostPathOf(service);
  return {
    root,
    service,
    settings,
    name,
    isNameKnown,
    label: isNameKnown ? (given ?? root.name) : root.name,
    urlsKnown,
    listenPeer: urls('listen-peer-urls', ETCD_DEFAULTS['listen-peer-urls']),
    listenClient: urls('listen-client-urls', ETCD_DEFAULTS['listen-client-urls']),
    listenHttp: optionalUrls(settings, 'listen-client-http-urls'),
    listenMetrics: optionalUrls(settings, 'listen-metrics-urls'),
    advertisePeer,
    advertiseClient: urls(
      'advertise-client-urls',
      isClientUrlRequired(settings) ? '' : ETCD_DEFAULTS['advertise-client-urls'],
    ),
    initialCluster: cluster?.members,
    initialClusterFault: cluster?.fault,
    hasData: root.hasRun || (dataDir !== undefined && hasFolder(root, `${host(dataDir)}/member`)),
    client,
    peer,
    tokenKeys: await loadTokenKeys(settingValue(settings, 'auth-token'), root, host, materials),
  };
}

/** Whether the files tell all that decides about where a member listens and with which certificates. */
function isWhole({ unknown, isPartial }: Settings): boolean {
  return !isPartial && !unknown.some(({ name }) => /-urls$|^initial-cluster$|-file$/.test(name));
}

/**
 * Without a configuration file, etcd has no default for advertise-client-urls once listen-client-urls is given.
 *
 * @internal
 */
export function isClientUrlRequired(settings: Settings): boolean {
  return (
    settings.style === 'command-line' &&
    settingValue(settings, 'listen-client-urls') !== undefined &&
    settingValue(settings, 'advertise-client-urls') === undefined
  );
}

/**
 * Whether other ways of finding the members are set.
 *
 * @internal
 */
export function usesDiscovery(settings: Settings): boolean {
  return settingValue(settings, 'discovery', 'discovery-srv', 'discovery-endpoints') !== undefined;
}

/**
 * Where a path that etcd uses lies on the host.
 *
 * @internal
 */
export function hostPathOf(service: Service): (path: string) => string {
  return service.type === 'layout' ? (path) => path : service.hostPath;
}

function hasFolder(root: RootIndex, path: string): boolean {
  // To ask for it by its name has it listed, where it is there.
  return root.directories.has(path) || root.find(path) !== undefined;
}

function optionalUrls(settings: Settings, name: string): readonly EtcdUrl[] {
  const value = settingValue(settings, name);
  return value === undefined ? [] : parseUrlList(value).urls;
}

/** A member that is given its name alone bootstraps with its own URLs (etcd `embed/config.go`, UpdateDefaultClusterFromName). */
function initialClusterOf(
  settings: Settings,
  name: string,
  advertisePeer: readonly EtcdUrl[],
  materials: Materials,
): ReturnType<typeof parseInitialCluster> | undefined {
  if (usesDiscovery(settings)) return undefined;
  const own = settingValue(settings, 'initial-cluster');
  const byDefault = `${ETCD_DEFAULTS.name}=${ETCD_DEFAULTS['initial-advertise-peer-urls']}`;
  if (own !== undefined && own !== byDefault) return readOnce(own, materials);
  return parseInitialCluster(
    name === ETCD_DEFAULTS.name ? byDefault : advertisePeer.map(({ text }) => `${name}=${text}`).join(','),
  );
}

const lists = new WeakMap<Materials, Map<string, ReturnType<typeof parseInitialCluster>>>();

/** All members of a cluster name all of them: what they have in common is read and kept once. */
function readOnce(text: string, materials: Materials): ReturnType<typeof parseInitialCluster> {
  const known = lists.get(materials) ?? new Map<string, ReturnType<typeof parseInitialCluster>>();
  lists.set(materials, known);
  const list = known.get(text) ?? parseInitialCluster(text);
  known.set(text, list);
  return list;
}

async function viewTls(
  prefix: TlsView['prefix'],
  root: RootIndex,
  service: Service,
  settings: Settings,
  materials: Materials,
): Promise<TlsView> {
  const host = hostPathOf(service);
  const load = async (certificate: string, key: string): Promise<Pair | undefined> => {
    const [certFile, keyFile] = [
      settingValue(settings, `${prefix}${certificate}`),
      settingValue(settings, `${prefix}${key}`),
    ];
    if (certFile === undefined || keyFile === undefined) return undefined;
    return pairOf(await materials.load(root, host(certFile)), await materials.load(root, host(keyFile)));
  };
  const pair = await load('cert-file', 'key-file');
  const clientPair = await load('client-cert-file', 'client-key-file');
  const ca = settingValue(settings, `${prefix}trusted-ca-file`);
  const crl = settingValue(settings, prefix === '' ? 'client-crl-file' : 'peer-crl-file');
  return {
    prefix,
    pair,
    ownClientPair: clientPair ?? pair,
    trust: ca === undefined ? undefined : trustOf(await materials.load(root, host(ca))),
    needsCertificate: ca !== undefined || isOn(settings, `${prefix}client-cert-auth`),
    crl: crl === undefined ? undefined : host(crl),
  };
}
