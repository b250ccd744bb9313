import { baseName } from '../../text/path.js';
import { trimEnd } from '../../text/trim-end.js';
import { isEtcdImage } from '../container/etcd-image.js';
import { type ContainerMount, mountedPath, mountOf } from '../container/mounts.js';
import { beginningOf, mentions, type RootIndex } from '../host-root.js';
import { launch } from './launch.js';
import type { HostProcess } from './service.js';
import { unitText } from './unit-fragments.js';
import { at, listAt, MAX_YAML, textAt, textsAt, yamlValues } from './yaml-value.js';

/** Of one host. */
const MAX_MANIFESTS = 50;
const MANIFESTS = /(?:^|\/)(?:pod-)?manifests\/[^/.][^/]*\.(?:ya?ml|json|manifest)$/;
const KUBELET_CONFIG = '/var/lib/kubelet/config.yaml';
/** Files where a kubelet's flags stand. */
const KUBELET_FLAGS = /\/(?:kubelet[^/]*|[^/]*kubelet\.service\.d\/[^/]+)$/;

/**
 * A pod's container, and what it starts.
 *
 * @internal
 */
export interface PodReading {
  /** Manifest, absolute. */
  readonly path: string;
  readonly image: string;
  readonly processes: readonly HostProcess[];
}

/**
 * The containers of the manifests that a kubelet would read: in the usual folders, and in the one that its configuration names.
 *
 * @internal
 */
export function staticPods(root: RootIndex): readonly PodReading[] {
  const folders = manifestFolders(root);
  const manifests = [...root.files].flatMap(([path, file]) => {
    const isManifest =
      MANIFESTS.test(path) ||
      folders.some(
        (folder) => path.startsWith(`${folder}/`) && /^[^/.][^/]*$/.test(path.slice(folder.length + 1)),
      );
    return isManifest && mentions(file, 'etcd') ? [path] : [];
  });
  return root.limits
    .firstOf(manifests, MAX_MANIFESTS, '', 'manifests that speak of etcd')
    .flatMap((path) => podReadings(root, path));
}

/**
 * The containers of the pods in one file.
 *
 * @internal
 */
export function podReadings(root: RootIndex, path: string): readonly PodReading[] {
  const file = root.find(path);
  const pods = (file === undefined ? [] : yamlValues(root.limits.text(file, MAX_YAML))).filter(
    (document) => at(document, 'kind') === 'Pod',
  );
  return pods.flatMap((pod) =>
    listAt(pod, 'spec', 'containers').map((container) => ({
      path,
      image: textAt(container, 'image') ?? '',
      processes: launch(root, containerProcess(path, pod, container)),
    })),
  );
}

function containerProcess(path: string, pod: unknown, container: unknown): HostProcess {
  const identity = (name: string): string | undefined =>
    textAt(container, 'securityContext', name) ?? textAt(pod, 'spec', 'securityContext', name);
  const [user, group] = [identity('runAsUser'), identity('runAsGroup')];
  const image = textAt(container, 'image') ?? '';
  const entries = listAt(container, 'env').flatMap((entry) => {
    const name = textAt(entry, 'name');
    return name === undefined
      ? []
      : [{ name, value: textAt(entry, 'value'), isKnown: at(entry, 'valueFrom') === undefined }];
  });
  const variables = new Map(
    entries.map(({ name, value, isKnown }) => [name, isKnown ? (value ?? '') : undefined]),
  );
  const expand = (text: string): string => expandReferences(text, variables);
  const command = textsAt(container, 'command').map(expand);
  const args = textsAt(container, 'args').map(expand);
  const isImplied = command.length === 0 && isEtcdImage(image) && (args[0] ?? '-').startsWith('-');
  const mounts = containerMounts(pod, container);
  return {
    type: 'static-pod',
    path,
    image,
    words: [...(isImplied ? ['etcd'] : command), ...args],
    environment: entries.map(({ name, value, isKnown }) => ({
      name,
      value: isKnown ? expand(value ?? '') : `$(${name})`,
      path,
    })),
    ...(user === undefined || user === '0' ? {} : { user }),
    ...(group === undefined || group === '0' ? {} : { group }),
    sections: [],
    missingFiles: [],
    originOf: () => path,
    hostPath: (wanted) => mountedPath(mounts, wanted),
    isMounted: (wanted) => mountOf(mounts, wanted) !== undefined,
    hasOwnNetwork: at(pod, 'spec', 'hostNetwork') !== true,
    unknowns: entries.flatMap(({ name, isKnown }) => (isKnown ? [] : [`$(${name})`])),
    unexported: [],
  };
}

/** `$(NAME)`, and `$$` for a dollar (Kubernetes API, Container, `command`); what is not set stays as it is. */
function expandReferences(text: string, variables: ReadonlyMap<string, string | undefined>): string {
  return text.replace(/\$\$|\$\(([^()]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name) ?? whole),
  );
}

function containerMounts(pod: unknown, container: unknown): readonly ContainerMount[] {
  const volumes = new Map(
    listAt(pod, 'spec', 'volumes').map((volume) => [
      textAt(volume, 'name'),
      textAt(volume, 'hostPath', 'path'),
    ]),
  );
  return listAt(container, 'volumeMounts').flatMap((mount) => {
    const to = textAt(mount, 'mountPath');
    const below = textAt(mount, 'subPath');
    const from = volumes.get(textAt(mount, 'name'));
    return to === undefined
      ? []
      : [{ to, from: from === undefined || below === undefined ? from : `${from}/${below}` }];
  });
}

/** `staticPodPath` of the kubelet's configuration, and `--pod-manifest-path` of its command. */
function manifestFolders(root: RootIndex): readonly string[] {
  const named: string[] = [];
  const config = root.find(KUBELET_CONFIG);
  const configs = [...root.files].filter(([path]) => isKubeletConfig(path));
  for (const file of [...configs.map(([, found]) => found), ...(config === undefined ? [] : [config])])
    for (const document of yamlValues(beginningOf(file))) named.push(textAt(document, 'staticPodPath') ?? '');
  for (const path of root.files.keys()) {
    if (!KUBELET_FLAGS.test(path)) continue;
    for (const [, folder = ''] of unitText(root, path).matchAll(
      /--pod-manifest-path[= ]["']?(\/[^\s"'\\]+)/g,
    ))
      named.push(folder);
  }
  return [...new Set(named.filter((folder) => folder.startsWith('/')).map((folder) => trimEnd(folder, '/')))];
}

function isKubeletConfig(path: string): boolean {
  return baseName(path).includes('kubelet') && /\.(?:ya?ml|json|conf)$/.test(path);
}
