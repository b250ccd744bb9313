import { compactionRules } from './compaction.js';
import { bindAddress, mixedSchemes, portClash } from './listeners.js';
import { loggingRules } from './logging.js';
import type { SettingRule } from './setting-rule.js';
import { socketRules } from './sockets.js';
import { timingRules } from './timing.js';
import { tlsRules } from './tls.js';
import { tlsPairRules } from './tls-pairs.js';
import { twiceRules } from './twice.js';
import { valueRules } from './values.js';

/**
 * Settings against each other, one chapter a file.
 *
 * @internal
 */
export const COMBINATION_RULES: readonly SettingRule[] = [
  ...valueRules,
  ...timingRules,
  ...tlsRules,
  ...compactionRules,
  ...loggingRules,
  ...twiceRules,
];

/**
 * Where a member listens, and with which certificates.
 *
 * @internal
 */
export const LISTENER_RULES: readonly SettingRule[] = [
  bindAddress,
  portClash,
  mixedSchemes,
  ...socketRules,
  ...tlsPairRules,
];

/**
 * Every rule that both the document and `verify` run.
 *
 * @internal
 */
export const SETTING_RULES: readonly SettingRule[] = [...COMBINATION_RULES, ...LISTENER_RULES];
