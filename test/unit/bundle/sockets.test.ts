import { expect, it } from 'vitest';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { hostText } from '../../../src/net/host.js';
import { planAltNames } from '../../../src/pki/alt-names.js';
import { buildCluster } from '../../support/cluster.js';

const document = (rest = ''): string => `members:
  - name: e1
    address: 10.0.0.1
    listenClientUrls: ["https://10.0.0.1:2379", "unix:///run/etcd/etcd.sock", "unixs:///var/run/etcd/tls/secure.sock"]
${rest}`;

const unitOf = async (text: string): Promise<string> => {
  const files = (await buildCluster(text)).bundles.get('e1')?.files ?? [];
  const unit = files.find(({ path }) => path.endsWith('/etcd.service'));
  return new TextDecoder().decode(unit?.bytes);
};

it.each(['', 'systemd: {user: root, hardening: false}\n'])(
  'a socket is listened on beside the ports, in a folder that systemd makes: %s',
  async (rest) => {
    const unit = await unitOf(document(rest));
    expect(unit).toContain(
      '--listen-client-urls=https://10.0.0.1:2379,unix:///run/etcd/etcd.sock,unixs:///var/run/etcd/tls/secure.sock \\\n  --advertise-client-urls=https://10.0.0.1:2379 \\',
    );
    expect(unit).toContain('\nRuntimeDirectory=etcd etcd/tls\n');
  },
);

it('a directive of the document stands', async () => {
  const unit = await unitOf(
    document('systemd: {directives: {Service: {RuntimeDirectory: etcd/tls etcd more}}}\n'),
  );
  expect(unit.match(/^RuntimeDirectory=.*$/gm)).toEqual(['RuntimeDirectory=etcd/tls etcd more']);
});

it('no folder is made where there is no socket', async () => {
  expect(await unitOf('members: [{name: e1, address: 10.0.0.1}]\n')).not.toContain('RuntimeDirectory');
});

it('the certificate for clients has the name of the socket that speaks TLS, and no other', () => {
  const spec = parseClusterSpec({
    members: [
      {
        name: 'e1',
        address: '10.0.0.1',
        listenClientUrls: [
          'https://10.0.0.1:2379',
          'unix:///run/etcd/etcd.sock',
          'unixs:///run/etcd/tls.sock',
        ],
      },
    ],
  });
  const names = (rule: 'client-urls' | 'peer-urls'): readonly string[] =>
    planAltNames(rule, spec.members, spec).map(hostText);
  expect(names('client-urls')).toContain('tls.sock');
  expect(names('client-urls')).not.toContain('etcd.sock');
  expect(names('peer-urls')).not.toContain('tls.sock');
});
