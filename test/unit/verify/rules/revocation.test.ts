import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { describeWithPrograms } from '../../../programs/describe.js';
import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('revocation-lists', [
  ['a CRL that is gone', 'error', (hosts) => hosts.unit('e1', flag('client-crl-file', '/etc/crl.der'))],
  [
    'a CRL that is not one',
    'error',
    (hosts) => hosts.unit('e1', flag('peer-crl-file', '/etc/crl.der')).put('e1', 'etc/crl.der', 'crl'),
  ],
]);

/** A CRL of some authority with this serial number, DER; by OpenSSL. */
function listOf(serial: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'crl-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'index.txt'), `R\t400101000000Z\t200101000000Z\t${serial}\tunknown\t/CN=x\n`);
  writeFileSync(join(folder, 'number'), '01\n');
  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=30\ncrl_extensions=more\n[more]\nauthorityKeyIdentifier=keyid\n',
  );
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-noenc',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=list',
  );
  openssl('ca', '-config', 'ca.cnf', '-gencrl', '-keyfile', 'ca.key', '-cert', 'ca.crt', '-out', 'crl.pem');
  openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der');
  return new Uint8Array(readFileSync(join(folder, 'crl.der')));
}

describeWithPrograms(['openssl'], 'certificates by OpenSSL', () => {
  describeRule('revoked-certificates', [
    [
      'the certificate of a client on the list',
      'error',
      (hosts) => {
        const client = new X509Certificate(hosts.bytes('admin', 'etc/etcd/admin/client.crt'));
        return hosts
          .unit('e1', flag('client-crl-file', '/etc/crl.der'))
          .put('e1', 'etc/crl.der', listOf(client.serialNumber));
      },
    ],
  ]);
});
