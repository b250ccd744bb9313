import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FURTHER_FILE, makeFurtherAuthority } from '../../support/further-authority.js';
import { expectPublished } from '../../support/published-schema.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';

const DAY = 86_400;
const isPublished = expectPublished('update');

/** A bundle, and the document that it is to be brought to. */
async function bundle(next: string, document = CLUSTER): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': document, 'next.yaml': next });
  expect((await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd })).stderr).toBe('');
  return cwd;
}

async function rows(next: string, document?: string): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(['plan', 'bundle', 'next.yaml'], {
    cwd: await bundle(next, document),
  });
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && line !== 'Nothing was written.')
    .map((line) => line.replace(/ {2,}/g, ' | '));
}

/** Peers of one common name, and of no other. */
function withPeerName(name: string): string {
  return `${CLUSTER}etcd: {settings: {peer-cert-allowed-cn: ${name}}}\ncertificates: {commonNames: {peer: ${name}, peer-client: ${name}}}\n`;
}

async function refusals(next: string, document?: string): Promise<readonly string[]> {
  const cwd = await bundle(next, document);
  const before = readdirSync(cwd);
  const { exitCode, stdout } = await runCli(['update', 'bundle', 'next.yaml', '--json'], { cwd });
  expect(exitCode).toBe(1);
  expect(readdirSync(cwd)).toEqual(before);
  const answer = JSON.parse(stdout);
  isPublished(answer);
  return answer.issues.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`);
}

describe('plan', () => {
  it.each([
    ['nothing', CLUSTER, ['Nothing to do: the hosts have what the document says.']],
    ['a comment', `# Three.\n${CLUSTER}`, ['Nothing to do: the hosts have what the document says.']],
    [
      'a name of one member',
      CLUSTER.replace('10.0.0.2}', '10.0.0.2, altNames: [10.0.0.9]}'),
      [
        'e2 | server certificate | + IP:10.0.0.9 | copy, no restart',
        'e2 | peer certificate | + IP:10.0.0.9 | copy, no restart',
        'e2 | peer-client certificate | + IP:10.0.0.9 | copy, no restart',
      ],
    ],
    [
      'a setting',
      `${CLUSTER}etcd: {settings: {quota-backend-bytes: 8GiB}}\n`,
      ['e1–e3 | quota-backend-bytes | default -> 8589934592 | restart, one after the other, leader last'],
    ],
    [
      'a restriction of peers that their certificates meet',
      withPeerName('peer'),
      ['e1–e3 | peer-cert-allowed-cn | default -> peer | restart, one after the other, leader last'],
      `${CLUSTER}certificates: {commonNames: {peer: peer, peer-client: peer}}\n`,
    ],
    [
      'the lowest version of TLS',
      `${CLUSTER}etcd: {settings: {tls-min-version: TLS1.3}}\n`,
      ['e1–e3 | tls-min-version | default -> TLS1.3 | restart, one after the other, leader last'],
    ],
    [
      'a setting of one member',
      CLUSTER.replace('10.0.0.3}', '10.0.0.3, settings: {log-level: debug}}'),
      ['e3 | log-level | default -> debug | restart, one after the other, leader last'],
    ],
    [
      'a directive',
      `${CLUSTER}systemd: {directives: {Service: {LimitNOFILE: 90000}}}\n`,
      ['e1–e3 | /etc/systemd/system/etcd.service | changed | restart, one after the other, leader last'],
    ],
    [
      'a client',
      `${CLUSTER}clients: [{name: backup}]\n`,
      [
        'client-backup | client certificate | new | copy, no restart',
        'client-backup | new client | its own tarball, whole | copy, no restart',
      ],
    ],
    [
      'how long the CA lasts',
      `${CLUSTER}certificates: {validity: {ca: 90000h}}\n`,
      [' | document | counts from the next generation on | nothing on any host'],
    ],
  ])('says what an update would do about %s', async (_, next, expected, document?: string) => {
    expect((await rows(next, document)).map((row) => row.trim())).toEqual(expected.map((row) => row.trim()));
  });

  it('says how the life of a pair changes', async () => {
    const [first] = await rows(`${CLUSTER}certificates: {validity: {leaf: 2160h}}\n`);
    expect(first).toBe('e1–e3 | server certificate | validity 8760h -> 2160h | copy, no restart');
  });

  it('ends with 4 where it is asked to and there is something to do, with a document or without', async () => {
    const cwd = await bundle(`${CLUSTER}clients: [{name: backup}]\n`);
    const run = async (now: number, ...args: readonly string[]) =>
      (await runCli(['plan', 'bundle', ...args], { cwd, now })).exitCode;
    expect(await run(NOW, 'next.yaml')).toBe(0);
    expect(await run(NOW, 'next.yaml', '--exit-code')).toBe(4);
    expect(await run(NOW, 'cluster.yaml', '--exit-code')).toBe(0);
    expect(await run(NOW, '--exit-code')).toBe(0);
    expect(await run(NOW + 340 * DAY, '--exit-code')).toBe(4);
  });

  it('needs no key, writes nothing, and prints what its schema says', async () => {
    const cwd = await bundle(`${CLUSTER}clients: [{name: backup}]\n`);
    renameSync(join(cwd, 'bundle/ca'), join(cwd, 'elsewhere'));
    const before = readdirSync(cwd, { recursive: true });
    const { exitCode, stdout } = await runCli(['plan', 'bundle', 'next.yaml', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const answer = JSON.parse(stdout);
    isPublished(answer);
    expect(answer).toMatchObject({ action: 'update', generation: 2, certificates: ['client/backup'] });
    expect(readdirSync(cwd, { recursive: true })).toEqual(before);
  });
});

