/**
 * One step of an update, for RUNBOOK.md or a program: commands of bash, each a line that ends with 0 where it succeeded.
 *
 * @public
 */
export interface Step {
  /** A headline: `New pairs for e1`. */
  readonly title: string;
  /** Where the commands are run: a host of the manifest, as root; or `operator`, in the folder of the new bundle with etcdctl's variables set. */
  readonly host: string;
  /** In this order. */
  readonly commands: readonly string[];
  /** Run by the operator afterwards: the next step begins once each has ended with 0. Those that wait have an end. */
  readonly gate: readonly string[];
  /** On the same host, what takes the step back; empty where there is nothing to take back. */
  readonly back: readonly string[];
}
