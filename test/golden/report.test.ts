import { expect, it } from 'vitest';
import { nodeCryptoProvider } from '../../src/node/index.js';
import { renderPage } from '../../src/report/html/page.js';
import { reportFactsWith } from '../support/report-facts.js';

// Reviewed in a browser, on a screen and on paper. `npx vitest run test/golden -u` writes it anew; the diff is what to review.

it('a report comes to this document', async () => {
  const html = await renderPage(
    reportFactsWith((name) => name),
    nodeCryptoProvider(),
  );
  await expect(html).toMatchFileSnapshot('files/report.html');
});
