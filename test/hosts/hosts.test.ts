import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithHosts } from '../programs/describe.js';
import { cacheFolder } from '../programs/programs.js';
import { AT_THE_LATEST, type Host } from './host.js';
import { createHosts, type Hosts } from './hosts.js';

const reach = (address: string): string => `ping -c 1 -W 1 ${address}`;

describeWithHosts(['etcd-3.7', 'etcdctl-3.7'], 'the hosts of the tests', () => {
  let hosts: Hosts;
  let e1: Host;
  let e2: Host;
  let e3: Host;

  beforeAll(async () => {
    hosts = await createHosts({
      cluster: 'smoke',
      etcd: '3.7',
      files: [{ path: '/etc/motd', source: Buffer.from('smoke\n'), mode: 0o600 }],
      hosts: [
        { name: 'e1', addresses: ['10.1.1.91/24', 'fd00::1/64'], aliases: ['e1.example.org'] },
        { name: 'e2', addresses: ['10.1.1.92/24', 'fd00::2/64'] },
        { name: 'e3', addresses: ['10.2.7.93/24', 'fd00::3/64'] },
      ],
    });
    e1 = hosts.host('e1');
    e2 = hosts.host('e2');
    e3 = hosts.host('e3');
    await hosts.boot();
  });
  afterAll(async () => {
    await hosts?.down();
  });

  it('run Debian with a systemd of their own', async () => {
    for (const host of hosts.all) {
      expect((await host.must('systemctl is-system-running')).trim()).toBe('running');
      expect((await host.must('hostname; cat /proc/1/comm')).split('\n')).toEqual([host.name, 'systemd', '']);
      expect(await host.must('stat -c %a / /etc/motd; cat /etc/motd')).toBe('755\n600\nsmoke\n');
    }
    const identities = await Promise.all(hosts.all.map((host) => host.must('cat /etc/machine-id')));
    expect(new Set(identities).size).toBe(3);
  });

  it('have the etcd that was asked for', async () => {
    expect(await e1.must('etcd --version')).toContain('etcd Version: 3.7.3');
    expect(await e1.must('etcdctl version')).toContain('etcdctl version: 3.7.3');
  });

  it('manage services apart from each other', async () => {
    for (const host of [e1, e2])
      await host.must('systemd-run --unit same-name --property User=nobody sleep 1000');
    await e1.must('systemctl stop same-name');
    expect((await e1.run('systemctl is-active same-name')).stdout).toBe('inactive\n');
    expect((await e2.run('systemctl is-active same-name; pgrep -u nobody -x sleep')).code).toBe(0);
    // A process of another host in the unit's cgroup would show as one more line, with the number 0.
    const members = 'cat /sys/fs/cgroup/{.,systemd,unified}/system.slice/same-name.service/cgroup.procs';
    expect((await e2.run(`${members} | sort -u | wc -l`)).stdout).toBe('1\n');
  });

  it('find each other by name, over IPv4, IPv6 and across subnets, from their own addresses', async () => {
    await e1.must('systemd-run --unit listener bash -c "nc -lkvn -p 2380 >/dev/null 2>/run/seen"');
    await e1.must('timeout 25 bash -c "until ss -ltn | grep -q :2380; do sleep 0.1; done"');
    await e2.must('nc -N e1.example.org 2380 </dev/null');
    await e3.must('nc -N 10.1.1.91 2380 </dev/null');
    await expect
      .poll(() => e1.must('cat /run/seen'), { timeout: AT_THE_LATEST })
      .toMatch(/received on 10\.1\.1\.92 \d+\n(.*\n)*.*received on 10\.2\.7\.93 /);
    for (const host of [e2, e3]) expect((await host.run(reach('fd00::1'))).code).toBe(0);
  });

  it('have no way out', async () => {
    const out = await e1.run('ip route get 192.0.2.1');
    expect(out.code).not.toBe(0);
    expect(out.stderr).toContain('unreachable');
  });

  it('give back what a command says, and end it when its time is up', async () => {
    const said = await e1.run('cat; echo "$COLOUR" >&2; exit 7', { input: 'in', env: { COLOUR: 'blue' } });
    expect(said).toEqual({ code: 7, stdout: 'in', stderr: 'blue\n' });
    expect((await e1.run('sleep 600 & sleep 601', { timeout: 300 })).code).toBe(124);
    await expect
      .poll(async () => (await e1.run('pgrep -x sleep')).stdout, { timeout: AT_THE_LATEST })
      .toBe('');
  });

  it('come back from a power cut with what was on their disk, and lose it when replaced', async () => {
    await e3.put(Buffer.from('kept'), '/var/lib/data', 0o640);
    await e3.kill();
    expect(e3.booted).toBe(false);
    expect((await e1.run(reach('10.2.7.93'))).code).not.toBe(0);
    await e3.boot();
    expect(await e3.must('stat -c %a /var/lib/data; cat /var/lib/data')).toBe('640\nkept');
    expect((await e1.run(reach('10.2.7.93'))).code).toBe(0);

    await e3.wipe();
    await e3.boot();
    expect((await e3.run('test -e /var/lib/data')).code).toBe(1);
    expect(await e3.must('cat /etc/motd; etcd --version')).toContain('smoke\netcd Version: 3.7.3');
  });

  it('stop in order at a reboot', async () => {
    await e2.must(
      'systemd-run --unit graceful --property ExecStop="/bin/sh -c \\"echo done >/var/lib/stopped\\"" sleep 1000',
    );
    await e2.reboot();
    expect(await e2.must('cat /var/lib/stopped')).toBe('done\n');
    expect(await e2.settled()).toBe('running');
  });

  it('do not reach each other while cut off, and do again afterwards', async () => {
    await e2.cut();
    for (const address of ['10.1.1.92', 'fd00::2']) expect((await e1.run(reach(address))).code).not.toBe(0);
    expect((await e1.run(reach('10.2.7.93'))).code).toBe(0);
    expect(await e2.must('cat /proc/1/comm')).toBe('systemd\n');
    await e2.heal();
    for (const address of ['10.1.1.92', 'fd00::2']) {
      expect((await e1.run(`timeout 25 bash -c 'until ${reach(address)}; do :; done'`)).code).toBe(0);
    }
  });

  it('install a tarball as the runbook says, each step in its turn', async () => {
    const unit =
      '[Service]\nType=oneshot\nRemainAfterExit=yes\nUser=smoke\nExecStart=/usr/bin/touch /var/lib/smoke/here\n[Install]\nWantedBy=multi-user.target\n';
    await e1.must(`mkdir -p /tmp/t/etc/systemd/system /tmp/t/usr/lib/sysusers.d /tmp/t/usr/lib/tmpfiles.d && cd /tmp/t &&
      echo 'u smoke -' >usr/lib/sysusers.d/smoke.conf && echo 'd /var/lib/smoke 0700 smoke smoke' >usr/lib/tmpfiles.d/smoke.conf`);
    await e1.put(Buffer.from(unit), '/tmp/t/etc/systemd/system/smoke.service');
    const tarball = Buffer.from(
      await e1.must('tar -cz -C /tmp/t $(cd /tmp/t && find . -type f) | base64'),
      'base64',
    );
    expect(await e1.install(tarball, 'smoke')).toMatchObject({ code: 0 });
    expect(await e1.must('stat -c %U /var/lib/smoke/here; systemctl is-enabled smoke')).toBe(
      'smoke\nenabled\n',
    );
    expect(await e1.journal('smoke')).toContain('Finished');
    expect((await e1.install(tarball, 'absent')).code).not.toBe(0);
  });

  it('leave nothing behind', async () => {
    const pids = execFileSync('ip', ['netns', 'pids', `${hosts.run}-host-e1`], { encoding: 'utf8' });
    expect(pids.trim().split('\n').length).toBeGreaterThan(3);
    await hosts.down();
    expect(readdirSync('/run/netns').filter((name) => name.startsWith(hosts.run))).toEqual([]);
    expect(existsSync(join(cacheFolder(), 'hosts', hosts.run))).toBe(false);
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(hosts.run);
    expect(execFileSync('find', ['/sys/fs/cgroup', '-name', `${hosts.run}*`], { encoding: 'utf8' })).toBe('');
    // Whoever has lost its parent is a zombie until process 1 takes notice.
    const left = (): readonly string[] =>
      pids
        .trim()
        .split('\n')
        .filter((pid) => existsSync(`/proc/${pid}`));
    await expect.poll(left, { timeout: AT_THE_LATEST }).toEqual([]);
  });
});
