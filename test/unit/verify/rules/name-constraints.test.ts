import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { describeWithPrograms } from '../../../programs/describe.js';
import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

/** A CA that may sign for 192.0.2.0/24 alone, and what it signed for 10.0.0.1; by OpenSSL. */
function constrained(): { readonly authority: string; readonly certificate: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'constraints-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=kept',
    '-addext',
    'nameConstraints=critical,permitted;IP:192.0.2.0/255.255.255.0',
  );
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'leaf.key',
    '-out',
    'leaf.crt',
    '-subj',
    '/CN=e1',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-addext',
    'basicConstraints=critical,CA:FALSE',
    '-addext',
    'subjectAltName=IP:10.0.0.1',
    '-addext',
    'extendedKeyUsage=serverAuth,clientAuth',
  );
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { authority: read('ca.crt'), certificate: read('leaf.crt'), key: read('leaf.key') };
}

describeWithPrograms(['openssl'], 'certificates by OpenSSL', () => {
  describeRule('name-constraints', [
    [
      'a peer with a name that its authority may not sign for',
      'error',
      (hosts) => {
        const { authority, certificate, key } = constrained();
        const trusting = ['e1', 'e2'].reduce(
          (all, host) => all.edit(host, `${PKI}/peer-ca.crt`, (text) => `${text}${authority}`),
          hosts,
        );
        return trusting.put('e1', `${PKI}/peer.crt`, certificate).put('e1', `${PKI}/peer.key`, key);
      },
    ],
  ]);
});
