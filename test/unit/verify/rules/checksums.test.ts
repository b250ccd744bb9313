import { describeRule } from './describe-rule.js';

const folder = (actual?: string) => ({
  sums: [{ path: 'e1.tar.gz', sha256: '00', ...(actual === undefined ? {} : { actual }) }],
  modes: new Map<string, number>(),
});

describeRule('checksums', [
  ['a file that SHA256SUMS lists differently', 'error', (hosts) => hosts.with({ folder: folder('01') })],
  ['a file of SHA256SUMS that is gone', 'error', (hosts) => hosts.with({ folder: folder() })],
]);
