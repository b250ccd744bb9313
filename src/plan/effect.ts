/**
 * What it takes until a change counts: `copy`, its files are read again as they are needed; `restart`, etcd reads them at its start; `none`, nobody
 * reads it any more.
 *
 * @public
 */
export type Effect = 'copy' | 'restart' | 'none';

/** @internal */
export const EFFECTS: readonly Effect[] = ['copy', 'restart', 'none'];
