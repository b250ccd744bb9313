import type { SettingDefinition, SettingKind } from '../definition.js';
import { BOOLEAN, TEXT } from './common.js';

const PROXY_MILLISECONDS: SettingKind = { type: 'milliseconds', min: 0n, max: 2n ** 63n - 1n };

/**
 * What is left of etcd 2: its API, its store and its proxy.
 *
 * @internal
 */
export const version2Settings: readonly SettingDefinition[] = [
  { name: 'enable-v2', until: '3.5', kind: BOOLEAN, deprecated: { since: '3.5' } },
  { name: 'experimental-enable-v2v3', until: '3.5', kind: TEXT, deprecated: { since: '3.5' } },
  {
    name: 'v2-deprecation',
    since: '3.5',
    kind: {
      type: 'enum',
      values: {
        'not-yet': { since: '3.5', until: '3.5' },
        'write-only': { since: '3.5' },
        'write-only-skip-check': { since: '3.5' },
        'write-only-drop-data': { since: '3.5' },
        gone: { since: '3.5' },
      },
    },
    deprecated: { since: '3.6' },
  },
  {
    name: 'proxy',
    until: '3.5',
    kind: { type: 'text', form: 'proxy-mode' },
    deprecated: { since: '3.5' },
  },
  { name: 'proxy-failure-wait', until: '3.5', kind: PROXY_MILLISECONDS, deprecated: { since: '3.5' } },
  { name: 'proxy-refresh-interval', until: '3.5', kind: PROXY_MILLISECONDS, deprecated: { since: '3.5' } },
  { name: 'proxy-dial-timeout', until: '3.5', kind: PROXY_MILLISECONDS, deprecated: { since: '3.5' } },
  { name: 'proxy-write-timeout', until: '3.5', kind: PROXY_MILLISECONDS, deprecated: { since: '3.5' } },
  { name: 'proxy-read-timeout', until: '3.5', kind: PROXY_MILLISECONDS, deprecated: { since: '3.5' } },
];
