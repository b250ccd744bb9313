import { expect, it } from 'vitest';
import { parseClusterDocument } from '../../../src/document/parse.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { issuePki } from '../../../src/pki/issue.js';
import { memberFiles, planCertificates } from '../../../src/pki/plan.js';
import { planTlsSettings } from '../../../src/pki/tls-settings.js';

const MEMBERS = `members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]\n`;

it.each([
  '',
  'preset: kubeadm\n',
  'preset: shared-certificate\n',
  'preset: plain-http\n',
  'certificates: {files: {server: {certificate: "{member}.pem", key: "/srv/{member}.key"}}}\n',
  'certificates: {clientCertAuth: false}\n',
])('are those that the settings of etcd name: %j', async (rest) => {
  const spec = parseClusterDocument(MEMBERS + rest);
  const pki = await issuePki(spec, planCertificates(spec), {
    crypto: nodeCryptoProvider(),
    now: 1_800_000_000,
  });
  const filesOf = memberFiles(spec);
  for (const member of spec.members) {
    const named = planTlsSettings(member.name, pki).flatMap(({ value }) =>
      value.startsWith('/') ? [value] : [],
    );
    expect(new Set(filesOf(member))).toEqual(new Set(named));
  }
});

it('are with further authorities the file that has them all', () => {
  const spec = parseClusterDocument(`${MEMBERS}certificates: {trust: [other.crt]}\n`);
  const [member] = spec.members;
  const plans = planCertificates(spec);
  const trust = plans.flatMap((plan) => (plan.type === 'authority' ? (plan.trustFile ?? []) : []));
  expect(trust.length).toBe(1);
  expect(member === undefined ? [] : memberFiles(spec)(member)).toEqual(expect.arrayContaining(trust));
});
