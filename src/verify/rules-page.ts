import { RULES } from './rules.js';

/**
 * The rules as a page of documentation, Markdown.
 *
 * @internal
 */
export function renderRulesPage(): string {
  const rows = RULES.map(
    ({ name, summary, levels, source }) => `| \`${name}\` | ${summary} | ${levels.join(', ')} | ${source} |`,
  );
  return `${[
    '# What verify checks',
    [
      '`etcd-bundle verify` applies these rules, in the order in which a member would meet them: starting, its peers, its clients, and what',
      'is only unwise. An `error` keeps etcd from starting, or a peer or client from being accepted; a `warning` works today and is a risk; a',
      '`notice` is good to know. Findings carry the name of their rule. This page is made from the rules.',
    ].join('\n'),
    ['| rule | what holds | levels | source |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')}\n`;
}
