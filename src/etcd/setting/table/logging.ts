import type { ListKind, SettingDefinition } from '../definition.js';
import { ALL, BOOLEAN, TEXT } from './common.js';

const LOG_OUTPUTS: ListKind = { type: 'list', item: 'log-output', yaml: 'list', many: ALL };

/**
 * What is logged, how and where to.
 *
 * @internal
 */
export const loggingSettings: readonly SettingDefinition[] = [
  { name: 'logger', kind: { type: 'enum', values: { zap: ALL, capnslog: { until: '3.4' } } } },
  // What etcd's help names; a level in capitals, or `warning`, makes some releases panic and others not.
  {
    name: 'log-level',

    kind: { type: 'enum', values: { debug: ALL, info: ALL, warn: ALL, error: ALL, panic: ALL, fatal: ALL } },
  },
  {
    name: 'log-format',
    since: '3.6',
    kind: { type: 'enum', values: { json: { since: '3.6' }, console: { since: '3.6' } } },
  },
  {
    name: 'log-outputs',

    kind: LOG_OUTPUTS,
  },
  // 3.4 accepts it, and ignores it with either logger.
  {
    name: 'log-output',
    until: '3.4',
    kind: LOG_OUTPUTS,
    renamedTo: 'log-outputs',
    deprecated: { until: '3.4' },
  },
  { name: 'log-package-levels', until: '3.4', kind: TEXT, instead: 'log-level' },
  { name: 'debug', until: '3.4', kind: BOOLEAN, instead: 'log-level: debug' },
  { name: 'enable-log-rotation', since: '3.5', kind: BOOLEAN },
  {
    name: 'log-rotation-config-json',
    since: '3.5',
    kind: { type: 'text', form: 'log-rotation' },
  },
];
