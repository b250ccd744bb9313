import { describeRule, type Row } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('unit-isolation', [
  ...[
    'Type=oneshot',
    'TimeoutStartSec=1ms',
    'WatchdogSec=1min 30s',
    'RuntimeMaxSec=10s',
    'PrivateNetwork=Yes',
    'RestrictAddressFamilies=none',
    'RestrictAddressFamilies=~AF_INET',
    'LimitAS=4G',
    'LimitFSIZE=1M:infinity',
    'LimitNPROC=4',
    'TasksMax=8',
    'UMask=0777',
  ].map((text): Row => {
    const name = text.split('=')[0] ?? '';
    return [
      text,
      'error',
      (hosts) => hosts.unit('e1', (unit) => line(text)(unit.replace(new RegExp(`^${name}=.*\\n`, 'm'), ''))),
    ];
  }),
  ['RuntimeMaxSec=1d', 'warning', (hosts) => hosts.unit('e1', line('RuntimeMaxSec=1d'))],
]);
