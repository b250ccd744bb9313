import { describeRule } from './describe-rule.js';
import type { Hosts } from './hosts.js';

const withGap =
  (isLimit: boolean) =>
  (hosts: Hosts): Hosts =>
    hosts.gap('e1', { path: 'srv', why: 'could not be read', isLimit });

describeRule('root-gaps', [
  ['a limit that was reached', 'warning', withGap(true)],
  ['a folder that may not be read', 'notice', withGap(false)],
]);
