import { execFileSync, spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSecrets } from '../../../src/cli/ask-secret.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { buildCommand } from '../../support/built-program.js';
import { sample } from '../../support/long-tests.js';
import { onceInARun } from '../../support/once-in-a-run.js';
import { CLUSTER, type FakeOptions, makeFolder, NOW, type Outcome, runCli } from './fake-io.js';

const DAY = 86_400;
/** Made for this test. */
const PASSPHRASE = 'correct horse battery staple';
const KEYS = ['ca/ca.key', 'ca/peer-ca.key'] as const;
const FROM_FILE = ['--ca-passphrase', 'file:passphrase'];

function folder(document = CLUSTER): string {
  return makeFolder({ 'cluster.yaml': document, passphrase: `${PASSPHRASE}\n` });
}

/** A folder with a bundle whose CA keys are under the passphrase: a copy, since 600,000 rounds take their time. */
async function sealed(): Promise<string> {
  const made = await onceInARun('sealed-bundle', async (place) => {
    const bundle = join(place, 'bundle');
    const args = ['generate', 'cluster.yaml', '--out', bundle, ...FROM_FILE];
    expect(await runCli(args, { cwd: folder() })).toMatchObject({ exitCode: 0, stderr: '' });
  });
  const cwd = folder();
  cpSync(join(made, 'bundle'), join(cwd, 'bundle'), { recursive: true });
  return cwd;
}

function openedByNode(path: string): string {
  return spki(createPublicKey(createPrivateKey({ key: readFileSync(path), passphrase: PASSPHRASE })));
}

function publicKeyOf(certificate: string): string {
  return spki(createPublicKey(readFileSync(certificate)));
}

