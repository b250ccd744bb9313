import type { YamlPlace } from './definition.js';

/**
 * Keys that etcd reads in its configuration file, and has no flag for (etcd `embed/config.go`, Config, securityConfig). Both sections
 * are one type in Go, and what the flags offer to peers alone counts for clients there.
 *
 * @internal
 */
export const FLAGLESS_KEYS: readonly YamlPlace[] = [
  { section: 'client-transport-security', key: 'allowed-cn', since: { '3.5': 14 } },
  { section: 'client-transport-security', key: 'skip-client-san-verification', since: '3.6' },
  { key: 'discovery-config', since: '3.6' },
  // A list of Go functions: a file can only leave it empty.
  { key: 'grpc-additional-server-options', since: '3.6' },
];
