import type { DocumentNotice } from '../document/notices.js';
import { escapeUnprintable } from '../text/unprintable.js';
import type { GivenDocument } from './failure.js';
import type { Format } from './format.js';
import type { CliIo } from './io.js';
import { styleFor } from './text.js';
import { workflowCommand } from './workflow-command.js';

/**
 * Tells what is allowed in a document and seldom meant: a line each on stderr, or annotations on stdout.
 *
 * @internal
 */
export function reportNotices(
  notices: readonly DocumentNotice[],
  io: CliIo,
  { format, document: { name } }: { readonly format: Format; readonly document: GivenDocument },
): void {
  const style = styleFor(io.stderr, io);
  for (const { code, path, message, cure } of notices) {
    if (format === 'github') {
      const file = name === '-' ? undefined : name;
      io.stdout.write(
        workflowCommand({ level: 'notice', file, title: code, message: `${path}: ${message} ${cure}` }),
      );
    } else {
      const place = style.bold(escapeUnprintable(`${name}: ${path}`));
      io.stderr.write(
        `${style.wrap(`${place}: notice: ${escapeUnprintable(message)} ${style.dim(`${escapeUnprintable(cure)} [${code}]`)}`, 2)}\n`,
      );
    }
  }
}
