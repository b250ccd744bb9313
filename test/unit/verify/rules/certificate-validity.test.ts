import { describeRule } from './describe-rule.js';

const soon = (days: number): number => Math.floor(Date.now() / 1000) + days * 86_400;

describeRule('certificate-validity', [
  ['eleven years later', 'error', (hosts) => hosts.with({ at: soon(4_000) })],
  ['a year before', 'error', (hosts) => hosts.with({ at: soon(-365) })],
]);

describeRule('expiry-soon', [
  ['five days before the end', 'warning', (hosts) => hosts.with({ at: soon(360) })],
]);
