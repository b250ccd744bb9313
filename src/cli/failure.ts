import { type EtcdBundleErrorCode, type Issue, isEtcdBundleError } from '../errors.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { CliIo } from './io.js';
import { jsonText, styleFor } from './text.js';

/** Errors whose issues have paths in the document. */
const IN_DOCUMENT: readonly EtcdBundleErrorCode[] = ['invalid-spec', 'invalid-authority', 'lint-failed'];

/**
 * Reports why a command failed: each issue on its own line on stderr; with `--json` all of them as one object on stdout.
 *
 * @param document - name of the document, where there is one
 * @throws any error that the library does not announce
 * @internal
 */
export function reportFailure(
  error: unknown,
  io: CliIo,
  options: { readonly json: boolean; readonly document?: string },
): ExitCode {
  if (!isEtcdBundleError(error)) throw error;
  const { code, issues } = error;
  const document = IN_DOCUMENT.includes(code) ? options.document : undefined;
  if (options.json) io.stdout.write(jsonText({ issues }));
  else reportIssues(issues, io, document);
  return code === 'system' ? exitCodes.system : exitCodes.wrong;
}

/**
 * Each issue on its own line on stderr.
 *
 * @internal
 */
export function reportIssues(issues: readonly Issue[], io: CliIo, document?: string): void {
  for (const issue of issues) io.stderr.write(issueLine(issue, document, io));
}

function issueLine({ path, message, cure }: Issue, document: string | undefined, io: CliIo): string {
  const style = styleFor(io.stderr, io);
  const places = new Set([document ?? '', path].filter((place) => place !== ''));
  const where = places.size === 0 ? '' : `${style.bold(escapeUnprintable([...places].join(': ')))}: `;
  return `${where}${escapeUnprintable(message)} ${style.dim(escapeUnprintable(cure))}\n`;
}
