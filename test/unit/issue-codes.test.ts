import { expect, it } from 'vitest';
import { ISSUE_CODES, issueKind } from '../../src/issue-codes.js';

const rows = Object.entries(ISSUE_CODES).flatMap(([kind, codes]) =>
  Object.entries(codes).map(([code, summary]) => ({ kind, code, summary })),
);

it('has no code twice', () => {
  const codes = rows.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

it.each(rows)('$code is a name of small words, and a sentence says what is wrong', ({ code, summary }) => {
  expect(code).toMatch(/^[a-z][a-z0-9.]*(?:-[a-z0-9.]+)*$/);
  expect(summary).toMatch(/^(?:[A-Z`]|(?:etcd|kubeadm|systemd)\b).*\.$/);
});

it.each(rows)('$code is of the kind $kind', ({ code, kind }) => {
  expect(issueKind(code)).toBe(kind);
});

it('knows no kind for the code of another release', () => {
  expect(issueKind('not-yet')).toBeUndefined();
  expect(issueKind('toString')).toBeUndefined();
});