describe('update', () => {
  it('writes what changes where it changes, which verify finds right, and has nothing to do afterwards', async () => {
    const next = `${CLUSTER.replace('10.0.0.2}', '10.0.0.2, altNames: [10.0.0.9]}')}clients: [{name: backup}]\n`;
    const cwd = await bundle(next);
    const { exitCode, stdout } = await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: NOW + DAY });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('with tarballs for e2, client-backup\n');
    expect(existsSync(join(cwd, 'bundle/e1.tar.gz'))).toBe(false);
    const verified = await runCli(['verify', 'bundle', 'bundle.previous-1'], { cwd, now: NOW + DAY });
    expect(verified.stdout).toContain('0 errors, 0 warnings, 0 notices');
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).stdout).toContain('Nothing to do');
    // What is renewed later follows from the new document.
    await runCli(['renew', 'bundle', '--all', '--member', 'e2'], { cwd, now: NOW + DAY });
    expect(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8')).toContain('10.0.0.9');
    expect((await runCli(['update', 'bundle', 'cluster.yaml', '--dry-run'], { cwd })).stdout).toMatch(
      /- IP:10\.0\.0\.9/,
    );
  });

  it('needs no key of a CA where it issues nothing', async () => {
    const cwd = await bundle(`${CLUSTER}etcd: {settings: {quota-backend-bytes: 8GiB}}\n`);
    renameSync(join(cwd, 'bundle/ca'), join(cwd, 'elsewhere'));
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).exitCode).toBe(0);
    expect(existsSync(join(cwd, 'bundle/ca'))).toBe(false);
  });

  it('restarts one member after the other where it has to, each behind a gate, and copies to clients last', async () => {
    const settings = '{settings: {quota-backend-bytes: 8GiB}, clientPort: 4001}';
    const cwd = await bundle(`${CLUSTER}etcd: ${settings}\n`);
    await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    const blocks = runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
    const restarts = blocks.filter(
      ({ commands, kind }) =>
        kind === 'commands' && commands.some((line) => line.includes('systemctl restart etcd')),
    );
    expect(restarts.map(({ host }) => host)).toEqual(['e1', 'e2', 'e3']);
    for (const restart of restarts)
      expect(blocks[blocks.indexOf(restart) + 1]).toMatchObject({ kind: 'gate', host: 'operator' });
    const own = blocks.find(({ title }) => title === "The operator's own files");
    if (own === undefined) throw new Error('no step of the operator');
    expect(blocks.indexOf(own)).toBeGreaterThan(blocks.indexOf(restarts[2] ?? own) - 1);
  });

  it('names the certificate of a client that is gone', async () => {
    const cwd = await bundle(CLUSTER, `${CLUSTER}clients: [{name: backup}]\n`);
    const { stdout } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(stdout).toMatch(/^client-backup {2}client +no longer of the cluster/m);
    expect(stdout).toMatch(
      /^client\/backup, serial number [0-9a-f]+, is valid until 2027-01-01T00:00:00Z\.$/m,
    );
  });

  it.each([
    ['another cluster', `cluster: {name: other}\n${CLUSTER}`, ['another-cluster cluster.name']],
    [
      'a member of another name at the address of one',
      CLUSTER.replace('name: e3', 'name: e4'),
      ['not-updatable members[2].name'],
    ],
    ['another address', CLUSTER.replace('10.0.0.3', '10.0.0.7'), ['not-updatable members[2].address']],
    [
      'a release, folders and accounts at once',
      `${CLUSTER}etcd: {version: "3.6", dataDir: /srv/etcd}\nsystemd: {user: dbs, group: dbs, unit: etcd3}\n`,
      ['etcd.version', 'etcd.dataDir', 'systemd.unit', 'systemd.user', 'systemd.group'].map(
        (path) => `not-updatable ${path}`,
      ),
    ],
    ['another preset', `preset: kubeadm\n${CLUSTER}`, ['not-updatable preset']],
    ['plain http', `${CLUSTER}certificates: {tls: none}\n`, ['not-updatable certificates.tls']],
    [
      'the CA key on hosts',
      `${CLUSTER}certificates: {caKeyOn: [e1]}\n`,
      ['not-updatable certificates.caKeyOn'],
    ],
    [
      'keys of tokens, which are on the hosts alone',
      `${CLUSTER}etcd: {settings: {auth-token: "jwt,sign-method=ES256,pub-key=/etc/etcd/jwt.pub,priv-key=/etc/etcd/jwt.key"}}\n`,
      ['not-updatable etcd.settings.auth-token'],
    ],
    [
      'a file that would go',
      `${CLUSTER}etcd: {config: flags}\n`,
      ['not-updatable etcd.config'],
      `${CLUSTER}etcd: {config: yaml}\n`,
    ],
    [
      'domain and name of discovery',
      `cluster: {discoverySrv: example.org, discoverySrvName: prod}\n${CLUSTER}`,
      ['not-updatable cluster.discoverySrv', 'not-updatable cluster.discoverySrvName'],
    ],
    [
      'numbers of the accounts',
      `${CLUSTER}systemd: {uid: 900, gid: 901}\n`,
      ['not-updatable systemd.uid', 'not-updatable systemd.gid'],
    ],
    [
      'what is read as a unit is enabled',
      `${CLUSTER}systemd: {directives: {Install: {WantedBy: graphical.target}}}\n`,
      ['not-updatable systemd.directives.Install'],
    ],
    [
      'other names together with the setting that allows them',
      withPeerName('new'),
      ['not-updatable etcd.settings.peer-cert-allowed-cn'],
      withPeerName('old'),
    ],
    [
      'names that members with the former setting refuse',
      `${CLUSTER}certificates: {commonNames: {peer: new, peer-client: new}}\n`,
      ['not-updatable etcd.settings.peer-cert-allowed-cn'],
      withPeerName('old'),
    ],
    [
      'a lowest version of TLS above the former highest',
      `${CLUSTER}etcd: {settings: {tls-min-version: TLS1.3}}\n`,
      ['not-updatable etcd.settings.tls-min-version'],
      `${CLUSTER}etcd: {settings: {tls-max-version: TLS1.2}}\n`,
    ],
    [
      'a highest version of TLS below the former lowest',
      `${CLUSTER}etcd: {settings: {tls-max-version: TLS1.2}}\n`,
      ['not-updatable etcd.settings.tls-max-version'],
      `${CLUSTER}etcd: {settings: {tls-min-version: TLS1.3}}\n`,
    ],
    ['what no bundle may have', `${CLUSTER}nonsense: 1\n`, ['unknown-key nonsense']],
  ])('refuses %s, and writes nothing', async (_, next, expected, document?: string) => {
    expect(await refusals(next, document)).toEqual(expected);
  });

  it.each([
    [['update'], 'operand-missing'],
    [['update', 'bundle'], 'operand-missing'],
    [['update', 'bundle', 'next.yaml', 'more'], 'operand-superfluous'],
    [['plan'], 'operand-missing'],
    [['plan', 'bundle', 'next.yaml', 'more'], 'operand-superfluous'],
  ])('refuses %j', async (args, code) => {
    const { exitCode, stderr } = await runCli(args, { cwd: makeFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`[${code}]`);
  });

  it.each([
    [
      'a value that the document of the bundle writes',
      '{dataDir: /srv/etcd}',
      '{dataDir: /srv/other}',
      'Write "/srv/etcd", as the document of the bundle has it.',
    ],
    [
      'a value that it leaves out',
      '{clientPort: 2379}',
      '{dataDir: /srv/other}',
      'Leave it out, as the document of the bundle does: it was "/var/lib/etcd".',
    ],
    [
      'a file on the hosts',
      '{config: yaml}',
      '{config: flags}',
      '/etc/etcd/etcd.conf.yml on e1–e3 would be left over: an update removes no file. Write "yaml", as the document of the bundle has it.',
    ],
  ])('names what it was of %s', async (_, former, wanted, says) => {
    const cwd = await bundle(`${CLUSTER}etcd: ${wanted}\n`, `${CLUSTER}etcd: ${former}\n`);
    const { stderr } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(stderr).toContain(says);
  });

  it('names the command for a member that comes back on another host', async () => {
    const cwd = await bundle(CLUSTER.replace('10.0.0.3', '[10.0.0.7, 10.0.1.7]'), CLUSTER);
    const { stderr } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(stderr).toContain('Write "10.0.0.3", as the document of the bundle has it, or, where');
    const command = 'replace bundle e3 --address 10.0.0.7 --address 10.0.1.7';
    expect(stderr).toContain(command.replace('bundle', '<bundle>'));
    expect((await runCli([...command.split(' '), '--dry-run'], { cwd })).exitCode).toBe(0);
  });

  it('sees another CA in a file that it knows', async () => {
    const [first, second] = [await makeFurtherAuthority(NOW), await makeFurtherAuthority(NOW)];
    const document = `${CLUSTER}certificates: {trust: [${FURTHER_FILE}]}\n`;
    const cwd = makeFolder({ 'cluster.yaml': document, [FURTHER_FILE]: first.certificate });
    await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd });
    const plan = async (...certificates: readonly string[]) => {
      writeFileSync(join(cwd, FURTHER_FILE), certificates.join(''));
      return runCli(['plan', 'bundle', 'cluster.yaml'], { cwd });
    };
    expect((await plan(first.certificate)).stdout).toMatch(/^Nothing to do/);
    expect((await plan(second.certificate)).stderr).toContain(
      'certificates.trust[0]: The file holds a CA that the bundle does not have.',
    );
    expect((await plan()).stderr).toContain('certificates.trust: The files lack a CA');
    rmSync(join(cwd, FURTHER_FILE));
    const { exitCode, stdout } = await runCli(['plan', 'bundle', 'cluster.yaml'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Not there, and not needed: ${FURTHER_FILE} (certificates.trust[0]).`);
  });

  it('leaves the further CAs as they are, and refuses others', async () => {
    const other = await bundle(CLUSTER);
    const document = `${CLUSTER}certificates: {trust: [other.crt]}\n`;
    const cwd = makeFolder({
      'cluster.yaml': document,
      'next.yaml': `${document}clients: [{name: backup}]\n`,
      'other.crt': readFileSync(join(other, 'bundle/ca/ca.crt'), 'utf8'),
    });
    expect((await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd })).exitCode).toBe(0);
    expect((await runCli(['plan', 'bundle', 'cluster.yaml'], { cwd })).stdout).toContain('Nothing to do');
    const { stdout } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(stdout).toContain('bundle, with tarballs for client-backup\n');
    writeFileSync(join(cwd, 'next.yaml'), `${CLUSTER}clients: [{name: backup}]\n`);
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).stderr).toContain('certificates.trust');
  });

  it('shows the line of the document that it refuses', async () => {
    const cwd = await bundle(`${CLUSTER}etcd: {dataDir: /srv/etcd}\n`);
    writeFileSync(join(cwd, 'next.yaml'), `${CLUSTER}etcd: {dataDir: /srv/etcd}\n`);
    const { stderr } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(stderr).toMatch(/^next\.yaml:5:\d+: etcd\.dataDir: /);
  });
});
