import type { RootGap } from '../../../../src/host/root-gap.js';
import { describeRule } from './describe-rule.js';
import type { Hosts } from './hosts.js';

const withGap =
  (kind: RootGap['kind']) =>
  (hosts: Hosts): Hosts =>
    hosts.gap('e1', { path: 'srv', why: 'could not be read', kind });

describeRule('root-gaps', [
  ['a limit that was reached', 'warning', withGap('limit')],
  ['a file that is too much to go into', 'warning', withGap('left out')],
  ['a folder that may not be read', 'notice', withGap('refused')],
]);
