import { escapeUnprintable } from '../text/unprintable.js';

/**
 * One annotation of a GitHub Actions workflow.
 *
 * @internal
 */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** Path of a file that is there, as the command was given it; absent where there is none. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly title: string;
  readonly message: string;
}

/**
 * Writes a workflow command as the runner reads it: one line, with the characters that end a property or a command escaped
 * (actions/toolkit, packages/core/src/command.ts).
 *
 * @internal
 */
export function workflowCommand({ level, file, line, column, title, message }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${level} ${properties.join(',')}::${escapeData(escapeUnprintable(message))}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
