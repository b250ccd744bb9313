/**
 * A machine that etcd is released for on Linux, as Go and etcd's archives name it.
 *
 * @public
 */
export type Architecture = 'amd64' | 'arm64' | 'ppc64le' | 'riscv64' | 's390x';

/** @internal */
export const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'];
