import { expect, it } from 'vitest';
import { isEtcdBundleError, parseClusterDocument } from '../../../src/index.js';

const member = (index: number): string =>
  `{name: m${index}, address: 10.${index >> 16}.${(index >> 8) & 255}.${index & 255}}`;
const list = (length: number, entry: (index: number) => string): string =>
  `[${Array.from({ length }, (_, index) => entry(index + 256)).join()}]`;

it.each([
  ['members', (length: number) => `members: ${list(length, member)}`],
  [
    'clients',
    (length: number) => `members: [${member(1)}]\nclients: ${list(length, (index) => `{name: c${index}}`)}`,
  ],
  [
    'certificates.altNames',
    (length: number) =>
      `members: [${member(1)}]\ncertificates: {altNames: ${list(length, (index) => `n${index}.example.org`)}}`,
  ],
])('a document has at most 1000 entries in %s', (path, document) => {
  expect(parseClusterDocument(document(1000))).toBeDefined();
  try {
    parseClusterDocument(document(1001));
    expect.unreachable();
  } catch (error) {
    expect(isEtcdBundleError(error) ? error.issues : error).toMatchObject([
      {
        code: 'too-many-entries',
        path,
        message: expect.stringContaining('has 1001 entries'),
        cure: 'Write at most 1000.',
      },
    ]);
  }
});
