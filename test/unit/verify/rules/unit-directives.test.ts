import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('unit-directives', [
  ['a misspelt name', 'warning', (hosts) => hosts.unit('e1', line('LimitNOFLE=65536'))],
  [
    'a name of another section',
    'warning',
    (hosts) => hosts.unit('e1', (unit) => unit.replace('[Unit]\n', '[Unit]\nUser=etcd\n')),
  ],
  ['an unknown section', 'warning', (hosts) => hosts.unit('e1', (unit) => `[Servce]\nA=b\n${unit}`)],
  ['what is not judged', 'notice', (hosts) => hosts.unit('e1', line('RootImage=/srv/image.raw'))],
]);
