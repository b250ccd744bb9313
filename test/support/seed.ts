import fc from 'fast-check';

/** Whether other cases, and keys, are drawn than at every run. What they find becomes a case of its own. */
export const drawsOthers: boolean = process.env['ETCD_BUNDLE_SEED'] !== undefined;

fc.configureGlobal({ seed: Number(process.env['ETCD_BUNDLE_SEED'] ?? '1') });
