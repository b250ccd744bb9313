import { RULES } from '../../../../src/verify/rules.js';
import { describeRule } from './describe-rule.js';

describeRule('readable', [
  [
    'a tarball that cannot be read',
    'error',
    (hosts) =>
      hosts.with({
        unread: [
          {
            rule: 'readable',
            level: 'error',
            member: 'e1',
            path: 'e1.tar.gz',
            message: 'It is cut off.',
            cure: 'Get it again.',
            etcdSays: '',
            source: RULES.find(({ name }) => name === 'readable')?.source ?? '',
          },
        ],
      }),
  ],
]);

describeRule('bundle-modes', [
  [
    'the key of an authority that all may read',
    'warning',
    (hosts) => hosts.with({ folder: { sums: [], modes: new Map([['ca/ca.key', 0o644]]) } }),
  ],
  [
    'a folder of the authorities that all may write',
    'warning',
    (hosts) => hosts.with({ folder: { sums: [], modes: new Map([['ca', 0o777]]) } }),
  ],
]);
