import { describe, expect, it } from 'vitest';
import { markup } from '../../../src/report/html/markup.js';

describe('markup', () => {
  it('keeps texts texts', () => {
    expect(markup`<p title="${'"\'&<>'}">${'</p><script>'}</p>`.text).toBe(
      '<p title="&quot;&#39;&amp;&lt;&gt;">&lt;/p&gt;&lt;script&gt;</p>',
    );
  });

  it('takes markup, numbers and lists of either as they are', () => {
    const items = ['a', '<b>'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ol start="${3}">${items}${[]}${['x', ['y', 1]]}</ol>`.text).toBe(
      '<ol start="3"><li>a</li><li>&lt;b&gt;</li>xy1</ol>',
    );
  });

  it('shows what is invisible or turns the direction of text', () => {
    expect(markup`${'a\u202eb\0\n'}`.text).toBe('a\\u{202e}b\\u{0}\\u{a}');
  });
});
