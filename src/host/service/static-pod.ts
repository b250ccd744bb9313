import { type RootIndex, textOf } from '../host-root.js';
import { isEtcdBinary, type ProcessService } from './service.js';
import { at, listAt, textAt, textsAt, yamlValues } from './yaml-value.js';

/** Of one host. */
const MAX_MANIFESTS = 50;
const MANIFESTS = /(?:^|\/)manifests\/[^/]+\.(?:ya?ml|json)$/;

/**
 * A container of a static pod.
 *
 * @internal
 */
export interface PodContainer {
  /** Manifest, absolute. */
  readonly path: string;
  readonly image: string;
  /** Command and arguments. */
  readonly words: readonly string[];
  readonly environment: ProcessService['environment'];
  readonly user?: string;
  readonly hostPath: (path: string) => string;
}

/**
 * The containers of the manifests that a kubelet would read.
 *
 * @internal
 */
export function podContainers(root: RootIndex): readonly PodContainer[] {
  const manifests = [...root.files].filter(([path]) => MANIFESTS.test(path)).slice(0, MAX_MANIFESTS);
  return manifests.flatMap(([path, file]) => {
    const pods = yamlValues(textOf(file)).filter((document) => at(document, 'kind') === 'Pod');
    return pods.flatMap((pod) =>
      listAt(pod, 'spec', 'containers').map((container): PodContainer => {
        const user =
          textAt(container, 'securityContext', 'runAsUser') ??
          textAt(pod, 'spec', 'securityContext', 'runAsUser');
        return {
          path,
          image: textAt(container, 'image') ?? '',
          words: [...textsAt(container, 'command'), ...textsAt(container, 'args')],
          environment: listAt(container, 'env').flatMap((entry) => {
            const name = textAt(entry, 'name');
            return name === undefined ? [] : [{ name, value: textAt(entry, 'value') ?? '', path }];
          }),
          ...(user === undefined || user === '0' ? {} : { user }),
          hostPath: hostPaths(pod, container),
        };
      }),
    );
  });
}

/**
 * The static pods that run etcd.
 *
 * @internal
 */
export function staticPodServices(containers: readonly PodContainer[]): readonly ProcessService[] {
  return containers.flatMap(({ words, ...container }) => {
    const start = words.findIndex(isEtcdBinary);
    if (start < 0) return [];
    return [
      {
        type: 'static-pod',
        ...container,
        args: words.slice(start + 1),
        sections: [],
        missingFiles: [],
        originOf: () => container.path,
      },
    ];
  });
}

function hostPaths(pod: unknown, container: unknown): (path: string) => string {
  const volumes = new Map(
    listAt(pod, 'spec', 'volumes').map((volume) => [
      textAt(volume, 'name'),
      textAt(volume, 'hostPath', 'path'),
    ]),
  );
  const mounts = listAt(container, 'volumeMounts').flatMap((mount) => {
    const [to, from] = [textAt(mount, 'mountPath'), volumes.get(textAt(mount, 'name'))];
    return to === undefined || from === undefined ? [] : [{ to: to.replace(/\/$/, ''), from }];
  });
  return (path) => {
    const mount = mounts
      .filter(({ to }) => path === to || path.startsWith(`${to}/`))
      .sort((a, b) => b.to.length - a.to.length)[0];
    return mount === undefined ? path : `${mount.from}${path.slice(mount.to.length)}`;
  };
}
