import type { ListKind, SettingDefinition } from '../setting-definition.js';
import { ALL, BOOLEAN, FROM_3_5, FROM_3_6, TEXT } from './common.js';

const LOG_OUTPUTS: ListKind = { type: 'list', item: 'log-output', yaml: 'list', many: ALL };

/**
 * What is logged, how and where to.
 *
 * @internal
 */
export const loggingSettings: readonly SettingDefinition[] = [
  { name: 'logger', known: ALL, kind: { type: 'enum', values: { zap: ALL, capnslog: ['3.4'] } } },
  // What etcd's help names; a level in capitals, or `warning`, makes some releases panic and others not.
  {
    name: 'log-level',
    known: ALL,
    kind: { type: 'enum', values: { debug: ALL, info: ALL, warn: ALL, error: ALL, panic: ALL, fatal: ALL } },
  },
  {
    name: 'log-format',
    known: FROM_3_6,
    kind: { type: 'enum', values: { json: FROM_3_6, console: FROM_3_6 } },
  },
  {
    name: 'log-outputs',
    known: ALL,
    kind: LOG_OUTPUTS,
  },
  // 3.4 accepts it, and ignores it with either logger.
  {
    name: 'log-output',
    known: ['3.4'],
    kind: LOG_OUTPUTS,
    renamedTo: 'log-outputs',
    deprecated: ['3.4'],
  },
  { name: 'log-package-levels', known: ['3.4'], kind: TEXT, instead: 'log-level' },
  { name: 'debug', known: ['3.4'], kind: BOOLEAN, instead: 'log-level: debug' },
  { name: 'enable-log-rotation', known: FROM_3_5, kind: BOOLEAN },
  {
    name: 'log-rotation-config-json',
    known: FROM_3_5,
    kind: { type: 'text', form: 'log-rotation' },
  },
];
