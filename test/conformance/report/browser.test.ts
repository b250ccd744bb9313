import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { nodeCryptoProvider, reportOfPaths } from '../../../src/node/index.js';
import { renderPage } from '../../../src/report/html/page.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { openPage, type Page } from '../../support/chromium-page.js';
import { reportFactsWith } from '../../support/report-facts.js';
import { WRITTEN_AT, writtenBundleIn } from '../../support/written-bundle.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Texts of hosts that would run or load something, were they not escaped. */
const HOSTILE = '"\'><script>document.title="run"</script><img src="x.png" onerror="document.title=1">';
/**
 * What axe says that is wrong, and what it leaves to people: but the contrast of letters in pictures and of those that are scrolled out
 * of sight, which test/unit/report/style.test.ts holds for all colours, and headings of row groups, which it does not know (HTML Living
 * Standard, 4.9.12.2).
 */
const FOUND = `axe.run().then(({ violations, incomplete }) => [
  ...violations,
  ...incomplete.filter(({ id }) => !['color-contrast', 'th-has-data-cells'].includes(id)),
].flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`;
const WIDTHS = [360, 1024, 1920];
const SCHEMES = ['light', 'dark'];
const LARGE = Array.from({ length: 50 }, (_, at) => `  - {name: e${at + 1}, address: 10.0.0.${at + 1}}`);

describeWithPrograms(['chromium'], 'a report in a browser', (program) => {
  let folder: string;
  let page: Page;
  const urls = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
    const crypto = nodeCryptoProvider();
    const documents = {
      small: 'preset: kubeadm\nmembers: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]\n',
      large: `members:\n${LARGE.join('\n')}\n`,
    };
    for (const [name, document] of Object.entries(documents)) {
      const bundle = await writtenBundleIn(join(folder, name), document);
      put(name, (await reportOfPaths([bundle], { at: WRITTEN_AT })).html);
    }
    put(
      'sample',
      await renderPage(
        reportFactsWith((text) => text),
        crypto,
      ),
    );
    put(
      'hostile',
      await renderPage(
        reportFactsWith((text) => `${text}${HOSTILE}`),
        crypto,
      ),
    );
    page = await openPage(program('chromium').path);
  });
  afterAll(async () => {
    await page?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function put(name: string, html: string): void {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, html);
    urls.set(name, pathToFileURL(path).href);
  }

  async function show(name: string, width: number, scheme: string): Promise<void> {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await page.send('Emulation.setDeviceMetricsOverride', size);
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await page.send('Emulation.setEmulatedMedia', { media: 'screen', features });
    await page.open(urls.get(name) ?? '');
  }

  const shown = ['small', 'sample', 'hostile'].flatMap((name) =>
    WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [name, width, scheme] as const)),
  );

  it.each([...shown, ['large', 360, 'light'] as const])(
    'axe finds nothing, and only tables and pictures scroll sideways: %s, %i px, %s',
    async (name, width, scheme) => {
      await show(name, width, scheme);
      await page.evaluate(AXE);
      expect(await page.evaluate(FOUND)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    },
  );

  it('runs nothing and asks nobody for anything', async () => {
    await show('hostile', 1024, 'light');
    expect(await page.evaluate('document.title')).toContain('<script>');
    expect(await page.evaluate('document.querySelectorAll("script, img, iframe, link, object").length')).toBe(
      0,
    );
    const own = new Set(urls.values());
    expect(page.requests.filter((url) => !own.has(url))).toEqual([]);
  });

  it('loads and runs nothing even where something got into it', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked += 1;
      answer.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const inner = `<script>document.title="run"</script><img src="http://127.0.0.1:${port}/x"><p id="styled" style="color: red">`;
    const html = readFileSync(join(folder, 'small.html'), 'utf8').replace('<main>', `<main>${inner}`);
    put('broken', html);
    await show('broken', 1024, 'light');
    expect(await page.evaluate('document.title')).toContain('report on an etcd cluster');
    const colour = 'getComputedStyle(document.querySelector("#styled")).color';
    expect(await page.evaluate(colour)).not.toBe('rgb(255, 0, 0)');
    expect(asked).toBe(0);
    // Without the policy it is asked: the server would have seen it.
    put('open', html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
    await show('open', 1024, 'light');
    expect(asked).toBe(1);
  });

  it('is styled by the style that its policy allows, and prints with light colours', async () => {
    await show('small', 1024, 'dark');
    const ground = 'getComputedStyle(document.body).backgroundColor';
    expect(await page.evaluate(ground)).toBe('rgb(16, 21, 27)');
    const features = [{ name: 'prefers-color-scheme', value: 'dark' }];
    await page.send('Emulation.setEmulatedMedia', { media: 'print', features });
    expect(await page.evaluate(ground)).toBe('rgb(255, 255, 255)');
    const { data } = await page.send('Page.printToPDF', { preferCSSPageSize: true });
    expect(Buffer.from(String(data), 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });
});
