import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Inspection } from '../../src/node/inspect/inspect.js';
import { describeWithPrograms } from '../programs/describe.js';
import { makeFolder, runCli } from '../unit/cli/fake-io.js';

async function inspectJson(cwd: string, path: string): Promise<Inspection> {
  return JSON.parse((await runCli(['inspect', path, '--json'], { cwd })).stdout);
}

describeWithPrograms(['openssl'], 'inspect, of a certificate that OpenSSL made,', (program) => {
  it('reads PEM and DER', async () => {
    const cwd = makeFolder();
    const openssl = (...args: string[]) =>
      execFileSync(program('openssl').path, args, { cwd, stdio: 'pipe' });
    const names =
      'subjectAltName=DNS:*.example.org,IP:10.0.0.1,IP:::ffff:10.0.0.2,IP:fd00::1,URI:urn:x,email:a@b';
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'c.pem',
      '-days',
      '30',
      '-subj',
      '/O=Ex\x1bample/CN=host',
      '-addext',
      names,
      '-addext',
      'keyUsage=keyAgreement,decipherOnly',
      '-addext',
      'extendedKeyUsage=serverAuth,1.2.3.4',
    );
    openssl('x509', '-in', 'c.pem', '-outform', 'DER', '-out', 'c.der');
    const [pem] = (await inspectJson(cwd, 'c.pem')).certificates;
    expect(pem).toMatchObject({
      altNames: [
        'DNS:*.example.org',
        'IP:10.0.0.1',
        'IP:::ffff:10.0.0.2',
        'IP:fd00::1',
        'URI:urn:x',
        'email:a@b',
      ],
      keyUsage: ['keyAgreement', 'decipherOnly'],
      extendedKeyUsage: ['serverAuth', '1.2.3.4'],
      isAuthority: false,
      key: 'rsa-2048',
    });
    const printed = openssl('x509', '-in', 'c.pem', '-noout', '-fingerprint', '-sha256').toString();
    expect(pem?.fingerprint).toBe(printed.trim().split('=')[1]?.replaceAll(':', '').toLowerCase());
    expect((await inspectJson(cwd, 'c.der')).certificates).toMatchObject([{ fingerprint: pem?.fingerprint }]);
    expect((await runCli(['inspect', 'c.pem'], { cwd })).stdout).not.toContain('\x1b');
  });
});
