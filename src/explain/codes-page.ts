import { ISSUE_CODES } from '../issue-codes.js';

/**
 * The codes as a page of documentation, Markdown.
 *
 * @internal
 */
export function renderCodesPage(): string {
  const chapters = Object.entries(ISSUE_CODES).map(([kind, codes]) => {
    const rows = Object.entries(codes).map(([code, summary]) => `| \`${code}\` | ${summary} |`);
    return [`## ${kind}`, ['| code | what is wrong |', '|---|---|', ...rows].join('\n')].join('\n\n');
  });
  return `${[
    '# What each code says',
    [
      'Every issue has a code: in `--json`, as the title of an annotation (`--format github`), and in brackets after the message. It keeps its',
      'name and its meaning from release to release. Two faults with different cures have different codes. The headings are the kinds',
      '(`issueKind`). What `verify` finds carries the name of its rule instead: [rules.md](rules.md). This page is made from the codes.',
    ].join('\n'),
    ...chapters,
  ].join('\n\n')}\n`;
}
