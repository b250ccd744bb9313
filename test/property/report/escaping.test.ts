import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { expect, it } from 'vitest';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { renderPage } from '../../../src/report/html/page.js';
import { escapeUnprintable } from '../../../src/text/unprintable.js';
import { runs } from '../../support/long-tests.js';
import { reportFactsWith } from '../../support/report-facts.js';

/** What ends an element, an attribute or a comment, and what is not seen. */
const HOSTILE = [
  '<',
  '>',
  '"',
  "'",
  '&',
  '`',
  '=',
  '/',
  '<!--',
  '-->',
  ']]>',
  '</script>',
  '<script>alert(1)</script>',
  '</style>',
  '</title>',
  '</svg>',
  '<svg onload=alert(1)>',
  '" onfocus="alert(1)',
  "' autofocus='",
  '&lt;',
  '&#x3c;',
  'javascript:alert(1)',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\0',
  '\x1b[2J',
  '\r\n',
  '\u2028',
  '\ud800',
  '\udc00',
  '{{',
  '${',
  'é',
  '中',
  '😀',
];
const hostile = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' })), {
  minLength: 1,
  maxLength: 8,
});

interface Judged {
  /** Each element with its attributes, but for what texts make of their values. */
  readonly skeleton: readonly string[];
  readonly text: string;
  readonly errors: readonly string[];
}

async function judge(text: (name: string) => string): Promise<Judged> {
  const html = await renderPage(reportFactsWith(text), nodeCryptoProvider());
  const errors: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code }) => void errors.push(code),
  });
  const skeleton: string[] = [];
  let seen = '';
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#comment') skeleton.push('a comment');
    if ('value' in node) seen += node.value;
    if ('attrs' in node)
      skeleton.push(
        `${node.tagName} ${node.attrs.map(({ name, value }) => (name === 'href' ? value : name)).join(' ')}`,
      );
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(document);
  return { skeleton, text: seen, errors };
}

it('has the same elements and attributes whatever texts come from hosts, and shows every one of them', async () => {
  const harmless = await judge((name) => name);
  expect(harmless.errors).toEqual([]);
  expect(harmless.skeleton).not.toContain('script ');
  await fc.assert(
    fc.asyncProperty(hostile, async (pieces) => {
      const hostileText = pieces.join('');
      const judged = await judge((name) => `${name}${hostileText}`);
      expect(judged.errors).toEqual([]);
      expect(judged.skeleton).toEqual(harmless.skeleton);
      expect(judged.text).toContain(`The key does not fit.${escapeUnprintable(hostileText)}`);
      expect(escapeUnprintable(judged.text.replaceAll('\n', ''))).toBe(judged.text.replaceAll('\n', ''));
    }),
    { numRuns: runs(1_000) },
  );
});
