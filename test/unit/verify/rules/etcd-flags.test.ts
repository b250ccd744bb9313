import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { flag, soundHosts } from './hosts.js';

describeRule('etcd-flags', [
  ['an unknown flag', 'error', (hosts) => hosts.unit('e1', flag('foo', '1'))],
  [
    'a word that is not a flag',
    'error',
    (hosts) => hosts.unit('e1', (unit) => unit.replace('--client-cert-auth=true', '--client-cert-auth true')),
  ],
]);

it('names the space behind a comma of initial-cluster', async () => {
  const hosts = (await soundHosts()).unit('e1', (unit) =>
    unit.replace(/(--initial-cluster=[^,\n]*),(?=\w+=)/, '$1, '),
  );
  const found = (await hosts.findings()).filter(({ rule }) => rule === 'etcd-flags');
  expect(found.map(({ cure }) => cure)).toEqual(['Leave out the space before it: a list is one word.']);
});
