import fc from 'fast-check';
import { parse } from 'ini';
import { describe, expect, it } from 'vitest';
import { renderEnvironmentFile } from '../../../src/systemd/environment-file.js';
import { renderUnit } from '../../../src/systemd/unit.js';

/** What ini and systemd read alike: no comment signs, quotes, backslashes or lists, and nothing at the ends that one of them cuts off. */
const value = fc.stringMatching(/^[A-Za-z0-9/](?:[A-Za-z0-9/:.,_+@% =-]{0,60}[A-Za-z0-9/])?$/);
const sections = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('Unit', 'Service', 'Install', 'Timer'),
    directives: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/), value }), {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 8,
    }),
  }),
  { selector: ({ name }) => name, minLength: 1 },
);
const variables = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,30}$/), value }), {
  selector: ({ name }) => name,
  maxLength: 12,
});

/** ini makes booleans, numbers and null of some values. */
function texts(entries: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(entries).map(([name, read]) => [name, String(read)]));
}

describe('ini reads back what we write, where its rules are systemd’s', () => {
  it('environment files', () => {
    fc.assert(
      fc.property(variables, (written) => {
        const expected = Object.fromEntries(written.map(({ name, value: text }) => [name, text]));
        expect(texts(parse(renderEnvironmentFile(written)))).toEqual(expected);
      }),
    );
  });

  it('units', () => {
    fc.assert(
      fc.property(sections, (written) => {
        const read: Readonly<Record<string, Readonly<Record<string, unknown>>>> = parse(
          renderUnit(
            written.map(({ name, directives }) => ({
              name,
              directives: directives.map((directive) => ({
                name: directive.name,
                values: [directive.value],
              })),
            })),
          ),
        );
        expect(
          Object.fromEntries(Object.entries(read).map(([name, entries]) => [name, texts(entries)])),
        ).toEqual(
          Object.fromEntries(
            written.map(({ name, directives }) => [
              name,
              Object.fromEntries(directives.map((directive) => [directive.name, directive.value])),
            ]),
          ),
        );
      }),
    );
  });
});
