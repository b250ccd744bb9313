import { expect, it } from 'vitest';
import { renderRulesPage } from '../../../src/verify/rules-page.js';

// `npx vitest run test/unit/verify/rules-page.test.ts -u` writes the page anew.
it('is docs/rules.md', async () => {
  await expect(renderRulesPage()).toMatchFileSnapshot('../../../docs/rules.md');
});