function spki(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function isSilent({ stdout, stderr }: Outcome): boolean {
  return ![PASSPHRASE, 'wrong one'].some((text) => `${stdout}${stderr}`.includes(text));
}

describe('generate --ca-passphrase', () => {
  it.each(
    sample<[string, readonly string[], FakeOptions]>(
      [
        ['of a file', FROM_FILE, {}],
        ['of the environment', ['--ca-passphrase', 'env:CA_PASS'], { env: { CA_PASS: PASSPHRASE } }],
        ['of the terminal', ['--ca-passphrase=prompt'], { typed: [PASSPHRASE, PASSPHRASE] }],
      ],
      2,
    ),
  )('writes all CA keys under a passphrase %s', async (_, args, options) => {
    const cwd = folder();
    const outcome = await runCli(['generate', 'cluster.yaml', '--out', 'bundle', ...args], {
      cwd,
      ...options,
    });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(isSilent(outcome)).toBe(true);
    for (const key of KEYS) {
      const path = join(cwd, 'bundle', key);
      expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
      expect(openedByNode(path)).toBe(publicKeyOf(path.replace('.key', '.crt')));
    }
    for (const name of readdirSync(join(cwd, 'bundle'), { recursive: true, encoding: 'utf8' }))
      if (name.includes('.'))
        expect(readFileSync(join(cwd, 'bundle', name)).includes(PASSPHRASE)).toBe(false);
    expect(await runCli(['verify', 'bundle'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await runCli(['inspect', 'bundle/ca/ca.key'], { cwd })).exitCode).toBe(0);
  });

  it('opens brought keys with it, and writes them under it again', async () => {
    const cwd = await sealed();
    const ca = 'certificates: {ca: {certificate: bundle/ca/ca.crt, key: bundle/ca/ca.key}}\n';
    writeFileSync(join(cwd, 'next.yaml'), `${CLUSTER}${ca}`);
    const args = ['generate', 'next.yaml', '--out', 'next'];
    const without = await runCli(args, { cwd });
    expect(without.exitCode).toBe(1);
    expect(without.stderr).toMatch(
      /^next\.yaml:5:57: certificates\.ca\.key: The key is encrypted\. .*file:F.*env:NAME.*prompt.*\[encrypted-authority-key\]$/m,
    );
    for (const dry of [['--dry-run'], []])
      expect(await runCli([...args, ...FROM_FILE, ...dry], { cwd })).toMatchObject({
        exitCode: 0,
        stderr: '',
      });
    const path = join(cwd, 'next/ca/ca.key');
    expect(openedByNode(path)).toBe(publicKeyOf(join(cwd, 'bundle/ca/ca.crt')));
    expect(readFileSync(path, 'utf8')).toContain('ENCRYPTED');
  });

  it('says so where the passphrase is another one, and writes nothing', async () => {
    const cwd = await sealed();
    const ca = 'certificates: {ca: {certificate: bundle/ca/ca.crt, key: bundle/ca/ca.key}}\n';
    writeFileSync(join(cwd, 'next.yaml'), `${CLUSTER}${ca}`);
    const outcome = await runCli(
      ['generate', 'next.yaml', '--out', 'next', '--ca-passphrase', 'env:CA_PASS'],
      {
        cwd,
        env: { CA_PASS: 'wrong one' },
      },
    );
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr.match(/\[[a-z-]+\]$/gm)).toEqual(['[wrong-passphrase]']);
    expect(isSilent(outcome)).toBe(true);
    expect(existsSync(join(cwd, 'next'))).toBe(false);
  });

  it.each([
    ['is not there', 'file:elsewhere', {}, 'no-such-file', 1],
    ['is empty', 'file:empty', {}, 'unusable-passphrase', 1],
    ['is a folder', 'file:.', {}, 'unusable-passphrase', 1],
    ['is not UTF-8', 'file:latin1', {}, 'unusable-passphrase', 1],
    ['is longer than OpenSSL reads', 'file:long', {}, 'unusable-passphrase', 1],
    ['is in no variable', 'env:CA_PASS', {}, 'option-value', 2],
    ['is empty in a variable', 'env:CA_PASS', { env: { CA_PASS: '' } }, 'unusable-passphrase', 1],
    ['is asked for without a terminal', 'prompt', {}, 'option-value', 2],
    ['is typed in two ways', 'prompt', { typed: ['wrong one', PASSPHRASE] }, 'unusable-passphrase', 1],
    ['stands on the command line', 'wrong one', {}, 'option-value', 2],
    ['stands there as for OpenSSL', 'pass:wrong one', {}, 'option-value', 2],
    ['has no path', 'file:', {}, 'option-value', 2],
  ] as const)('refuses one that %s, and does not show it', async (_, source, options, code, exitCode) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'empty'), '\nsecond line\n');
    writeFileSync(join(cwd, 'latin1'), Buffer.from([0xdf, 0x0a]));
    writeFileSync(join(cwd, 'long'), 'x'.repeat(1024));
    const args = ['generate', 'cluster.yaml', '--out', 'bundle', '--ca-passphrase', source];
    const outcome = await runCli(args, { cwd, ...options });
    expect(outcome).toMatchObject({ exitCode, stdout: '' });
    expect(outcome.stderr).toContain(`[${code}]`);
    expect(isSilent(outcome)).toBe(true);
    expect(existsSync(join(cwd, 'bundle'))).toBe(false);
  });

  it('brings no such key to a host', async () => {
    const cwd = folder(`${CLUSTER}certificates: {caKeyOn: [e1]}\n`);
    for (const where of [['--out', 'bundle'], ['--dry-run']]) {
      const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', ...where, ...FROM_FILE], {
        cwd,
      });
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^cluster\.yaml:5:25: certificates\.caKeyOn: .*\[sealed-key-on-host\]$/m);
    }
    expect(existsSync(join(cwd, 'bundle'))).toBe(false);
  });

  it.each([
    `${CLUSTER}caPassphrase: wrong one\n`,
    `${CLUSTER}certificates: {passphrase: wrong one}\n`,
    `${CLUSTER}certificates: {ca: {certificate: ca.crt, key: ca.key, key_password: wrong one}}\n`,
  ])('takes no passphrase from the document, and shows none: %j', async (document) => {
    for (const args of [[], ['--json'], ['--format', 'github']]) {
      const outcome = await runCli(['generate', 'cluster.yaml', '--dry-run', ...args], {
        cwd: folder(document),
      });
      expect(outcome.exitCode).toBe(1);
      expect(`${outcome.stdout}${outcome.stderr}`).toMatch(
        /bundle\.json keeps the document; .*--ca-passphrase/,
      );
      expect(isSilent(outcome)).toBe(true);
    }
  });
});

async function bare(): Promise<string> {
  const cwd = folder();
  await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd });
  return cwd;
}

