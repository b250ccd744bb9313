import { type EtcdBundleErrorCode, type Issue, isEtcdBundleError } from '../errors.js';
import type { FailureJson } from '../node/json/failure.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { codeFrame } from './code-frame.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { Format } from './format.js';
import type { CliIo } from './io.js';
import { jsonText, styleFor } from './text.js';
import { workflowCommand } from './workflow-command.js';

/**
 * The document that a command was given.
 *
 * @internal
 */
export interface GivenDocument {
  /** As on the command line. */
  readonly name: string;
  /** Absent until it has been read. */
  readonly text?: string | undefined;
}

/** Errors whose issues have paths in the document. */
const IN_DOCUMENT: readonly EtcdBundleErrorCode[] = ['invalid-spec', 'invalid-authority', 'lint-failed'];
/** As many as anyone reads before mending the first. */
const MAX_FRAMES = 100;

/**
 * Reports why a command failed: each issue on its own line on stderr, with the line of the document that it is about; in the other formats all of them
 * on stdout.
 *
 * @throws any error that the library does not announce
 * @internal
 */
export async function reportFailure(
  error: unknown,
  io: CliIo,
  { format, document }: { readonly format: Format; readonly document?: GivenDocument },
): Promise<ExitCode> {
  if (!isEtcdBundleError(error)) throw error;
  const about = IN_DOCUMENT.includes(error.code) ? document : undefined;
  const issues = await located(error.issues, about);
  if (format === 'json') io.stdout.write(jsonText({ format: 1, issues } satisfies FailureJson));
  else if (format === 'github') io.stdout.write(issues.map((issue) => annotation(issue, about)).join(''));
  else reportIssues(issues, io, about);
  return error.code === 'system' ? exitCodes.system : exitCodes.wrong;
}

/**
 * Each issue on its own line on stderr.
 *
 * @internal
 */
export function reportIssues(issues: readonly Issue[], io: CliIo, document?: GivenDocument): void {
  const style = styleFor(io.stderr, io);
  const lines = document?.text?.split('\n') ?? [];
  for (const [index, issue] of issues.entries()) {
    const { code, line, column = 1, message, cure } = issue;
    const where = placeOf(issue, document);
    const place = where === '' ? '' : `${style.bold(escapeUnprintable(where))}: `;
    io.stderr.write(
      `${style.wrap(`${place}${escapeUnprintable(message)} ${style.dim(`${escapeUnprintable(cure)} [${code}]`)}`, 2)}\n`,
    );
    if (line !== undefined && index < MAX_FRAMES) io.stderr.write(codeFrame(lines, line, column, style));
  }
}

/** Authorities and certificates are judged when the document has been left behind. */
async function located(issues: readonly Issue[], document?: GivenDocument): Promise<readonly Issue[]> {
  if (document?.text === undefined) return issues;
  const { locateIssues } = await import('../document/locate-issues.js');
  return locateIssues(document.text, issues);
}

/** As compilers write it, which editors and terminals make a link of. */
function placeOf({ path, line, column }: Issue, document?: GivenDocument): string {
  const name = document?.name ?? '';
  const file = line === undefined || name === '' ? name : `${name}:${line}:${column ?? 1}`;
  return [...new Set([file, path])].filter((place) => place !== '').join(': ');
}

function annotation({ code, path, line, column, message, cure }: Issue, document?: GivenDocument): string {
  const file = document?.name ?? path;
  const where = document === undefined || path === '' || path === file ? '' : `${path}: `;
  return workflowCommand({
    level: 'error',
    file: file === '' || file === '-' ? undefined : file,
    line,
    column,
    title: code,
    message: `${where}${message} ${cure}`,
  });
}
