/**
 * Something in a manifest that etcd-bundle did not write.
 *
 * @internal
 */
export interface ManifestFault {
  /** Where in `bundle.json`: `hosts[0].files[3].mode`. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
}
