import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('release', [
  [
    'a release without fixes',
    'warning',
    (hosts) => hosts.with({ etcdVersion: { release: '3.4', patch: 23 } }),
  ],
  [
    'a patch without the latest fixes',
    'warning',
    (hosts) => hosts.with({ etcdVersion: { release: '3.6', patch: 1 } }),
  ],
  ['a setting with a warning', 'notice', (hosts) => hosts.unit('e1', flag('max-snapshots', '5'))],
]);
