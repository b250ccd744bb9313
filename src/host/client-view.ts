import { type EtcdUrl, parseUrlList } from '../net/etcd-url.js';
import { parseEnvironmentFile } from '../systemd/environment-file.js';
import { baseName } from '../text/path.js';
import { beginningOf, folderOf, type RootIndex } from './host-root.js';
import { type Pair, pairOf, type Trust, trustOf } from './pair.js';
import type { Materials } from './pem-files.js';
import type { KubeadmDocuments } from './service/kubeadm-document.js';
import { type HostProcess, isEtcdBinary } from './service/service.js';

/**
 * Somebody who is going to connect to the cluster.
 *
 * @internal
 */
export interface ClientView {
  readonly root: RootIndex;
  readonly kind: 'etcdctl' | 'kube-apiserver' | 'kubeadm' | 'grpc-proxy' | 'k3s' | 'certificate';
  /** The file that tells of it. */
  readonly path: string;
  readonly pair: Pair | undefined;
  readonly trust: Trust | undefined;
  /** Empty where nothing tells: then all members. */
  readonly endpoints: readonly EtcdUrl[];
}

interface ClientFiles {
  readonly kind: ClientView['kind'];
  readonly path: string;
  readonly ca?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly endpoints: string;
}

/**
 * The clients that the files of a host tell of: etcdctl's variables, kubeadm's `etcd.external`, the flags of a kube-apiserver, a
 * grpc-proxy or a k3s wherever they are started, and certificates whose names say that they are a client's.
 *
 * @param usedByMembers - certificates of this host that etcd's own settings name
 * @internal
 */
export async function viewClients(
  root: RootIndex,
  processes: readonly HostProcess[],
  documents: KubeadmDocuments,
  materials: Materials,
  usedByMembers: ReadonlySet<string>,
): Promise<readonly ClientView[]> {
  const told = [...etcdctlClients(root), ...kubeadmClients(documents), ...processes.flatMap(processClients)];
  const known = new Set<string | undefined>([
    ...told.map(({ certificate }) => certificate),
    ...usedByMembers,
  ]);
  const lone = loneClients(root).filter(({ certificate }) => !known.has(certificate));
  return Promise.all([...told, ...lone].map((files) => loadClient(files, root, materials)));
}

async function loadClient(files: ClientFiles, root: RootIndex, materials: Materials): Promise<ClientView> {
  const { kind, path, ca, certificate, key, endpoints } = files;
  return {
    root,
    kind,
    path,
    pair:
      certificate === undefined || key === undefined
        ? undefined
        : pairOf(await materials.load(root, certificate), await materials.load(root, key)),
    trust: ca === undefined ? undefined : trustOf(await materials.load(root, ca)),
    endpoints: endpoints === '' ? [] : parseUrlList(endpoints).urls,
  };
}

