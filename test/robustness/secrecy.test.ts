import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTarball } from '../../src/node/read/tarball.js';
import { buildCommand } from '../support/built-program.js';
import { describeLong, isLong, isWhole, sample } from '../support/long-tests.js';
import { dresses, everyKey } from '../support/private-key-dresses.js';
import { holdsTrace, privateKeysIn, tracesOf } from './key-traces.js';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const examples = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Entry {
  /** Such as `e1.tar.gz/etc/etcd/pki/peer.key`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrecy-'));
  program = await buildCommand(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

for (const example of examples) bundleOf(example);

function bundleOf(example: string): void {
  const suite = example === 'hardened' ? describe : describeLong;
  suite(`a bundle of ${example}`, () => {
    let home = '';
    let out = '';
    let entries: readonly Entry[] = [];
    let keys: readonly { readonly places: readonly string[]; readonly traces: readonly Buffer[] }[] = [];
    const printed: string[] = [];

    const start = (...args: readonly string[]): void => {
      // Every command leaves its files where the environment says, so that a look at this folder finds them.
      const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: home,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, XDG_CACHE_HOME: join(home, 'cache') },
      });
      printed.push(stdout, stderr);
    };

    beforeAll(async () => {
      home = join(folder, example);
      out = join(home, 'out');
      mkdirSync(home);
      const document = join(EXAMPLES, example, 'cluster.yaml');
      start('generate', document, '--out', out);
      entries = await everyFile(out);
      const files = entries.map(({ path, bytes }) => ({ path, keys: privateKeysIn(bytes) }));
      const pems = new Set(files.flatMap((file) => file.keys));
      keys = [...pems].map((pem) => ({
        places: files.filter((file) => file.keys.includes(pem)).map(({ path }) => path),
        traces: tracesOf(pem),
      }));
      start('generate', document, '--out', join(home, 'again'), '--json');
      start('generate', document, '--out', out);
      start('generate', document, '--dry-run', '--json');
      const tarballs = readdirSync(out).filter((name) => name.endsWith('.tar.gz'));
      for (const path of [out, join(out, 'ca'), ...sample(tarballs, 10).map((name) => join(out, name))]) {
        start('inspect', path);
        start('inspect', path, '--json');
        start('verify', path, '--verbose');
        start('verify', path, '--json', '--handshakes');
      }
      start('explain', 'bad certificate', '--bundle', out, '--json');
      rmSync(join(home, 'again'), { recursive: true });
    });

    it('has a key in the files that are there to hold it, and nowhere else', () => {
      if (example !== 'plain-http') expect(keys.length).toBeGreaterThan(2);
      for (const { places, traces } of keys) {
        expect(places).not.toEqual([]);
        for (const path of places) expect(path).toMatch(/(?:\.key|key\.pem)$/);
        const seen = entries.filter(({ bytes }) => holdsTrace(bytes, traces)).map(({ path }) => path);
        expect(seen).toEqual(places);
      }
    });

    it('has the key of an authority in ca/, and where the document asks for it', () => {
      const authorityKeys = keys.filter(({ places }) => places.some((path) => path.startsWith('ca/')));
      expect(authorityKeys.length).toBe(entries.filter(({ path }) => /^ca\/.*\.key$/.test(path)).length);
      const elsewhere = authorityKeys.flatMap(({ places }) =>
        places.filter((path) => !path.startsWith('ca/')),
      );
      // The preset keeps the source's habit of a CA key on the first member.
      expect(elsewhere).toEqual(example === 'kubeadm' ? ['e1.tar.gz/etc/kubernetes/pki/etcd/ca.key'] : []);
    });

    it('shows none in anything that is printed', () => {
      expect(printed.join('').length).toBeGreaterThan(1000);
      for (const { traces } of keys) expect(holdsTrace(Buffer.from(printed.join('\n')), traces)).toBe(false);
    });

    it('leaves none in the home, temporary and cache folders', async () => {
      const left = (await everyFile(home)).filter(({ path }) => !path.startsWith('out/'));
      expect(left.some(({ path }) => path.startsWith('cache/'))).toBe(true);
      for (const { traces } of keys)
        expect(left.filter(({ bytes }) => holdsTrace(bytes, traces)).map(({ path }) => path)).toEqual([]);
    });
  });
}

describe('the command', () => {
  it('starts no process and no thread that a key could pass to, and speaks to nobody', () => {
    const guard = join(folder, 'guard.cjs');
    writeFileSync(
      guard,
      `const refuse = (name) => function () { throw new Error('started: ' + name); };
      const processes = require('node:child_process');
      for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'])
        processes[name] = refuse(name);
      require('node:worker_threads').Worker = refuse('Worker');
      require('node:net').Socket.prototype.connect = refuse('connect');
      require('node:net').Server.prototype.listen = refuse('listen');
      require('node:dgram').createSocket = refuse('createSocket');
      for (const names of [require('node:dns'), require('node:dns').promises])
        for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']) names[name] = refuse(name);
      globalThis.fetch = refuse('fetch');`,
    );
    const run = (args: readonly string[]) =>
      spawnSync(process.execPath, ['--require', guard, ...args], { cwd: folder, encoding: 'utf8' });
    for (const [probe, name] of [
      ['import("node:child_process").then(({ execFileSync }) => execFileSync("true"))', 'execFileSync'],
      ['import("node:net").then(({ connect }) => connect(1, "127.0.0.1"))', 'connect'],
    ] as const)
      expect(run(['-e', probe]).stderr).toContain(`started: ${name}`);
    const document = join(EXAMPLES, 'hardened/cluster.yaml');
    for (const args of [
      ['init', 'e1=e1.example.com'],
      ['generate', document, '--out', 'guarded'],
      ['inspect', 'guarded'],
      ['verify', 'guarded'],
      ['explain', 'bad certificate', '--bundle', 'guarded'],
    ])
      expect(run([program, ...args]), args.join(' ')).toMatchObject({ status: 0, stderr: '' });
  });

  it('tells nothing of a key that stands where something else belongs', () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'sec1', format: 'pem' },
    });
    const traces = tracesOf(privateKey);
    const work = join(folder, 'misplaced');
    mkdirSync(work);
    writeFileSync(join(work, 'ca.key'), privateKey);
    const quoted = JSON.stringify(privateKey);
    const member = '{name: e1, address: 10.0.0.1}';
    const documents = [
      privateKey,
      quoted,
      `members: ${quoted}`,
      `members: [${quoted}]`,
      `${quoted}: 1`,
      `preset: ${quoted}\nmembers: [${member}]`,
      `members: [{name: ${quoted}, address: ${quoted}}]`,
      `members: [${member}]\ncluster: {token: ${quoted}}`,
      `members: [${member}]\ncertificates: {ca: {certificate: ${quoted}, key: ${quoted}}}`,
      `members: [${member}]\ncertificates: {ca: {certificate: ca.key, key: ca.key}}`,
      `members: [${member}]\ncertificates: {key: ${quoted}, altNames: [${quoted}], validity: {leaf: ${quoted}}}`,
      `members: [${member}]\ncertificates: {files: {peer: {key: ${quoted}}}}`,
      `members: [${member}]\netcd: {version: ${quoted}, dataDir: ${quoted}, settings: {name: ${quoted}, ${quoted}: 1}}`,
      `members: [${member}]\nsystemd: {unit: ${quoted}, user: ${quoted}}\nkubernetes: {version: ${quoted}}`,
      `members: [${member}\n${privateKey}`,
      `members: [${member}]\n  key: |\n${privateKey}`,
    ];
    for (const document of documents.filter((_, index) => isLong || index % 3 === 0)) {
      for (const flags of isLong ? [[], ['--json']] : [['--json']]) {
        const { stdout, stderr, status } = spawnSync(
          process.execPath,
          [program, 'generate', '-', '--out', 'out', ...flags],
          { cwd: work, encoding: 'utf8', input: document },
        );
        expect(status, document).toBe(1);
        expect(`${stdout}${stderr}`, document).not.toBe('');
        expect(holdsTrace(Buffer.from(`${stdout}\n${stderr}`), traces), `${document}\n${stderr}`).toBe(false);
      }
    }
  });

  it('keeps no key of a document in any dress, and shows none of a host, a journal or its own arguments', () => {
    const kinds = isWhole ? ['P-256 SEC 1', 'rsa PKCS#8'] : ['P-256 SEC 1'];
    const worn = sample(dresses, 30);
    for (const key of everyKey().filter(({ kind }) => kinds.includes(kind))) {
      const traces = tracesOf(key.pem);
      for (const { name, put } of worn) {
        const work = mkdtempSync(join(folder, 'dressed-'));
        const text = put(key);
        const line = text.replaceAll('\n', ' ');
        const member = 'members: [{name: e1, address: 10.0.0.1}]\n';
        mkdirSync(join(work, 'root/etc/systemd/system'), { recursive: true });
        writeFileSync(
          join(work, 'root/etc/systemd/system/etcd.service'),
          `[Service]\nEnvironment='ETCD_NAME=${line}'\nExecStart=/usr/local/bin/etcd "${line}" --election-timeout='${line}'\n`,
        );
        const runs: readonly (readonly [readonly string[], string])[] = [
          [['generate', '-', '--out', 'out'], `${member}${text.replace(/^/gm, '# ')}`],
          [
            ['generate', '-', '--out', 'out', '--json'],
            `${member}systemd: {directives: {Service: {X-Note: ${JSON.stringify(text)}}}}`,
          ],
          [['verify', 'root', '--json'], ''],
          [['verify', 'root', '--format', 'github'], ''],
          [
            ['explain', '-'],
            `{"level":"warn","msg":"failed","error":${JSON.stringify(`bad key ${text}`)}}\n${text}\n`,
          ],
          [['verify', '--at', text.slice(0, 30_000)], ''],
          [['generate', text.slice(0, 30_000)], ''],
        ];
        for (const [args, input] of runs.slice(0, isLong ? runs.length : 3)) {
          const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
            cwd: work,
            encoding: 'utf8',
            input,
          });
          expect(status, `${name}: ${args.join(' ').slice(0, 80)}`).not.toBe(0);
          expect(holdsTrace(Buffer.from(`${stdout}\n${stderr}`), traces), `${name}: ${stdout}${stderr}`).toBe(
            false,
          );
        }
        expect(existsSync(join(work, 'out')), name).toBe(false);
      }
    }
  }, 600_000);

  it('takes nothing secret on its command line, where ps shows it', () => {
    const { stdout } = spawnSync(process.execPath, [program, 'generate', '--help'], { encoding: 'utf8' });
    expect(stdout).toContain('--out');
    expect(stdout).not.toMatch(/password|--key\b|--ca-key\b/i);
    const argv = [
      program,
      'generate',
      'cluster.yaml',
      '--out',
      'out',
      '--ca-passphrase',
      'correct horse battery',
    ];
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('--ca-passphrase');
    expect(stderr).not.toContain('horse');
  });

  it('reads a key of its own file alone, whatever the umask leaves of the folder', () => {
    const work = join(folder, 'modes');
    mkdirSync(work);
    chmodSync(work, 0o777);
    const script = `umask 000; exec "$0" "$@"`;
    // RSA keys take seconds.
    const document = join(EXAMPLES, isLong ? 'kubeadm' : 'hardened', 'cluster.yaml');
    spawnSync('/bin/sh', ['-c', script, process.execPath, program, 'generate', document, '--out', 'out'], {
      cwd: work,
    });
    const listed = execFileSync('find', ['out', '-printf', '%m %p\n'], { cwd: work, encoding: 'utf8' });
    const open = listed.split('\n').filter((line) => /(?:\.key|\.tar\.gz|\/ca)$/.test(line));
    expect(open.length).toBeGreaterThan(5);
    for (const line of open) expect(line).toMatch(/^[67]00 /);
  });
});

/** Every file below a folder, and every file of its tarballs. */
async function everyFile(root: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const whole = join(item.parentPath, item.name);
    const path = whole.slice(root.length + 1);
    const bytes = readFileSync(whole);
    if (!path.endsWith('.tar.gz')) {
      entries.push({ path, bytes });
      continue;
    }
    for (const file of await readTarball(bytes, item.name))
      entries.push({ path: `${path}/${file.path}`, bytes: file.bytes });
  }
  return entries;
}
