import { describeRule } from './describe-rule.js';

describeRule('members-found', [
  ['nothing at all', 'error', (hosts) => hosts.only()],
  ['a client alone', 'notice', (hosts) => hosts.only('admin')],
  ['one member of two', 'notice', (hosts) => hosts.only('e1')],
]);
