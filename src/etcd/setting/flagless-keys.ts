import type { YamlPlace } from './definition.js';

/**
 * Keys that etcd reads in a section of its configuration file, and has no flag for: both sections are one type in Go, and what the
 * flags offer to peers alone counts for clients there (etcd `embed/config.go`, securityConfig).
 *
 * @internal
 */
export const FLAGLESS_KEYS: readonly YamlPlace[] = [
  { section: 'client-transport-security', key: 'allowed-cn', since: { '3.5': 14 } },
  { section: 'client-transport-security', key: 'skip-client-san-verification', since: '3.6' },
];
