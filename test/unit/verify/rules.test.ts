import { webcrypto } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import type { HostRoot, RootFile } from '../../../src/host/host-root.js';
import type { Finding } from '../../../src/verify/finding.js';
import { RULES } from '../../../src/verify/rules.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';

const DOCUMENT = `members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]
etcd: {version: "3.6.16", config: flags}
`;
const UNIT = 'etc/systemd/system/etcd.service';

describe('rules', () => {
  it('have names of their own and say where they come from', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
    for (const { name, source } of RULES) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(source).not.toBe('');
    }
  });
});

describe('a sound cluster', () => {
  let built: BuiltCluster;
  beforeAll(async () => {
    built = await buildCluster(DOCUMENT);
  });

  function roots(): HostRoot[] {
    return ['e1', 'e2', 'admin'].map((name) => ({
      name,
      files: (built.bundles.get(name)?.files ?? []).map(({ path, mode, bytes }) => ({
        path: path.replace(/^\//, ''),
        mode,
        bytes,
        owner: { user: 'root', group: 'root' },
      })),
    }));
  }

  async function verify(
    hosts: readonly HostRoot[],
    directories: HostRoot['directories'] = [],
  ): Promise<readonly Finding[]> {
    const all = hosts.map((root) => ({ ...root, directories }));
    const { findings } = await verifyBundle(all, {
      crypto: webCryptoProvider(webcrypto),
      at: Math.floor(Date.now() / 1000) + 60,
      etcdVersion: { release: '3.6', patch: 16 },
    });
    return findings;
  }

  /** Edits one file of the first host. */
  function edited(path: string, change: (file: RootFile) => RootFile): HostRoot[] {
    return roots().map((root, index) =>
      index > 0
        ? root
        : { ...root, files: root.files.map((file) => (file.path === path ? change(file) : file)) },
    );
  }

  function unit(change: (text: string) => string): HostRoot[] {
    return edited(UNIT, (file) => ({
      ...file,
      bytes: new TextEncoder().encode(change(new TextDecoder().decode(file.bytes))),
    }));
  }

  function added(...files: readonly RootFile[]): HostRoot[] {
    return roots().map((root, index) => (index > 0 ? root : { ...root, files: [...root.files, ...files] }));
  }

  const text = (path: string, content: string): RootFile => ({
    path,
    bytes: new TextEncoder().encode(content),
    mode: 0o644,
    owner: { user: 'root', group: 'root' },
  });
  const flag =
    (name: string, value: string) =>
    (unitText: string): string =>
      unitText.replace(/(ExecStart=\S+)/, `$1 --${name}=${value}`);
  const file = (host: string, path: string): RootFile => {
    const found = roots()
      .find(({ name }) => name === host)
      ?.files.find((candidate) => candidate.path === path);
    if (found === undefined) throw new Error(`no ${path} on ${host}`);
    return found;
  };

  it('has no findings', async () => {
    expect(await verify(roots())).toEqual([]);
  });

  it('knows a data directory that others may enter, and one that has been used', async () => {
    const [data] =
      /--data-dir=([^\s"]*)/.exec(new TextDecoder().decode(file('e1', UNIT).bytes))?.slice(1) ?? [];
    const path = (data ?? '').slice(1);
    expect((await verify(roots(), [{ path, mode: 0o755 }])).map(({ rule }) => rule)).toEqual([
      'data-directory',
      'data-directory',
    ]);
    const wrongName = unit((old) => old.replace(/--name=e1/, '--name=e9'));
    const used = await verify(wrongName, [
      { path, mode: 0o700 },
      { path: `${path}/member`, mode: 0o700 },
    ]);
    expect(used.map(({ rule }) => rule)).not.toContain('bootstrap');
    expect((await verify(wrongName)).map(({ rule }) => rule)).toContain('bootstrap');
  });

  it('takes a drop-in and the unit of the nearer folder for what counts', async () => {
    const dropIn = text(
      `${UNIT}.d/10-flags.conf`,
      '[Service]\nExecStart=\nExecStart=/usr/local/bin/etcd --foo\n',
    );
    expect((await verify(added(dropIn))).map(({ rule }) => rule)).toContain('etcd-flags');
    const packaged = text(
      'usr/lib/systemd/system/etcd.service',
      '[Service]\nExecStart=/usr/bin/etcd --foo\n',
    );
    expect(await verify(added(packaged))).toEqual([]);
  });

  it.each([
    ['ProtectSystem=strict\nReadWritePaths=\nStateDirectory=', 'ReadWritePaths=/var/lib/etcd'],
    ['InaccessiblePaths=/etc/etcd', '/etc/etcd/pki/ca.crt'],
    ['InaccessiblePaths=/var', 'Remove InaccessiblePaths=/var,'],
  ])('says what a sandbox keeps from etcd: %s', async (directives, told) => {
    const dropIn = text(`${UNIT}.d/20-sandbox.conf`, `[Service]\n${directives}\n`);
    const findings = (await verify(added(dropIn))).filter(({ rule }) => rule === 'sandbox');
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.map(({ message, cure }) => `${message} ${cure}`).join('\n')).toContain(told);
  });

  it('says what a sandbox keeps from systemd', async () => {
    const dropIn = (binary: string) =>
      text(
        `${UNIT}.d/20-home.conf`,
        `[Service]\nProtectHome=yes\nExecStart=\nExecStart=${binary} --name=e1\n`,
      );
    const told = async (binary: string) =>
      (await verify(added(dropIn(binary)))).filter(
        ({ rule, message }) => rule === 'sandbox' && message.includes('ExecStart'),
      );
    expect((await told('-/root/bin/etcd')).map(({ level, message }) => [level, message])).toEqual([
      ['error', 'ProtectHome=yes hides /root/bin/etcd, which ExecStart names.'],
    ]);
    expect(await told('/usr/local/bin/etcd')).toEqual([]);
  });

  it('knows that a oneshot service may not always restart', async () => {
    const told = async (type: string, restart: string) =>
      (await verify(added(text(`${UNIT}.d/20-type.conf`, `[Service]\nType=${type}\nRestart=${restart}\n`))))
        .filter(({ rule, level }) => rule === 'unit' && level === 'error')
        .map(({ message }) => message);
    expect(await told('oneshot', 'always')).toEqual(['systemd refuses Restart=always with Type=oneshot.']);
    expect(await told('oneshot', 'on-failure')).toEqual([]);
    expect(await told('simple', 'always')).toEqual([]);
  });

  it('names the drop-in that a setting stands in', async () => {
    const path = `${UNIT}.d/10-more.conf`;
    const told = async (lines: string): Promise<readonly string[]> =>
      (await verify(added(text(path, `[Service]\n${lines}\n`))))
        .filter((finding) => finding.path === `/${path}`)
        .map(({ rule }) => rule);
    expect(await told('ExecStart=\nExecStart=/usr/local/bin/etcd --name=e1 --foo')).toContain('etcd-flags');
    expect(await told('Environment=ETCD_NAME=e1')).toEqual(['environment-conflict']);
    expect(await told('EnvironmentFile=/etc/nothing.env')).toEqual(['unit']);
    expect(await told('LimitNOFILE=100')).toEqual(['unit']);
    expect(await told('InaccessiblePaths=/etc/etcd')).toContain('sandbox');
  });

  it('says once that a CA file is empty which a client of the host uses too', async () => {
    const [first, ...others] = edited('etc/etcd/pki/ca.crt', (old) => ({ ...old, bytes: new Uint8Array() }));
    const environment = text('etc/etcd/etcdctl.env', 'ETCDCTL_CACERT=/etc/etcd/pki/ca.crt\n');
    const host = { name: 'host-1', files: [...(first?.files ?? []), environment] };
    const told = (await verify([host, ...others])).filter(({ rule }) => rule === 'trust-files');
    expect(told.map(({ member, path }) => [member, path])).toEqual([['e1', '/etc/etcd/pki/ca.crt']]);
  });

  it('asks for milliseconds where a configuration file has a duration', async () => {
    const hosts = edited(UNIT, (old) => ({
      ...old,
      bytes: new TextEncoder().encode(
        '[Service]\nExecStart=/usr/local/bin/etcd --config-file=/etc/etcd/a.yaml\n',
      ),
    })).map((root, index) =>
      index > 0
        ? root
        : { ...root, files: [...root.files, text('etc/etcd/a.yaml', 'heartbeat-interval: 250ms\n')] },
    );
    const cures = (await verify(hosts)).filter(({ rule }) => rule === 'config-file').map(({ cure }) => cure);
    expect(cures).toEqual(['Write milliseconds as a number without a unit and without quotes, such as 250.']);
  });

  it('resolves specifiers that the files of the host tell', async () => {
    const named = unit((old) => old.replace('--name=e1', '--name=%H'));
    const [first, ...others] = named;
    const hosts = [{ name: 'e1', files: [...(first?.files ?? []), text('etc/hostname', 'e1\n')] }, ...others];
    expect(await verify(hosts)).toEqual([]);
  });

  it('guesses the release that knows the settings', async () => {
    const hosts = unit(flag('experimental-initial-corrupt-check', 'true'));
    const { summary } = await verifyBundle(hosts, {
      crypto: webCryptoProvider(webcrypto),
      at: Math.floor(Date.now() / 1000) + 60,
    });
    expect([summary.etcdVersion, summary.etcdVersionFrom]).toEqual(['3.6', 'assumed']);
  });

  it('lists what ends first', async () => {
    const { summary } = await verifyBundle(roots(), {
      crypto: webCryptoProvider(webcrypto),
      at: Math.floor(Date.now() / 1000) + 60,
    });
    const ends = summary.expiries.map(({ notAfter }) => notAfter);
    expect(ends).toEqual([...ends].sort());
    expect(summary.expiries.some(({ authority }) => authority)).toBe(true);
  });
});
