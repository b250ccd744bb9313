import { commandRules } from './commands.js';
import { dataRemovedRules } from './data-removed.js';
import { folderModeRules } from './folder-modes.js';
import { descriptorRules, isolationRules, startRules } from './isolation.js';
import { pathRules } from './paths.js';
import { portRules } from './ports.js';
import type { ServiceProblem, ServiceRule, ServiceView } from './service-rule.js';
import { socketRules } from './sockets.js';

/**
 * What a unit's directives may take from etcd, one chapter a file.
 *
 * @internal
 */
export const SERVICE_RULES: readonly ServiceRule[] = [
  ...startRules,
  ...isolationRules,
  ...descriptorRules,
  ...portRules,
  ...pathRules,
  ...socketRules,
  ...folderModeRules,
  ...commandRules,
  ...dataRemovedRules,
];

/**
 * Runs rules on one service.
 *
 * @internal
 */
export function* checkServiceRules(
  rules: readonly ServiceRule[],
  view: ServiceView,
): Generator<{ readonly rule: ServiceRule; readonly problem: ServiceProblem }> {
  for (const rule of rules) for (const problem of rule.check(view)) yield { rule, problem };
}
