import { resolve } from 'node:path';
import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { Diagnosis, Explanation } from '../../explain/diagnosis.js';
import { issueKind, issueSummary } from '../../issue-codes.js';
import { escapeUnprintable } from '../../text/unprintable.js';
import { type Command, UsageError } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { reportFailure } from '../failure.js';
import type { CliIo } from '../io.js';
import { jsonText, levelStyle, type Style, styleFor } from '../text.js';

/** @internal */
export const explain: Command = {
  name: 'explain',
  summary:
    'Explains what etcd and etcdctl log, one message or a whole journal: cause and cure; or a code of etcd-bundle itself.',
  usage:
    '[--bundle <dir>] [--json] [--] [message | code]   (without a message: journalctl -u etcd | etcd-bundle explain)',
  operands: [],
  options: [
    {
      name: 'bundle',
      value: '<dir>',
      offer: 'folders',
      summary: 'Names the files of this bundle that a message concerns.',
    },
    { name: 'json', summary: 'Prints JSON.' },
  ],
  examples: [
    { line: "etcd-bundle explain 'remote error: tls: bad certificate'", what: 'One message' },
    { line: 'journalctl -u etcd --since today | etcd-bundle explain', what: 'A journal' },
    { line: 'etcd-bundle explain unknown-key', what: 'A code of etcd-bundle' },
  ],
  run: async ({ positionals, switches, values }, io) => {
    const json = switches.has('json');
    const folder = values.get('bundle');
    const isMessage = positionals.length > 0 && !(positionals.length === 1 && positionals[0] === '-');
    const message = positionals.join(' ');
    if (isMessage && message.trim() === '') throw new UsageError('operand-missing', 'The message is empty.');
    if (!isMessage && 'isTTY' in io.stdin && io.stdin.isTTY === true)
      throw new UsageError('operand-missing', 'Give a message, or a journal on standard input.');
    const summary = issueSummary(message);
    if (summary !== undefined) {
      const code = { code: message, kind: issueKind(message), summary };
      io.stdout.write(json ? jsonText(code) : `${message}: ${summary}\n`);
      return exitCodes.done;
    }
    try {
      const manifest = folder === undefined ? undefined : await readManifestOf(resolve(io.cwd, folder));
      const diagnosis = await diagnose(isMessage ? [message] : io.stdin, manifest);
      print(diagnosis, json, io);
      return diagnosis.unknown.length === 0 ? exitCodes.done : exitCodes.wrong;
    } catch (error) {
      return reportFailure(error, io, { format: json ? 'json' : 'text' });
    }
  },
};

const MAX_LINE_CHARACTERS = 16_384;

type Input = AsyncIterable<Uint8Array | string> | readonly string[];

/** Lines are cut while they are read, so that one endless line takes no more memory than a short one. */
async function diagnose(input: Input, manifest: Manifest | undefined): Promise<Diagnosis> {
  const { startDiagnosis } = await import('../../explain/diagnosis.js');
  const { take, finish } = startDiagnosis();
  const decoder = new TextDecoder();
  let line = '';
  let hasInput = false;
  const takeText = (text: string): void => {
    const [first = '', ...more] = text.split('\n');
    line += first.slice(0, Math.max(0, MAX_LINE_CHARACTERS - line.length));
    for (const next of more) {
      take(line);
      line = next.slice(0, MAX_LINE_CHARACTERS);
    }
  };
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (bytes.length === 0) continue;
    hasInput = true;
    takeText(decoder.decode(bytes, { stream: true }));
  }
  takeText(decoder.decode());
  if (line !== '') take(line);
  if (!hasInput) throw new UsageError('operand-missing', 'Give a message, or a journal on standard input.');
  return finish(manifest);
}

async function readManifestOf(folder: string): Promise<Manifest> {
  const { readBundleManifest } = await import('../../node/read/bundle.js');
  return (await readBundleManifest(folder)).manifest;
}

function print(diagnosis: Diagnosis, json: boolean, io: CliIo): void {
  if (json) {
    io.stdout.write(jsonText(diagnosis));
    return;
  }
  const { explanations, unknown, lines } = diagnosis;
  const style = styleFor(io.stdout, io);
  const texts = explanations.map((explanation) => renderExplanation(explanation, lines, style));
  for (const { message, count, firstLine, lastLine } of unknown)
    texts.push(
      `${style.bold('unknown')} ${escapeUnprintable(message)}\n${occurrences({ count, firstLine, lastLine }, lines, style)}`,
    );
  if (texts.length === 0) texts.push(`${lines} lines, no warnings.\n`);
  io.stdout.write(texts.join('\n'));
}

/** Characters of the longest label. */
const LABEL = 'cause:'.length;

function renderExplanation(explanation: Explanation, lines: number, style: Style): string {
  const { level, id, title, message, cause, cure, places, source, follows } = explanation;
  const shown = levelStyle(level, style)(level);
  const labelled = (label: string, text: string): string =>
    `  ${style.dim(label.padEnd(LABEL))} ${style.wrap(escapeUnprintable(text), 2 + LABEL + 1)}\n`;
  return [
    `${shown} ${style.bold(title)} ${style.dim(`(${id})`)}\n`,
    occurrences(explanation, lines, style),
    labelled('said:', message),
    labelled('cause:', cause),
    labelled('cure:', cure),
    ...(follows === undefined ? [] : [labelled('see:', `${follows}, from which this most likely follows`)]),
    ...places.map(({ host, path, reason }) =>
      labelled('where:', `${[host, path].filter((part) => part !== '').join(':')} (${reason})`),
    ),
    `  ${style.wrap(style.dim(`from:  ${escapeUnprintable(source)}`), 2 + LABEL + 1)}\n`,
  ].join('');
}

function occurrences(
  { count, firstLine, lastLine }: Pick<Explanation, 'count' | 'firstLine' | 'lastLine'>,
  lines: number,
  style: Style,
): string {
  if (lines <= 1) return '';
  const where = count === 1 ? `line ${firstLine}` : `${count} times, lines ${firstLine} to ${lastLine}`;
  return `  ${style.dim(where)}\n`;
}
