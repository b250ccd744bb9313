import { messageCatalogue } from './catalogue.js';
import type { KnownMessage, Wording } from './known-message.js';
import { describeTemplate } from './template.js';

/** Values that explain works out of the line itself. */
const NEUTRAL: ReadonlyMap<string, string> = new Map([
  ['{whose}', 'that was presented'],
  ['{usage}', 'the required usage'],
  ['{trust-flag}', '--trusted-ca-file or --peer-trusted-ca-file'],
  ['{story}', '…'],
  ['{remedy}', '…'],
]);

/**
 * The catalogue as a page of documentation, Markdown.
 *
 * @internal
 */
export function renderMessagesPage(): string {
  const chapters = messageCatalogue.map(({ title, messages }) =>
    [`## ${title}`, ...messages.map(renderMessage)].join('\n\n'),
  );
  return `${[
    '# What etcd says, why, and what to do',
    '`etcd-bundle explain` knows these messages, in the wording of each release: as a word of the command line, or in a journal (`journalctl -u etcd | etcd-bundle explain`). `<…>` stands for a value. This page is made from the catalogue.',
    ...chapters,
  ].join('\n\n')}\n`;
}

function renderMessage(message: KnownMessage): string {
  const { id, level, title, wordings, form, cause, cure, source } = message;
  return [
    `### ${title}`,
    `\`${id}\`, ${level}`,
    form === undefined
      ? wordings.map((wording) => renderWording(wording, message)).join('\n')
      : `Told by ${form}.`,
    `**Cause.** ${prose(cause)}`,
    `**Cure.** ${prose(cure)}`,
    `Source: ${source}`,
  ].join('\n\n');
}

function renderWording({ text, also, role, releases, by }: Wording, message: KnownMessage): string {
  const program = by ?? message.by;
  const notes = [
    ...(releases === undefined ? [] : [`etcd ${releases}`]),
    ...(program === undefined || program === 'other' ? [] : [program]),
    ...(role === undefined
      ? []
      : [role === 'incoming' ? 'said by the listener' : 'said by the connecting side']),
    ...(also === undefined ? [] : [`in a line with \`${also}\``]),
  ];
  return `- \`${describeTemplate(text)}\`${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

/** Markdown takes `<name>` for HTML. */
function prose(text: string): string {
  const neutral = text.replaceAll(/\{[a-z-]+\}/g, (name) => NEUTRAL.get(name) ?? name);
  return describeTemplate(neutral).replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
