const ETCD_IMAGE = /(?:^|[-_])etcd(?:[-_](?:amd64|arm64|arm|ppc64le|s390x))?$/;

/**
 * Whether an image is etcd's by its name: `quay.io/coreos/etcd:v3.5.12`, `rancher/hardened-etcd`.
 *
 * @internal
 */
export function isEtcdImage(image: string): boolean {
  return ETCD_IMAGE.test(imageName(image));
}

/**
 * What an image sets before etcd starts: Bitnami's has a data folder of its own (bitnami/containers, `bitnami/etcd`, `etcd-env.sh`).
 *
 * @internal
 */
export function imageVariables(image: string): readonly string[] {
  return /(?:^|\/)bitnami(?:legacy|secure)?\/etcd(?:[:@]|$)/.test(image)
    ? ['ETCD_DATA_DIR=/bitnami/etcd/data']
    : [];
}

/**
 * The tag of an image; undefined where it has none.
 *
 * @internal
 */
export function imageTag(image: string): string | undefined {
  return partsOf(image).tag;
}

function imageName(image: string): string {
  return partsOf(image).name;
}

/** The name without its registry and folders; a digest is no tag. */
function partsOf(image: string): { readonly name: string; readonly tag: string | undefined } {
  const [tagged = ''] = image.slice(image.lastIndexOf('/') + 1).split('@');
  const colon = tagged.lastIndexOf(':');
  if (colon < 0) return { name: tagged, tag: undefined };
  const tag = tagged.slice(colon + 1);
  return { name: tagged.slice(0, colon), tag: tag === '' ? undefined : tag };
}
