import { beforeAll, expect, it } from 'vitest';
import type { Pki } from '../../../../src/index.js';
import { issuePki, parseClusterDocument, planCertificates } from '../../../../src/index.js';
import { nodeCryptoProvider } from '../../../../src/node/index.js';
import { describeRule } from './describe-rule.js';
import { DOCUMENT, type Hosts, PKI, soundHosts } from './hosts.js';

const now = Math.floor(Date.now() / 1000);
const spec = parseClusterDocument(DOCUMENT);
const issuedAt = (time: number): Promise<Pki> =>
  issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now: time });
const [earlier, later] = await Promise.all([issuedAt(now - 86_400), issuedAt(now + 3600)]);

function pair(pki: Pki, id: string): { readonly certificate: string; readonly privateKey: string } {
  const leaf = pki.leaves.find(({ plan }) => plan.id === id);
  if (leaf === undefined) throw new Error(`no ${id}`);
  return leaf;
}

function of(pki: Pki): (hosts: Hosts) => Hosts {
  const { certificate, privateKey } = pair(pki, 'server/e1');
  return (hosts) =>
    hosts
      .put('e1', `${PKI}/server.crt`, certificate)
      .put('e1', `${PKI}/server.key`, privateKey, 0o640)
      .against();
}

describeRule('host-generation', [
  ['a pair of an earlier generation', 'warning', of(earlier)],
  ['a pair of a later one', 'warning', of(later)],
  [
    'a certificate that somebody else made at the same time',
    'error',
    (hosts) => hosts.put('e1', `${PKI}/server.crt`, hosts.bytes('e1', `${PKI}/peer.crt`)).against(),
  ],
  [
    'a CA file that lacks the CA',
    'error',
    (hosts) => hosts.put('e1', `${PKI}/ca.crt`, earlier.authorities[0]?.certificate ?? '').against(),
  ],
  [
    'a CA file that trusts one more',
    'warning',
    (hosts) =>
      hosts.edit('e1', `${PKI}/ca.crt`, (text) => `${text}${earlier.authorities[0]?.certificate}`).against(),
  ],
  [
    'a CA file with words in it',
    'warning',
    (hosts) => hosts.edit('e1', `${PKI}/ca.crt`, (text) => `ours\n${text}`).against(),
  ],
]);

let hosts: Hosts;
beforeAll(async () => {
  hosts = await soundHosts();
});

it('tells of a pair once, in the words of its certificate', async () => {
  const findings = (await of(earlier)(hosts).findings()).filter(({ rule }) => rule.startsWith('host-'));
  expect(findings.map(({ rule, member, path, message }) => [rule, member, path, message])).toEqual([
    [
      'host-generation',
      'e1',
      '/etc/etcd/pki/server.crt',
      expect.stringMatching(
        /^An earlier certificate is here: CN=e1 of \S+Z, serial number [0-9a-f]+, and generation 1 of the bundle has one of \S+Z, serial number [0-9a-f]+\.$/,
      ),
    ],
  ]);
});

it('takes a member that is a control-plane machine, too, as it is left by either tarball', async () => {
  const stacked = `preset: kubeadm\nkubernetes: {version: "1.36"}\n${DOCUMENT}`;
  const sound = await soundHosts(stacked);
  const both = sound.roots
    .find(({ name }) => name === 'control-plane')
    ?.files.reduce((all, { path, bytes, mode }) => all.put('e1', path, bytes, mode), sound);
  const told = async (changed: Hosts | undefined): Promise<readonly string[]> =>
    ((await changed?.only('e1').against().findings()) ?? [])
      .filter(({ rule }) => rule.startsWith('host-'))
      .map(({ rule, path }) => `${rule} ${path}`);
  expect(both).toBeDefined();
  expect(await told(both)).toEqual([]);
  const pair = 'etc/kubernetes/pki/apiserver-etcd-client';
  const foreign = sound.bytes('e2', `${pair}.crt`);
  expect(await told(both?.put('e1', `${pair}.crt`, foreign))).toEqual([`host-identity /${pair}.crt`]);
});
