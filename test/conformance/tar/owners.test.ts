import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithHosts } from '../../programs/describe.js';
import { buildCluster } from '../../support/cluster.js';

const DOCUMENT = 'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]';

/** In a mount namespace of its own, with these users, none of which this machine needs to have. */
function asOnHost(folder: string, users: string, script: string): string {
  writeFileSync(join(folder, 'passwd'), `root:x:0:0::/:/bin/sh\n${users}`);
  writeFileSync(join(folder, 'group'), `root:x:0:\n${users.replace(/^(\w+:x:\d+):.*$/gm, '$1:')}`);
  const mounts = ['passwd', 'group'].map((name) => `mount --bind ${join(folder, name)} /etc/${name}`);
  return execFileSync('unshare', ['--mount', 'sh', '-ec', [...mounts, 'umask 077', script].join('\n')], {
    encoding: 'utf8',
  });
}

describeWithHosts(['bsdtar', 'busybox'], 'a tarball extracted on a host', (program) => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-owners-'));
    for (const generation of ['first', 'second']) {
      const cluster = await buildCluster(DOCUMENT);
      writeFileSync(join(folder, `${generation}.tar.gz`), await cluster.tarball('e1'));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const ETCD = 'etcd:x:2379:2379::/:/bin/sh\n';
  const tars = {
    'GNU tar': () => 'tar',
    bsdtar: () => program('bsdtar').path,
    busybox: () => `${program('busybox').path} tar`,
  };

  it.each(Object.entries(tars))(
    'by %s over a running member leaves each key readable for etcd',
    (name, tar) => {
      const root = join(folder, name.replace(' ', '-'));
      mkdirSync(root, { mode: 0o755 });
      const listing = asOnHost(
        folder,
        ETCD,
        `chmod 755 ${folder}
      for generation in first second; do ${tar()} -xzf ${folder}/$generation.tar.gz -C ${root}; done
      find ${root} -type d -exec chmod 755 {} +
      cd ${root}/etc/etcd/pki
      stat --format='%n %a %U:%G' *.key
      setpriv --reuid etcd --regid etcd --clear-groups cat server*.key peer*.key >/dev/null`,
      );
      expect(listing.trimEnd().split('\n')).toEqual(
        ['healthcheck-client', 'peer-client', 'peer', 'server-client', 'server']
          .map((pair) => `${pair}.key`)
          .toSorted()
          .map((key) => `${key} ${key.startsWith('healthcheck') ? '600 root:root' : '640 root:etcd'}`),
      );
    },
  );

  it('on a new host, where nobody is named etcd yet, belongs to root', () => {
    const root = join(folder, 'new');
    mkdirSync(root);
    const listing = asOnHost(
      folder,
      '',
      `tar -xzf ${folder}/first.tar.gz -C ${root} && find ${root} -type f -printf '%u:%g\\n' | sort -u`,
    );
    expect(listing).toBe('root:root\n');
  });
});