describeWithPrograms(['openssl'], 'keys and passphrases of OpenSSL', (program) => {
  const openssl = program('openssl');

  it.each([
    ['PKCS#8 with scrypt', ['pkcs8', '-topk8', '-scrypt']],
    ['the older form of OpenSSL', ['ec', '-aes256']],
  ])('opens brought keys that are in %s', async (_, args) => {
    const cwd = await bare();
    const env = { ...process.env, PASSPHRASE };
    const key = execFileSync(
      openssl.path,
      [...args, '-in', 'bundle/ca/ca.key', '-passout', 'env:PASSPHRASE'],
      {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    writeFileSync(join(cwd, 'own.key'), key);
    const ca = 'certificates: {ca: {certificate: bundle/ca/ca.crt, key: own.key}}\n';
    writeFileSync(join(cwd, 'next.yaml'), `${CLUSTER}${ca}`);
    const outcome = await runCli(['generate', 'next.yaml', '--out', 'next', ...FROM_FILE], { cwd });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('takes as many octets as OpenSSL does', async () => {
    const cwd = folder();
    const longest = 'x'.repeat(1023);
    writeFileSync(join(cwd, 'long'), `${longest}\r\n`);
    const args = ['generate', 'cluster.yaml', '--out', 'bundle', '--ca-passphrase', 'file:long'];
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
    writeFileSync(join(cwd, 'long'), longest);
    execFileSync(openssl.path, ['pkey', '-in', 'bundle/ca/ca.key', '-passin', 'file:long', '-noout'], {
      cwd,
    });
  });
});

describe('a bundle whose CA keys are under a passphrase', () => {
  const more = `${CLUSTER}  - {name: e4, address: 10.0.0.4}\n`;

  it.each(
    sample(
      [
        ['renew', ['renew', 'bundle', '--all']],
        ['renew of CAs', ['renew', 'bundle', '--role', 'ca', '--role', 'peer-ca', '--all']],
        ['update', ['update', 'bundle', 'more.yaml']],
        ['replace', ['replace', 'bundle', 'e3']],
      ] as const,
      2,
    ),
  )('is gone on with by %s', async (_, args) => {
    const cwd = await sealed();
    writeFileSync(join(cwd, 'more.yaml'), more);
    const now = NOW + DAY;
    const keys = KEYS.map((key) => readFileSync(join(cwd, 'bundle', key)));
    const refused = async (options: readonly string[], code: string) => {
      const outcome = await runCli([...args, ...options], { cwd, now, env: { CA_PASS: 'wrong one' } });
      expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
      expect(outcome.stderr.match(/\[[a-z-]+\]$/gm)).toEqual([`[${code}]`, `[${code}]`]);
      expect(isSilent(outcome)).toBe(true);
      expect(existsSync(join(cwd, 'bundle.previous-1'))).toBe(false);
    };
    await refused([], 'encrypted-authority-key');
    await refused(['--ca-passphrase', 'env:CA_PASS'], 'wrong-passphrase');
    // What would change is told without keys.
    expect((await runCli([...args, '--dry-run', '--ca-passphrase', 'prompt'], { cwd, now })).exitCode).toBe(
      0,
    );
    const outcome = await runCli([...args, '--ca-passphrase', 'prompt'], { cwd, now, typed: [PASSPHRASE] });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(isSilent(outcome)).toBe(true);
    expect(KEYS.map((key) => readFileSync(join(cwd, 'bundle', key)))).toEqual(keys);
    const verified = await runCli(['verify', 'bundle', 'bundle.previous-1'], { cwd, now });
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('is given new CAs under it, and none that is not', async () => {
    const cwd = await sealed();
    const rotate = async (args: readonly string[]) => runCli(['rotate-ca', 'bundle', ...args], { cwd });
    const refused = await rotate([]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr.match(/\[[a-z-]+\]$/gm)).toEqual(KEYS.map(() => '[encrypted-authority-key]'));
    expect(existsSync(join(cwd, 'bundle.previous-1'))).toBe(false);
    for (const phase of [1, 2, 3]) {
      expect(await rotate(FROM_FILE), `phase ${phase}`).toMatchObject({ exitCode: 0, stderr: '' });
      const keys = readdirSync(join(cwd, 'bundle/ca')).filter((name) => name.endsWith('.key'));
      for (const key of keys) openedByNode(join(cwd, 'bundle/ca', key));
      for (const key of keys)
        expect(readFileSync(join(cwd, 'bundle/ca', key), 'utf8')).toContain('BEGIN ENCRYPTED');
    }
  });

  it('is asked for twice where keys are made, once where they sign, and not where they do neither', async () => {
    const cwd = await sealed();
    const rotate = async (...typed: readonly string[]) => {
      const args = ['rotate-ca', 'bundle', '--ca-passphrase', 'prompt'];
      return runCli(args, { cwd, ...(typed.length === 0 ? {} : { typed }) });
    };
    expect((await rotate(PASSPHRASE, 'wrong one')).stderr).toContain('[unusable-passphrase]');
    expect(await rotate(PASSPHRASE, PASSPHRASE)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await rotate(PASSPHRASE, 'wrong one')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await rotate()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('is restored without one, since nothing is signed', async () => {
    const cwd = await sealed();
    expect(await runCli(['restore', 'bundle', '--ca-passphrase', 'prompt'], { cwd })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });
});

describe('a passphrase that is typed', () => {
  const typed = async (questions: readonly string[], ...chunks: readonly (string | Uint8Array)[]) => {
    const shown: string[] = [];
    const input = (async function* () {
      yield* chunks;
    })();
    const answers = await readSecrets(questions, { input, write: (text) => void shown.push(text) });
    return [answers, shown.join('')];
  };

  it('is a line of any characters, edited as terminals do, and not shown', async () => {
    expect(await typed(['? '], 'a', 'bc\r')).toEqual([['abc'], '? \r\n']);
    expect(await typed(['? '], 'abx\x7f\b\x15né鍵\n')).toEqual([['né鍵'], '? \r\n']);
    const [first, rest] = [Buffer.from('鍵').subarray(0, 1), Buffer.from('鍵\x04').subarray(1)];
    expect(await typed(['? '], first, rest)).toEqual([['鍵'], '? \r\n']);
    expect(await typed(['? '], 'secret\x03')).toEqual([undefined, '? \r\n']);
    expect(await typed(['? '], 'cut off')).toEqual([['cut off'], '? ']);
  });

  it('may come with the next one', async () => {
    expect(await typed(['1? ', '2? '], 'ab\rc', 'd\r')).toEqual([['ab', 'cd'], '1? \r\n2? \r\n']);
    expect(await typed(['1? ', '2? '], 'ab\r')).toEqual([['ab', ''], '1? \r\n2? ']);
  });

  describe('at a terminal', () => {
    let place = '';
    let program = '';
    beforeAll(async () => {
      place = mkdtempSync(join(tmpdir(), 'passphrase-'));
      program = await buildCommand(place);
    });
    afterAll(() => rmSync(place, { recursive: true }));

    /** script(1) gives a process a terminal; each answer is typed once its question is there. */
    async function atTerminal(
      cwd: string,
      answers: Readonly<Record<string, string>>,
    ): Promise<number | null> {
      const command = `${program} generate cluster.yaml --out bundle --ca-passphrase prompt`;
      const env = { ...process.env, XDG_CACHE_HOME: join(place, 'cache') };
      const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd, env });
      const open = new Map(Object.entries(answers));
      let shown = '';
      child.stdout.on('data', (chunk: Buffer) => {
        shown += chunk.toString();
        for (const [question, answer] of open) {
          if (!shown.includes(question)) continue;
          open.delete(question);
          child.stdin.write(answer);
        }
      });
      const [status] = await once(child, 'close');
      expect(shown).not.toContain(PASSPHRASE);
      return status;
    }

    it('makes the keys, and is not shown', async () => {
      const cwd = folder();
      const status = await atTerminal(cwd, {
        'Passphrase of the CA keys: ': `${PASSPHRASE}\r`,
        'The same again: ': `${PASSPHRASE}\r`,
      });
      expect(status).toBe(0);
      expect(openedByNode(join(cwd, 'bundle/ca/ca.key'))).toContain('PUBLIC KEY');
    });

    it('is given up by Ctrl-C, and nothing is written', async () => {
      const cwd = folder();
      // 128 and SIGINT, as a shell says it.
      expect(await atTerminal(cwd, { 'Passphrase of the CA keys: ': 'half\x03' })).toBe(130);
      expect(existsSync(join(cwd, 'bundle'))).toBe(false);
    });
  });
});
