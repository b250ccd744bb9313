import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHostFolder } from '../../../../src/node/read/host-folder.js';
import { followLinks } from '../../../../src/node/read/links.js';
import { verifyPaths } from '../../../../src/node/verify-paths.js';
import { describeWithPrograms } from '../../../programs/describe.js';
import { put } from '../../../support/put-files.js';
import { makeFolder, NOW } from '../../cli/fake-io.js';
import { makeAuthority } from '../handshake/openssl.js';

function unit(folder: string, flags = ''): string {
  return `[Service]\nExecStart=/usr/local/bin/etcd --name=a1 --listen-client-urls=https://10.0.0.1:2379 --advertise-client-urls=https://10.0.0.1:2379 --cert-file=${folder}/server.crt --key-file=${folder}/server.key --trusted-ca-file=${folder}/ca.crt --client-cert-auth ${flags}\n`;
}

/** A host whose certificates lie in a folder. */
function hostWith(folder: string): string {
  const root = makeFolder();
  const authority = makeAuthority();
  const pair = authority.issue({ altNames: 'IP:10.0.0.1' });
  put(join(root, 'etc/systemd/system/etcd.service'), unit(folder));
  put(join(root, `${folder}/server.crt`), pair.certificate);
  put(join(root, `${folder}/server.key`), pair.key);
  put(join(root, `${folder}/ca.crt`), authority.certificate);
  return root;
}

async function messages(...paths: readonly string[]): Promise<readonly string[]> {
  const { findings } = await verifyPaths(paths, { at: Math.floor(Date.now() / 1000) });
  return findings.map(({ level, message }) => `${level}: ${message}`);
}

async function textAt(root: string, path: string): Promise<string> {
  const { open } = await readHostFolder(root, 'h');
  const found = await open?.(path);
  if (found?.type === 'file') return new TextDecoder().decode(found.file.bytes);
  return found?.type === 'unread' ? found.why : (found?.type ?? '');
}

describeWithPrograms(['openssl'], 'a host folder', () => {
  it.each(['/etc/ssl/certs', '/usr/share/etcd', '/var/lib/kubelet/pki', '/srv/member/pki', '/boot/etcd'])(
    'is looked into by name where the walk does not go: %s',
    async (folder) => {
      const told = await messages(hostWith(folder));
      expect(told.filter((message) => /does not exist|not looked at/.test(message))).toEqual([]);
    },
  );

  it('is looked into by name behind a folder that is a link, as a tarball too', async () => {
    const root = hostWith('/srv/real');
    symlinkSync('/srv/real', join(root, 'etc/pki'));
    put(join(root, 'etc/systemd/system/etcd.service'), unit('/etc/pki'));
    const tarball = join(makeFolder(), 'h.tar.gz');
    execFileSync('tar', ['-C', root, '-czf', tarball, '.']);
    for (const path of [root, tarball])
      expect((await messages(path)).filter((message) => message.includes('does not exist'))).toEqual([]);
  });

  it('says of nothing that it does not exist which it did not look for', async () => {
    const root = hostWith('/etc/pki');
    execFileSync('rm', [join(root, 'etc/pki/server.key')]);
    execFileSync('mkfifo', [join(root, 'etc/pki/server.key')]);
    expect(await messages(root)).toContain(
      'warning: /etc/pki/server.key was not looked at: it is a named pipe.',
    );
    execFileSync('rm', [join(root, 'etc/pki/server.key')]);
    expect(await messages(root)).toContain('error: /etc/pki/server.key does not exist.');
    put(join(root, 'etc/pki/server.key'), new Uint8Array(2 ** 20 + 1));
    expect(await messages(root)).toContain(
      'warning: /etc/pki/server.key was not looked at: it is larger than 1 MiB.',
    );
  });

  it('is read although a name in it is not UTF-8', async () => {
    const root = hostWith('/etc/pki');
    execFileSync('bash', [
      '-c',
      `mkdir -p "$0/home/$(printf 'caf\\351')" && : >"$0/etc/$(printf 'x\\351.conf')"`,
      root,
    ]);
    const told = await messages(root);
    expect(told.some((message) => message.startsWith('notice: Not everything could be read:'))).toBe(true);
    expect(told.filter((message) => message.startsWith('error'))).toEqual([]);
  });

  it.runIf(process.getuid?.() !== 0)('is read although a file in it may not be', async () => {
    const root = hostWith('/etc/pki');
    chmodSync(join(root, 'etc/pki/server.key'), 0);
    expect(await messages(root)).toContain(
      'warning: /etc/pki/server.key was not looked at: it cannot be read (EACCES).',
    );
  });
});

describe('a folder of strangers', () => {
  it('is never left through a link, whatever folder that leads through', async () => {
    const outside = makeFolder({ shadow: 'root:secret' });
    const root = makeFolder();
    mkdirSync(join(root, 'var/lib'), { recursive: true });
    symlinkSync(outside, join(root, 'var/lib/kubelet'));
    symlinkSync(`../../../../../../../..${outside}`, join(root, 'var/lib/up'));
    for (const folder of ['kubelet', 'up'])
      expect(await textAt(root, `/var/lib/${folder}/shadow`)).toBe('absent');
    expect(await textAt(root, `/var/lib/../../../../..${outside}/shadow`)).toBe('absent');
    // Below the root, the same path leads to what the host has there.
    put(join(root, `${outside}/shadow`), 'inside');
    for (const folder of ['kubelet', 'up'])
      expect(await textAt(root, `/var/lib/${folder}/shadow`)).toBe('inside');
  });

  it('gives up links that run in circles', async () => {
    const root = makeFolder();
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    expect(await textAt(root, '/a')).toBe('absent');
  });

  it('opens no pipe, device or socket, wherever it lies', async () => {
    const root = makeFolder();
    mkdirSync(join(root, 'etc'));
    execFileSync('mkfifo', [join(root, 'etc/passwd')]);
    symlinkSync('/dev/zero', join(root, 'etc/group'));
    expect(await textAt(root, '/etc/passwd')).toBe('is a named pipe');
    expect(await textAt(root, '/etc/group')).toBe('lies where the kernel shows itself');
    for (const name of ['bundle.json', 'SHA256SUMS']) {
      const folder = makeFolder();
      execFileSync('mkfifo', [join(folder, name)]);
      expect((await verifyPaths([folder], { at: NOW })).summary.errors).toBe(1);
    }
    expect(await messages(join(root, 'etc/passwd'))).toEqual(['error: It is a named pipe.']);
  });
});

describe('followLinks', () => {
  it('goes through each segment of a long link once', () => {
    const links = new Map(
      Array.from({ length: 5_000 }, (_, index) => [`l${index}`, 'a/'.repeat(2000)] as const),
    );
    for (const path of links.keys()) expect(followLinks(path, links)?.length).toBe(3999);
  });

  it('ends where links multiply', () => {
    const long = Array.from(
      { length: 39 },
      (_, index) => [`d${index}`, `${'x/../'.repeat(700)}d${index + 1}`] as const,
    );
    const links = new Map([
      ...long,
      ...Array.from({ length: 3000 }, (_, index) => [`l${index}`, 'd0'] as const),
    ]);
    expect([...links.keys()].map((path) => followLinks(path, links)).at(-1)).toBeUndefined();
  });
});