function etcdctlClients(root: RootIndex): readonly ClientFiles[] {
  return [...root.files].flatMap(([path, file]) => {
    if (!/\.(?:env|conf|sh)$|\/default\//.test(path)) return [];
    const text = beginningOf(file);
    if (!text.includes('ETCDCTL_')) return [];
    const variables = new Map(
      parseEnvironmentFile(text.replace(/^[ \t]*export[ \t]+/gm, '')).variables.map(({ name, value }) => [
        name,
        value,
      ]),
    );
    const endpoints = variables.get('ETCDCTL_ENDPOINTS') ?? '';
    return [
      {
        kind: 'etcdctl',
        path,
        ca: variables.get('ETCDCTL_CACERT'),
        certificate: variables.get('ETCDCTL_CERT'),
        key: variables.get('ETCDCTL_KEY'),
        endpoints,
      },
    ];
  });
}

function kubeadmClients(documents: KubeadmDocuments): readonly ClientFiles[] {
  return documents.external.map(
    ({ path, endpoints, caFile, certFile, keyFile }): ClientFiles => ({
      kind: 'kubeadm',
      path,
      ca: caFile,
      certificate: certFile,
      key: keyFile,
      endpoints: endpoints.join(','),
    }),
  );
}

/** The flags with which a process is told of etcd: endpoints, CA, certificate and key. */
const CLIENT_FLAGS: readonly (readonly [kind: ClientView['kind'], flags: readonly string[]])[] = [
  ['kube-apiserver', ['etcd-servers', 'etcd-cafile', 'etcd-certfile', 'etcd-keyfile']],
  ['k3s', ['datastore-endpoint', 'datastore-cafile', 'datastore-certfile', 'datastore-keyfile']],
  ['grpc-proxy', ['endpoints', 'cacert', 'cert', 'key']],
];

function processClients({ words, path, hostPath }: HostProcess): readonly ClientFiles[] {
  const isProxy = isEtcdBinary(words[0] ?? '') && words[1] === 'grpc-proxy';
  return CLIENT_FLAGS.flatMap(([kind, [servers = '', ...files]]): readonly ClientFiles[] => {
    if (kind === 'grpc-proxy' && !isProxy) return [];
    const endpoints = flagOf(words, servers)?.replace(/^etcd:\/\//, '');
    if (endpoints === undefined || !/^(?:https?|unixs?):\/\//.test(endpoints)) return [];
    const [ca, certificate, key] = files.map((name) => {
      const value = flagOf(words, name);
      return value === undefined || value === '' ? undefined : hostPath(value);
    });
    const own: ClientFiles = { kind, path, ca, certificate, key, endpoints };
    // `/events#https://…;https://…` (kube-apiserver, --etcd-servers-overrides)
    const overrides = (flagOf(words, 'etcd-servers-overrides') ?? '').split(',').flatMap((text) => {
      const [, list] = text.split('#');
      return kind !== 'kube-apiserver' || list === undefined
        ? []
        : [{ ...own, endpoints: list.replaceAll(';', ',') }];
    });
    return [own, ...overrides];
  });
}

/**
 * The value of a flag, behind `=` or in the next word; the last one counts.
 *
 * @internal
 */
export function flagOf(words: readonly string[], name: string): string | undefined {
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const [, given, value] = /^--?([^-=][^=]*)(?:=([\s\S]*))?$/.exec(words[at] ?? '') ?? [];
    if (given === name) return value ?? words[at + 1];
  }
  return undefined;
}

/** Clients of Kubernetes that have nothing to do with etcd. */
const OTHER_CLIENTS =
  /(?:^|\/)(?:apiserver-kubelet-client|front-proxy-client|kubelet-client[^/]*|[^/]*-key)\.(?:crt|pem)$/;

/** `…client….crt` or `.pem` with its key beside it, under a CA of the same or the `etcd` folder. */
function loneClients(root: RootIndex): readonly ClientFiles[] {
  return [...root.files.keys()].flatMap((path): readonly ClientFiles[] => {
    const isClient = baseName(path).includes('client') && /\.(?:crt|pem)$/.test(path);
    if (!isClient || OTHER_CLIENTS.test(path)) return [];
    const folder = folderOf(path);
    const key = keyBeside(path, root);
    const isApiserver = path.endsWith('/apiserver-etcd-client.crt');
    const folders = isApiserver ? [`${folder}/etcd`] : [folder];
    const ca = folders
      .flatMap((name) => [`${name}/ca.crt`, `${name}/ca.pem`])
      .find((name) => root.files.has(name));
    return key === undefined
      ? []
      : [{ kind: 'certificate', path, ca, certificate: path, key, endpoints: '' }];
  });
}

/**
 * The key that lies beside a certificate, by kubeadm's and by cfssl's way of naming.
 *
 * @internal
 */
export function keyBeside(path: string, root: RootIndex): string | undefined {
  const stem = path.replace(/\.(?:crt|cert|cer|pem)$/, '');
  return [`${stem}.key`, `${stem}-key.pem`, `${stem}.key.pem`, `${stem}-key.key`].find((name) =>
    root.files.has(name),
  );
}
