import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { flag, soundHosts } from './hosts.js';

describeRule('plain-http', [
  [
    'a client listener',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:2379,http://127.0.0.1:2390')),
  ],
  [
    'metrics for all',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-metrics-urls', 'http://10.0.0.1:2381')),
  ],
  [
    'a certificate that etcd makes for itself',
    'warning',
    (hosts) =>
      hosts.unit('e1', (unit) =>
        unit
          .replace(/ --(?:cert|key)-file=\S+/g, ' ')
          .replace(/--listen-client-urls/, '--auto-tls --listen-client-urls'),
      ),
  ],
]);

it('auto-tls beside a certificate is not used, and not told', async () => {
  const hosts = (await soundHosts()).unit('e1', (unit) =>
    unit.replace(/--listen-client-urls/, '--auto-tls --peer-auto-tls --listen-client-urls'),
  );
  expect((await hosts.findings()).filter(({ message }) => message.includes('auto-tls'))).toEqual([]);
});
