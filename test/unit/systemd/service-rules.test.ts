import { expect, it } from 'vitest';
import { DIRECTIVES } from '../../../src/systemd/directives/directive-table.js';
import { SERVICE_RULES } from '../../../src/systemd/service-rules/service-rules.js';

// `verify` says of a directive that is not read that it was not judged.
it.each(SERVICE_RULES.map((rule) => [rule.id, rule] as const))(
  '%s reads directives that are read',
  (_, { reads }) => {
    const unread = reads.filter((name) => DIRECTIVES.get('Service')?.get(name) !== 'read');
    expect(unread).toEqual([]);
    expect(reads.length).toBeGreaterThan(0);
  },
);
