import type { SettingDefinition, SettingKind } from '../setting-definition.js';
import type { Since } from '../version.js';
import { BOOLEAN, FROM_3_5, TEXT } from './common.js';

const UNTIL_3_5: readonly Since[] = ['3.4', '3.5'];
const SINCE_3_5: readonly Since[] = ['3.5'];

const PROXY_MILLISECONDS: SettingKind = { type: 'milliseconds', min: 0n, max: 2n ** 63n - 1n };

/**
 * What is left of etcd 2: its API, its store and its proxy.
 *
 * @internal
 */
export const version2Settings: readonly SettingDefinition[] = [
  { name: 'enable-v2', known: UNTIL_3_5, kind: BOOLEAN, deprecated: SINCE_3_5 },
  { name: 'experimental-enable-v2v3', known: UNTIL_3_5, kind: TEXT, deprecated: SINCE_3_5 },
  {
    name: 'v2-deprecation',
    known: FROM_3_5,
    kind: {
      type: 'enum',
      values: {
        'not-yet': SINCE_3_5,
        'write-only': FROM_3_5,
        'write-only-skip-check': FROM_3_5,
        'write-only-drop-data': FROM_3_5,
        gone: FROM_3_5,
      },
    },
    deprecated: ['3.6', '3.7'],
  },
  {
    name: 'proxy',
    known: UNTIL_3_5,
    kind: { type: 'text', form: 'proxy-mode' },
    deprecated: SINCE_3_5,
  },
  { name: 'proxy-failure-wait', known: UNTIL_3_5, kind: PROXY_MILLISECONDS, deprecated: SINCE_3_5 },
  { name: 'proxy-refresh-interval', known: UNTIL_3_5, kind: PROXY_MILLISECONDS, deprecated: SINCE_3_5 },
  { name: 'proxy-dial-timeout', known: UNTIL_3_5, kind: PROXY_MILLISECONDS, deprecated: SINCE_3_5 },
  { name: 'proxy-write-timeout', known: UNTIL_3_5, kind: PROXY_MILLISECONDS, deprecated: SINCE_3_5 },
  { name: 'proxy-read-timeout', known: UNTIL_3_5, kind: PROXY_MILLISECONDS, deprecated: SINCE_3_5 },
];
