/**
 * What is known of the directives of one section: names, separated by blanks.
 *
 * @internal
 */
export interface SectionDirectives {
  /** `verify` works out what they do to etcd. */
  readonly read: string;
  /** They cannot keep etcd from starting or from being reached. */
  readonly harmless: string;
  /** They may, and nobody here works it out. */
  readonly unjudged: string;
}
