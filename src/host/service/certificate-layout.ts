import type { RootIndex } from '../host-root.js';
import type { LayoutService } from './service.js';

/** kubeadm's file names (kubeadm `certlist.go`) with the settings that would name them. */
const KUBEADM_FILES: readonly (readonly [setting: string, file: string])[] = [
  ['cert-file', 'server.crt'],
  ['key-file', 'server.key'],
  ['trusted-ca-file', 'ca.crt'],
  ['peer-cert-file', 'peer.crt'],
  ['peer-key-file', 'peer.key'],
  ['peer-trusted-ca-file', 'ca.crt'],
];

/**
 * Where no service and no document tells how etcd is run, kubeadm's folder of certificates still tells what each is for.
 *
 * @internal
 */
export function certificateLayouts(root: RootIndex): readonly LayoutService[] {
  const folders = [...root.files.keys()].flatMap((path) => {
    const [, folder] = /^(.*)\/(?:server|peer)\.crt$/.exec(path) ?? [];
    return folder !== undefined && root.files.has(`${folder}/ca.crt`) ? [folder] : [];
  });
  return [...new Set(folders)].map((folder) => ({
    type: 'layout',
    path: folder === '' ? '/' : folder,
    settings: [
      ...KUBEADM_FILES.flatMap(([name, file]) =>
        root.files.has(`${folder}/${file}`) ? [{ name, value: `${folder}/${file}` }] : [],
      ),
      { name: 'client-cert-auth', value: 'true' },
      { name: 'peer-client-cert-auth', value: 'true' },
    ],
    isCertificates: true,
    urlsKnown: false,
  }));
}
