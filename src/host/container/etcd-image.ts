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
 * The tag of an image; undefined where it has none.
 *
 * @internal
 */
export function imageTag(image: string): string | undefined {
  const [, tag] = /:([^:/@]+)(?:@[^/]*)?$/.exec(image) ?? [];
  return tag;
}

function imageName(image: string): string {
  return image
    .replace(/@[^/]*$/, '')
    .replace(/:[^:/]*$/, '')
    .replace(/^.*\//, '');
}
