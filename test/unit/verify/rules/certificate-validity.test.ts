import { describeRule } from './describe-rule.js';

const soon = (days: number): number => Math.floor(Date.now() / 1000) + days * 86_400;

describeRule('certificate-validity', [
  ['eleven years later', 'error', (hosts) => hosts.with({ at: soon(4_000) })],
  ['a year before', 'error', (hosts) => hosts.with({ at: soon(-365) })],
]);

describeRule('expiry-soon', [
  ['five days before the end', 'warning', (hosts) => hosts.with({ at: soon(360) })],
  [
    '200 days before the end, where one looks as far ahead',
    'warning',
    (hosts) => hosts.with({ at: soon(165), within: 210 * 86_400 }),
  ],
]);
