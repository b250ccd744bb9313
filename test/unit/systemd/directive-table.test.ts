import { describe, expect, it } from 'vitest';
import { DIRECTIVES, unknownDirective } from '../../../src/systemd/directives/directive-table.js';
import { SERVICE_SECTION } from '../../../src/systemd/directives/service-section.js';
import { UNIT_SECTION } from '../../../src/systemd/directives/unit-section.js';

describe('the table of directives', () => {
  it('has each name once', () => {
    for (const [section, lists] of [
      ['Unit', UNIT_SECTION],
      ['Service', SERVICE_SECTION],
    ] as const) {
      const names = Object.values(lists).flatMap((text: string) =>
        text.split(/\s+/).filter((name) => name !== ''),
      );
      expect(names.length).toBe(DIRECTIVES.get(section)?.size);
    }
  });

  it.each([
    ['Service', 'LimitNOFLE', { type: 'misspelt', nearest: 'LimitNOFILE' }],
    ['Service', 'Qwertyuiop', { type: 'misspelt', nearest: undefined }],
    ['Service', 'After', { type: 'misplaced', belongs: 'Unit' }],
    ['Unit', 'ReadWritePaths', { type: 'misplaced', belongs: 'Service' }],
    ['Servce', 'User', { type: 'section', section: 'Servce' }],
    ['X-Service', 'User', undefined],
    ['Service', 'X-Mine', undefined],
    ['Service', 'LimitNOFILE', undefined],
  ])('%s %s', (section, name, expected) => {
    expect(unknownDirective(section, name)).toEqual(expected);
  });
});
