import { expect, it } from 'vitest';
import { renderMessagesPage } from '../../../src/explain/messages-page.js';

// `npx vitest run test/unit/explain -u` writes the page anew.
it('is docs/messages.md', async () => {
  await expect(renderMessagesPage()).toMatchFileSnapshot('../../../docs/messages.md');
});
