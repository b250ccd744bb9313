import type { Command } from './command.js';
import { completionOf } from './commands/completion.js';
import { expiry } from './commands/expiry.js';
import { explain } from './commands/explain.js';
import { generate } from './commands/generate.js';
import { init } from './commands/init.js';
import { inspect } from './commands/inspect.js';
import { plan } from './commands/plan.js';
import { renew } from './commands/renew.js';
import { replace } from './commands/replace.js';
import { report } from './commands/report.js';
import { restore } from './commands/restore.js';
import { revoke } from './commands/revoke.js';
import { rotateCa } from './commands/rotate-ca.js';
import { update } from './commands/update.js';
import { verify } from './commands/verify.js';

/**
 * Every command, in the order of the help.
 *
 * @internal
 */
export const commands: readonly Command[] = [
  init,
  generate,
  verify,
  inspect,
  expiry,
  report,
  plan,
  update,
  renew,
  replace,
  restore,
  rotateCa,
  revoke,
  explain,
  completionOf(() => commands),
];
