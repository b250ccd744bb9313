import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTarball } from '../../../src/node/index.js';
import { expectPublished } from '../../support/published-schema.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, NOW, runCli } from './fake-io.js';
import { generated, manifestIn } from './generated.js';

const DAY = 86_400;
const isPublished = expectPublished('update');
const FIVE = `${CLUSTER}  - {name: e4, address: 10.0.0.4}\n  - {name: e5, address: 10.0.0.5}\n`;
const URLS = [1, 2, 3, 4, 5].map((number) => `e${number}=https://10.0.0.${number}:2380`);

function titlesIn(cwd: string): readonly string[] {
  const blocks = runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
  return [...new Set(blocks.map(({ title }) => title))];
}

async function pathsFor(cwd: string, name: string): Promise<readonly string[]> {
  return (await readTarball(readFileSync(join(cwd, `bundle/${name}.tar.gz`)), name)).map(({ path }) => path);
}

function commandsIn(cwd: string): string {
  return runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'))
    .flatMap(({ commands }) => commands)
    .join('\n');
}

describe('replace', () => {
  it('gives a lost member a whole host with new pairs, and nobody else anything', async () => {
    const cwd = await generated();
    const former = manifestIn(cwd);
    const { exitCode, stdout, stderr } = await runCli(['replace', 'bundle', 'e3'], { cwd, now: NOW + DAY });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^e3 +member +a new host +member remove, member add, start$/m);
    expect(stdout).toMatch(/Wrote generation 2 to .*bundle, with tarballs for e3\n/);
    const manifest = manifestIn(cwd);
    expect(manifest).toMatchObject({
      generation: 2,
      change: { action: 'replace' },
      document: former.document,
    });
    const bootstrap = manifest.hosts.find(({ name }) => name === 'e3')?.bootstrap;
    expect(bootstrap?.state).toBe('existing');
    expect(bootstrap?.initialCluster.split(',').sort()).toEqual(URLS.slice(0, 3));
    expect([...(await pathsFor(cwd, 'e3'))].sort()).toEqual(
      former.hosts
        .find(({ name }) => name === 'e3')
        ?.files.map(({ path }) => path.slice(1))
        .sort(),
    );
    const serials = new Map(former.certificates.map(({ id, serialNumber }) => [id, serialNumber]));
    for (const { id, generation, serialNumber } of manifest.certificates) {
      const isNew = id.endsWith('/e3');
      expect([id, generation, serialNumber !== serials.get(id)]).toEqual([id, isNew ? 2 : 1, isNew]);
    }
    expect(titlesIn(cwd)).toEqual(['Before', 'Remove e3', 'Copy', 'Files for e3', 'Add e3', 'Start e3']);
    const same = await runCli(['update', 'bundle', 'cluster.yaml'], { cwd });
    expect(same.stdout).toContain('Nothing to do');
    const verified = await runCli(['verify', 'bundle', 'bundle.previous-1'], { cwd, now: NOW + DAY });
    expect(verified.stdout).not.toMatch(/^error/m);
  });

  it('moves a member by its address in the document, of which nothing else changes', async () => {
    const document = `# the third rack\n${CLUSTER}`;
    const cwd = await generated(document);
    const argv = ['replace', 'bundle', 'e3', '--address', '10.0.0.9', '--address', 'e3.example.org'];
    const { exitCode, stdout, stderr } = await runCli(argv, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^admin +endpoints +\+ https:\/\/10.0.0.9:2379, - https:\/\/10.0.0.3:2379 /m);
    expect(stdout).toMatch(/^e1, e2 +initial-cluster +e3 moves +nothing: /m);
    const manifest = manifestIn(cwd);
    expect(manifest.document).toBe(document.replace('10.0.0.3', '["10.0.0.9", "e3.example.org"]'));
    expect(manifest.hosts.filter(({ tarball }) => tarball !== undefined).map(({ name }) => name)).toEqual([
      'e3',
      'admin',
    ]);
    expect(titlesIn(cwd).slice(-3)).toEqual(['Start e3', 'Promote e3', "The operator's own files"]);
    expect(commandsIn(cwd)).toContain('scp e3.tar.gz root@10.0.0.9:/root/');
  });

  it('removes all that are lost before one joins, and each is told of those that are there', async () => {
    const cwd = await generated(FIVE);
    const argv = ['replace', 'bundle', 'e4', 'e2', '--address', 'e4=10.0.0.9'];
    const { exitCode, stderr } = await runCli(argv, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(titlesIn(cwd).slice(1, 4)).toEqual(['Remove e2', 'Remove e4', 'Copy']);
    const told = manifestIn(cwd).hosts.flatMap(({ name, bootstrap }) =>
      bootstrap?.state === 'existing' ? [[name, bootstrap.initialCluster.split(',').sort()]] : [],
    );
    const [e1 = '', e2 = '', e3 = '', , e5 = ''] = URLS;
    expect(told).toEqual([
      ['e2', [e1, e2, e3, e5]],
      ['e4', [e1, e2, e3, 'e4=https://10.0.0.9:2380', e5]],
    ]);
  });

  it('brings the CA key from ca/, and the key of tokens from another member', async () => {
    const cwd = await generated(
      `${CLUSTER}certificates: {caKeyOn: [e3]}\netcd: {settings: {auth-token: "jwt,sign-method=ES256,pub-key=/etc/etcd/jwt.pub,priv-key=/etc/etcd/jwt.key"}}\n`,
    );
    const { exitCode, stderr } = await runCli(['replace', 'bundle', 'e3'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const commands = commandsIn(cwd);
    expect(commands).toMatch(
      /^ssh root@10.0.0.3 install -m 0600 -o root -g root \/dev\/stdin \/etc\/etcd\/\S*ca.key < ca\/ca.key$/m,
    );
    expect(commands).toMatch(/^ssh root@10.0.0.1 tar -cf - /m);
    expect((await pathsFor(cwd, 'e3')).filter((path) => path.endsWith('ca.key'))).toEqual([]);
  });

  it('makes a pair anew for all where all share it', async () => {
    const cwd = await generated(`${CLUSTER}certificates: {tls: shared}\n`);
    const { exitCode, stdout, stderr } = await runCli(['replace', 'bundle', 'e2'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^e1, e3 +\S+ certificate +new +copy, no restart$/m);
    expect(titlesIn(cwd)).toContain('New files for e1');
  });

  it('prints what it would do, as JSON too, and writes nothing', async () => {
    const cwd = await generated();
    const before = readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8');
    const { exitCode, stdout } = await runCli(['replace', 'bundle', 'e1', '--dry-run', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const json = JSON.parse(stdout);
    isPublished(json);
    expect(json).toMatchObject({ action: 'replace', generation: 2 });
    expect(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8')).toBe(before);
  });

  it.each([
    [['e7'], ['no-such-member']],
    [['e1', 'e2'], ['majority-lost']],
    [['e3', '--address', 'e2=10.0.0.9'], ['member-not-lost']],
    [['e3', '--address', '10.0.0.2'], ['repeated-address']],
    [['e3', '--address', '10.0.0.256'], ['not-an-address']],
    [
      ['e3', 'e7', '--address', 'e2=10.0.0.9', '--address', 'e3=a b'],
      ['no-such-member', 'member-not-lost', 'not-an-address'],
    ],
  ])('refuses %j with all that is wrong, and writes nothing', async (argv, codes) => {
    const cwd = await generated();
    const before = readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8');
    const { exitCode, stdout } = await runCli(['replace', 'bundle', ...argv, '--json'], { cwd });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).issues.map(({ code }: { readonly code: string }) => code)).toEqual(codes);
    expect(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8')).toBe(before);
  });

  it('refuses a single member, and points to restore', async () => {
    const cwd = await generated('members: [{name: e1, address: 10.0.0.1}]\n');
    const { exitCode, stderr } = await runCli(['replace', 'bundle', 'e1'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('etcd-bundle restore');
  });

  it('names what is missing', async () => {
    expect(await runCli(['replace'])).toMatchObject({ exitCode: 2 });
    expect((await runCli(['replace', 'a'])).stderr).toContain('Name the members');
    const both = await runCli(['replace', 'a', 'e1', 'e2', '--address', '10.0.0.9']);
    expect(both.stderr).toContain('--address e1=10.0.0.9');
  });
});
