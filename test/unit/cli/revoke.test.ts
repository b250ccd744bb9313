import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTarball } from '../../../src/node/index.js';
import { readRevocationList } from '../../../src/x509/read/revocation-list.js';
import { expectPublished } from '../../support/published-schema.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, NOW, runCli } from './fake-io.js';
import { generated, manifestIn } from './generated.js';

const DAY = 86_400;
const YEAR = 365 * DAY;
const isPublished = expectPublished('update');
const PLAIN = `${CLUSTER}clients: [{name: app}, {name: backup}]\n`;
const LISTS = `${PLAIN}certificates: {revocation: true}\n`;

async function run(cwd: string, words: readonly string[], now = NOW + DAY): Promise<string> {
  const { exitCode, stdout, stderr } = await runCli(words, { cwd, now });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

async function refused(cwd: string, words: readonly string[], now = NOW + DAY): Promise<readonly string[]> {
  const { exitCode, stdout } = await runCli([...words, '--json'], { cwd, now });
  expect(exitCode).toBe(1);
  const { issues } = JSON.parse(stdout);
  return issues.map(({ code }: { code: string }) => code);
}

function serialOf(cwd: string, id: string, folder = 'bundle'): string {
  return manifestIn(cwd, folder).certificates.find((one) => one.id === id)?.serialNumber ?? '';
}

/** Numbers and serial numbers of each CA's list, as the manifest has them. */
function lists(cwd: string): readonly (readonly [string, number, readonly string[]])[] {
  return manifestIn(cwd).authorities.map(({ id, revocationList }) => [
    id,
    revocationList?.number ?? 0,
    revocationList?.revoked.map(({ serialNumber }) => serialNumber) ?? [],
  ]);
}

/** Serial numbers in the files of a host's tarball, by path. */
async function listsOn(cwd: string, host: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const entries = await readTarball(readFileSync(join(cwd, `bundle/${host}.tar.gz`)), host);
  return Object.fromEntries(
    entries.flatMap(({ path, bytes }) => {
      if (!path.endsWith('.crl')) return [];
      const read = readRevocationList(bytes, 'ParseRevocationList');
      return [
        [path, read.type === 'ok' ? [...read.value.serialNumbers].map(wholeOctets).sort() : [read.says]],
      ];
    }),
  );
}

function wholeOctets(digits: string): string {
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

async function verified(cwd: string): Promise<readonly string[]> {
  const folders = [
    'bundle',
    ...Array.from({ length: manifestIn(cwd).generation - 1 }, (_, i) => `bundle.previous-${i + 1}`),
  ];
  const { stdout } = await runCli(['verify', ...folders, '--json'], { cwd, now: NOW + DAY });
  const { findings } = JSON.parse(stdout);
  return findings.map(({ rule }: { rule: string }) => rule);
}

describe('a bundle with lists', () => {
  it('has empty ones from the start, which members look into', async () => {
    const cwd = await generated(LISTS);
    expect(lists(cwd)).toEqual([
      ['ca', 1, []],
      ['peer-ca', 1, []],
    ]);
    for (const host of ['e1', 'e2', 'e3'])
      expect(await listsOn(cwd, host)).toEqual({ 'etc/etcd/pki/ca.crl': [], 'etc/etcd/pki/peer-ca.crl': [] });
    for (const host of ['admin', 'client-app']) expect(await listsOn(cwd, host)).toEqual({});
    const entries = await readTarball(readFileSync(join(cwd, 'bundle/e1.tar.gz')), 'e1');
    const unit = entries.find(({ path }) => path.endsWith('etcd.service'));
    const text = new TextDecoder().decode(unit?.bytes);
    expect(text).toContain('--client-crl-file=/etc/etcd/pki/ca.crl');
    expect(text).toContain('--peer-crl-file=/etc/etcd/pki/peer-ca.crl');
    expect(await verified(cwd)).toEqual([]);
  });

  it('gets them by an update, which starts members again', async () => {
    const cwd = await generated(PLAIN);
    expect(await refused(cwd, ['revoke', 'bundle', 'client/app'])).toEqual(['no-revocation-list']);
    writeFileSync(join(cwd, 'cluster.yaml'), LISTS);
    const told = await run(cwd, ['update', 'bundle', 'cluster.yaml']);
    expect(told).toMatch(/^e1–e3 +client-crl-file +default -> \/etc\/etcd\/pki\/ca\.crl +restart, /m);
    expect(await listsOn(cwd, 'e2')).toEqual({ 'etc/etcd/pki/ca.crl': [], 'etc/etcd/pki/peer-ca.crl': [] });
    expect(await run(cwd, ['update', 'bundle', 'cluster.yaml'])).toContain('Nothing to do');
    expect(await verified(cwd)).toEqual([]);
    writeFileSync(join(cwd, 'cluster.yaml'), PLAIN);
    expect(await refused(cwd, ['update', 'bundle', 'cluster.yaml'])).toContain('not-updatable');
  });

  it('gets the next ones from renew, once a third of their time is left, or all are asked for', async () => {
    const cwd = await generated(LISTS);
    await run(cwd, ['revoke', 'bundle', 'client/app']);
    const app = serialOf(cwd, 'client/app');
    expect(await run(cwd, ['renew', 'bundle'])).toContain('Nothing is due');
    await run(cwd, ['renew', 'bundle', '--all', '--member', 'e1']);
    expect(lists(cwd)[0]).toEqual(['ca', 2, [app]]);
    await run(cwd, ['renew', 'bundle', '--all']);
    expect(lists(cwd)).toEqual([
      ['ca', 3, [app]],
      ['peer-ca', 2, []],
    ]);
    const told = await run(cwd, ['renew', 'bundle'], NOW + YEAR - DAY);
    expect(told).toMatch(/^e1–e3 +revocation list of ca +renewed, was due 20\S+ +copy, no restart$/m);
    expect(lists(cwd)[0]).toEqual(['ca', 4, [app]]);
  });

  it('drops what has ended one list later', async () => {
    const cwd = await generated(LISTS);
    await run(cwd, ['revoke', 'bundle', 'client/app', '00112233445566778899']);
    const app = serialOf(cwd, 'client/app');
    const both = [app, '112233445566778899'];
    await run(cwd, ['renew', 'bundle', '--all'], NOW + YEAR + DAY);
    expect(lists(cwd)[0]).toEqual(['ca', 3, both]);
    await run(cwd, ['renew', 'bundle', '--all'], NOW + YEAR + 2 * DAY);
    expect(lists(cwd)[0]).toEqual(['ca', 4, ['112233445566778899']]);
  });

  it('signs them by the new CA once that signs pairs, and keeps what they list', async () => {
    const cwd = await generated(LISTS);
    await run(cwd, ['revoke', 'bundle', 'client/app']);
    const app = serialOf(cwd, 'client/app');
    const former = readFileSync(join(cwd, 'bundle/ca/ca.crt'));
    await run(cwd, ['rotate-ca', 'bundle']);
    expect(lists(cwd)[0]).toEqual(['ca', 2, [app]]);
    await run(cwd, ['rotate-ca', 'bundle']);
    expect(lists(cwd)[0]).toEqual(['ca', 3, [app]]);
    expect(await listsOn(cwd, 'e3')).toEqual({
      'etc/etcd/pki/ca.crl': [app],
      'etc/etcd/pki/peer-ca.crl': [],
    });
    expect(await verified(cwd)).toEqual([]);
    await run(cwd, ['rotate-ca', 'bundle']);
    expect(lists(cwd)[0]).toEqual(['ca', 3, [app]]);
    await run(cwd, ['rotate-ca', 'bundle', '--at-once']);
    expect(lists(cwd)[0]).toEqual(['ca', 4, [app]]);
    expect(readFileSync(join(cwd, 'bundle/ca/ca.crt')).equals(former)).toBe(false);
  });
});

describe('revoke', () => {
  it('lists pairs by their ids, and tells of each what it takes', async () => {
    const cwd = await generated(LISTS);
    const told = await run(cwd, ['revoke', 'bundle', 'client/app', 'server/e1', '--reason', 'keyCompromise']);
    const [app, server] = ['client/app', 'server/e1'].map((id) => serialOf(cwd, id));
    expect(told).toContain(`e1–e3  revocation list  + client/app, ${app}`);
    expect(told).toMatch(
      /^client\/app is still the pair of client-app, .* renew --member client-app --all /m,
    );
    expect(told).toMatch(/^server\/e1: clients of etcd look into no list/m);
    expect(told).toContain('with tarballs for e1–e3\n');
    for (const host of ['e1', 'e2', 'e3'])
      expect(await listsOn(cwd, host)).toEqual({ 'etc/etcd/pki/ca.crl': [app, server].sort() });
    expect(manifestIn(cwd).authorities[0]?.revocationList?.revoked[0]).toMatchObject({
      id: 'client/app',
      reason: 'keyCompromise',
      at: new Date((NOW + DAY) * 1000).toISOString().replace('.000', ''),
      notAfter: manifestIn(cwd).certificates.find(({ id }) => id === 'client/app')?.notAfter,
    });
    // Whoever has the pair is told.
    expect(new Set(await verified(cwd))).toEqual(new Set(['revoked-certificates']));
  });

  it('lists former pairs by their serial numbers, as others write them', async () => {
    const cwd = await generated(LISTS);
    const former = serialOf(cwd, 'client/app');
    await run(cwd, ['renew', 'bundle', '--all', '--member', 'client-app']);
    const written = former.toUpperCase().match(/../g)?.join(':') ?? '';
    await run(cwd, ['revoke', 'bundle', written, serialOf(cwd, 'peer-client/e2')].slice(0, 3));
    expect(lists(cwd)).toEqual([
      ['ca', 2, [former]],
      ['peer-ca', 2, [former]],
    ]);
    expect(await verified(cwd)).toEqual([]);
  });

  it('takes a member out whose peer pair it lists, and asks the others for health', async () => {
    const cwd = await generated(LISTS);
    const told = await run(cwd, ['revoke', 'bundle', 'peer-client/e3']);
    expect(told).toMatch(/^e3 is no member any more after the last step/m);
    const blocks = runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
    const forth = blocks.filter(({ kind }) => kind !== 'back');
    expect(forth.some(({ host }) => host === 'e3')).toBe(false);
    expect(forth.flatMap(({ commands }) => commands).join('\n')).not.toContain('10.0.0.3');
    expect(
      forth.filter(({ title }) => title === 'Remove e3').flatMap(({ commands }) => commands)[0],
    ).toContain('etcdctl member remove');
    expect(await refused(cwd, ['revoke', 'bundle', 'peer/e1', 'peer/e2'])).toEqual(['majority-lost']);
    // What comes back has other pairs, and looks into the list.
    await run(cwd, ['replace', 'bundle', 'e3']);
    expect(Object.keys(await listsOn(cwd, 'e3'))).toEqual([
      'etc/etcd/pki/ca.crl',
      'etc/etcd/pki/peer-ca.crl',
    ]);
    expect(await verified(cwd)).toEqual([]);
  });

  it('says everything that is wrong at once, and writes nothing', async () => {
    const cwd = await generated(LISTS);
    await run(cwd, ['revoke', 'bundle', 'client/app']);
    const former = readFileSync(join(cwd, 'bundle/bundle.json'));
    const ca = manifestIn(cwd).authorities[0]?.certificates[0]?.serialNumber ?? '';
    expect(
      await refused(cwd, ['revoke', 'bundle', 'client/nobody', '0011', 'ca', ca, 'client/app', 'admin']),
    ).toEqual([
      'no-such-certificate',
      'no-such-certificate',
      'authority-not-revocable',
      'authority-not-revocable',
      'revoked-already',
      'revokes-own-pair',
    ]);
    expect(await refused(cwd, ['revoke', 'bundle', 'client/backup'], NOW + 2 * YEAR)).toEqual([
      'certificate-ended',
    ]);
    expect(readFileSync(join(cwd, 'bundle/bundle.json')).equals(former)).toBe(true);
    for (const words of [[], ['bundle'], ['bundle', 'client/backup', '--reason', 'stolen']])
      expect((await runCli(['revoke', ...words], { cwd })).exitCode).toBe(2);
  });

  it('shows what it would do, in words and as data', async () => {
    const cwd = await generated(LISTS);
    const words = ['revoke', 'bundle', 'client/app', '--dry-run'];
    expect(await run(cwd, words)).toContain('Nothing was written.');
    const shown = JSON.parse(await run(cwd, [...words, '--json']));
    isPublished(shown);
    expect(shown).toMatchObject({ action: 'revoke' });
    expect(manifestIn(cwd).generation).toBe(1);
  });

  it('is named with the serial numbers of pairs that a lost or removed host had', async () => {
    const cwd = await generated(LISTS);
    const former = ['server', 'server-client', 'peer', 'peer-client', 'healthcheck-client'].map((role) =>
      serialOf(cwd, `${role}/e2`),
    );
    const told = await run(cwd, ['replace', 'bundle', 'e2']);
    const [, command = ''] = /: (etcd-bundle revoke <bundle> .*)$/m.exec(told) ?? [];
    expect(command).toBe(`etcd-bundle revoke <bundle> ${former.join(' ')}`);
    await run(cwd, command.replace('<bundle>', 'bundle').split(' ').slice(1));
    expect(lists(cwd)).toEqual([
      ['ca', 2, former],
      ['peer-ca', 2, former],
    ]);
    expect(await verified(cwd)).toEqual([]);
  });

  it('needs the keys of the CAs whose lists it signs, and their passphrase', async () => {
    const cwd = await generated(LISTS);
    execFileSync('mv', ['bundle/ca', 'elsewhere'], { cwd });
    expect(await refused(cwd, ['revoke', 'bundle', 'client/app'])).toEqual([
      'authority-missing',
      'authority-missing',
    ]);
  });
});
