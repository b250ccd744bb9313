import { expect, it } from 'vitest';
import { parseClusterSpec, planCertificates } from '../../../src/index.js';
import type { CertificatePlan } from '../../../src/pki/certificate-plan.js';
import { formatDistinguishedName } from '../../../src/x509/distinguished-name.js';
import { formatGeneralName } from '../../../src/x509/general-name.js';

// What each preset makes for a member, a control plane and a further client, reviewed by eye once against kubeadm's certlist.go and
// the guides behind the presets. `npx vitest run test/unit/pki -u` writes it anew; the diff is what to review.

const DOCUMENT = {
  members: [{ name: 'e1', address: ['10.0.0.1', 'fd00::1'], altNames: ['e1.example.org'] }],
  clients: [{ name: 'backup', commonName: 'etcd-backup' }],
  kubernetes: { version: '1.36' },
};

it.each([
  ['hardened', '3.4'],
  ['hardened', '3.6'],
  ['kubeadm', '3.6'],
  ['shared-certificate', '3.6'],
  ['environment-file', '3.6'],
  ['single-member', '3.6'],
  ['tuned', '3.6'],
])('the certificates of %s in etcd %s', async (preset, version) => {
  const table = planCertificates(parseClusterSpec({ ...DOCUMENT, preset, etcd: { version } })).map(
    describePlan,
  );
  await expect(table.join('\n')).toMatchFileSnapshot(`certificate-tables/${preset}-etcd-${version}.txt`);
});

function describePlan(plan: CertificatePlan): string {
  const signer = plan.type === 'authority' ? 'itself' : plan.authority;
  const lines = [
    `${plan.id}, signed by ${signer}: ${plan.title}`,
    `  subject   ${formatDistinguishedName(plan.subject)}`,
    `  names     ${plan.altNames.map(formatGeneralName).join(' ') || '-'}`,
    `  usages    ${[...plan.keyUsage, ...plan.extendedKeyUsage].join(' ')}`,
    `  valid     ${plan.validity / 3600} h, ${plan.key}`,
    `  files     ${plan.files.certificate} ${plan.files.key}`,
    `  settings  ${plan.settings.map(({ name, value }) => `${name}=${value}`).join(' ') || '-'}`,
    plan.type === 'authority'
      ? `  below it  ${plan.pathLength ?? 'any number of'} authorities; key on ${plan.keyHolders.join(' ') || 'no member'}`
      : `  role      ${plan.role}, held by ${JSON.stringify(plan.holder)}`,
  ];
  return `${lines.join('\n')}\n`;
}
