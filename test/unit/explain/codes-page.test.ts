import { expect, it } from 'vitest';
import { SETTING_RULES } from '../../../src/etcd/combinations/combinations.js';
import { renderCodesPage } from '../../../src/explain/codes-page.js';
import { ISSUE_CODES } from '../../../src/issue-codes.js';
import { RULES } from '../../../src/verify/rules.js';

// `npx vitest run test/unit/explain/codes-page.test.ts -u` writes the page anew.
it('is docs/codes.md', async () => {
  await expect(renderCodesPage()).toMatchFileSnapshot('../../../docs/codes.md');
});

it('shares with the rules of verify only names of what both of them check', () => {
  const codes = new Set(Object.values(ISSUE_CODES).flatMap((ofKind) => Object.keys(ofKind)));
  const both = RULES.map(({ name }) => name).filter((name) => codes.has(name));
  expect(both.filter((name) => !SETTING_RULES.some(({ id }) => id === name))).toEqual([]);
});
