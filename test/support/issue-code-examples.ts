import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BasicConstraintsExtension, Extension, X509CertificateGenerator } from '@peculiar/x509';
import { packTar } from 'modern-tar';
import type { HostBundle } from '../../src/bundle/file-plan.js';
import { packBundle } from '../../src/bundle/pack.js';
import {
  type DocumentNotice,
  documentNotices,
  issuePki,
  parseClusterDocument,
  planCertificates,
} from '../../src/index.js';
import type { IssueCode } from '../../src/issue-codes.js';
import {
  generateBundle,
  nodeCryptoProvider,
  readBundle,
  readBundleAuthorities,
  sealPrivateKey,
  writeOutput,
} from '../../src/node/index.js';
import { readReleaseArchives } from '../../src/node/programs/release-archives.js';
import { readTarball } from '../../src/node/read/tarball.js';
import { describeSystemError } from '../../src/node/system-error.js';
import type { FileStatus } from '../../src/node/write/file-status.js';
import { type FileSystem, nodeFileSystem } from '../../src/node/write/file-system.js';
import { writeOneFile } from '../../src/node/write/one-file.js';
import { openByPath } from '../../src/node/write/open-folder.js';
import { writeOutputWith } from '../../src/node/write/output.js';
import { renderEnvironmentFile } from '../../src/systemd/environment-file.js';
import { assertVariableName, quoteExecBinary, quoteExecWord } from '../../src/systemd/quote.js';
import { renderSysusers } from '../../src/systemd/sysusers.js';
import { makeFolder } from '../unit/cli/fake-io.js';
import { manyCertificates } from './many-certificates.js';
import {
  type MadeEntry,
  madeProgram,
  packEntries,
  releaseEntries,
  specWithArchive,
} from './release-archive.js';
import { asFormat1, WRITTEN_AT, writtenBundle } from './written-bundle.js';

/** What is run for a code: a document, a command line in a folder, or a function that throws. */
export type IssueCodeExample =
  | { readonly document: string }
  | { readonly argv: readonly string[]; readonly prepare?: (folder: string) => void | Promise<void> }
  | { readonly run: () => unknown };

const MEMBER = 'members: [{name: e1, address: 10.0.0.1}]\n';
const TWO = 'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]\n';
const ok = (text: string): IssueCodeExample => ({ document: `${MEMBER}${text}` });
const argv = (...words: readonly string[]): IssueCodeExample => ({ argv: words });
const given = (
  prepare: (folder: string) => void | Promise<void>,
  ...words: readonly string[]
): IssueCodeExample => ({
  argv: words,
  prepare,
});
const file = (name: string, content: string | Uint8Array) => (folder: string) =>
  writeFileSync(join(folder, name), content);
const run = (work: () => unknown): IssueCodeExample => ({ run: work });
const fails = (code: string): IssueCodeExample =>
  run(() => {
    throw describeSystemError(
      Object.assign(new Error(`${code}: no, open`), { code, syscall: 'open' }),
      'go on',
    );
  });
const pack = (...paths: readonly string[]): IssueCodeExample =>
  run(() => {
    const files = paths.map((path): HostBundle['files'][number] => ({
      path,
      mode: 0o600,
      owner: { user: 'root', group: 'root' },
      kind: 'environment',
      bytes: new Uint8Array(),
    }));
    return packBundle({ kind: 'member', name: 'e1', files }, (tar) => tar);
  });
const unpack = (
  ...headers: readonly { readonly name: string; readonly type?: 'symlink' }[]
): IssueCodeExample =>
  run(async () => {
    const entries = headers.map(({ name, type }) => ({
      header: { name, size: 0, ...(type === undefined ? {} : { type, linkname: '/etc/passwd' }) },
    }));
    return readTarball(await packTar(entries), 'e1.tar.gz');
  });

const archive = (
  entries: readonly MadeEntry[],
  etcd: Readonly<Record<string, unknown>> = {},
): IssueCodeExample =>
  run(async () => {
    const folder = makeFolder();
    return readReleaseArchives(specWithArchive(folder, await packEntries(entries), etcd), folder);
  });

/** What is read of a bundle that something was done to. */
const bundle = (
  damage: (folder: string) => void | Promise<void>,
  read: (folder: string) => Promise<unknown> = readBundle,
): IssueCodeExample =>
  run(async () => {
    const folder = await writtenBundle(MEMBER);
    await damage(folder);
    return read(folder);
  });

/** What is written where some of the files and folders are another user's, to a file system that cannot hold folders. */
const written = (
  prepare: (out: string) => void,
  isTheirs: (path: string) => boolean = () => false,
): IssueCodeExample =>
  run(async () => {
    const out = join(makeFolder(), 'home', 'out');
    mkdirSync(join(out, '..'));
    prepare(out);
    const seen = (path: string, status: FileStatus): FileStatus =>
      isTheirs(path) ? Object.assign(status, { uid: 65_534 }) : status;
    const fs: FileSystem = {
      ...nodeFileSystem,
      lstat: async (path) => seen(path, await nodeFileSystem.lstat(path)),
      stat: async (path) => seen(path, await nodeFileSystem.stat(path)),
      openFolder: async (path) => {
        const folder = await openByPath(path);
        return { ...folder, status: async () => seen(path, await folder.status()) };
      },
    };
    return writeOutputWith(fs, out, [], {});
  });

/** A CA with an extension of the arc for examples (RFC 5612), and a document that names it. */
async function authorityWithCriticalExtension(folder: string): Promise<void> {
  const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const extensions = [
    new BasicConstraintsExtension(true, undefined, true),
    new Extension('1.3.6.1.4.1.32473.1', true, Uint8Array.of(5, 0)),
  ];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=ca',
    keys,
    signingAlgorithm,
    extensions,
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
  writeFileSync(join(folder, 'ca.crt'), `${certificate.toString('pem')}\n`);
  writeFileSync(join(folder, 'ca.key'), pem, { mode: 0o600 });
  writeFileSync(join(folder, 'c.yaml'), `${MEMBER}certificates: {ca: {certificate: ca.crt, key: ca.key}}\n`);
}

/** Of codes that neither the corpus of documents brings about, nor the rules that have examples of their own. */
export const issueCodeExamples: Readonly<Partial<Record<IssueCode, IssueCodeExample>>> = {
  'yaml-alias-expansion': {
    document: `a: &a [${'x,'.repeat(999)}x]\nb: &b [${'*a,'.repeat(99)}*a]\nc: [*b, *b]\n`,
  },
  'yaml-escape': { document: 'members: "\\q"\n' },
  'yaml-indentation': { document: 'a:\n    b: 1\n  c: 2\n' },
  'yaml-key': { document: '? [a]\n: y\n' },
  'yaml-nesting': { document: `a: ${'['.repeat(100)}${']'.repeat(100)}\n` },
  'yaml-plain-scalar': { document: 'members: @a\n' },
  'yaml-syntax': { document: 'members: ]\n' },
  'not-utf-8': given(file('c.yaml', Uint8Array.of(0xff)), 'generate', 'c.yaml', '--dry-run'),
  'not-a-manifest': given(file('bundle.json', '{}'), 'explain', '--bundle', '.', 'x'),
  'newer-bundle': given(file('bundle.json', '{"format": 3}'), 'explain', '--bundle', '.', 'x'),
  'no-certificate': given(file('note', 'nothing'), 'expiry', 'note'),
  'not-a-bundle': argv('explain', '--bundle', '.', 'x'),
  'not-a-tarball': given(file('e1.tar.gz', gzipSync('x'.repeat(2048))), 'inspect', 'e1.tar.gz'),
  'damaged-tarball': given(file('e1.tar.gz', Uint8Array.of(0x1f, 0x8b, 8, 0)), 'inspect', 'e1.tar.gz'),
  'tarball-too-large': run(async () => {
    const entries = Array.from({ length: 10_001 }, (_, index) => ({
      header: { name: `a${index}`, size: 0 },
    }));
    return readTarball(await packTar(entries), 'e1.tar.gz');
  }),
  'unsafe-tarball-entry': unpack({ name: 'a', type: 'symlink' }),
  'repeated-tarball-entry': unpack({ name: 'a' }, { name: 'a' }),
  'unreadable-certificate': given(
    file('a.crt', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
    'inspect',
    'a.crt',
  ),
  'role-missing': ok('certificates: {pairs: [peer]}\n'),
  'setting-not-milliseconds': ok('etcd: {settings: {heartbeat-interval: soon}}\n'),
  'setting-not-a-string': ok('etcd: {settings: {discovery-token: 7, client-crl-file: 7}}\n'),
  'too-many-entries': ok(`certificates: {altNames: [${'a,'.repeat(1000)}a]}\n`),
  'issues-left-out': ok(`clients: [${'1,'.repeat(999)}1]\ncluster: []\n`),
  'unknown-placeholder': ok("certificates: {commonNames: {server: '{host}'}}\n"),
  'pem-for-path': ok('certificates: {ca: {certificate: "-----BEGIN CERTIFICATE-----", key: ca.key}}\n'),
  'relative-path': run(() => quoteExecBinary('etcd')),
  'path-too-long': ok(`etcd: {dataDir: /${'a'.repeat(256)}}\n`),
  'setting-not-an-origin': ok('etcd: {settings: {cors: x}}\n'),
  'setting-not-a-host': ok('etcd: {settings: {host-whitelist: "a:1"}}\n'),
  'proxy-mode': ok('etcd: {version: "3.4", settings: {proxy: on}}\n'),
  'account-name': run(() => renderSysusers({ user: 'a b', description: '', home: '/' })),
  'nul-character': run(() => quoteExecWord(['\0'])),
  'exec-binary': run(() => quoteExecBinary('/a"b')),
  'variable-name': run(() => assertVariableName('1A')),
  'repeated-variable': run(() =>
    renderEnvironmentFile([
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ]),
  ),
  'file-too-large': given(file('c.yaml', '#'.repeat(2 ** 20 + 1)), 'generate', 'c.yaml', '--dry-run'),
  'unusable-path': given(
    (folder) => {
      symlinkSync('loop', join(folder, 'loop'));
      writeFileSync(join(folder, 'c.yaml'), `${MEMBER}certificates: {ca: {certificate: loop, key: loop}}\n`);
    },
    'generate',
    'c.yaml',
    '--dry-run',
  ),
  'archive-sum-missing': archive([], { archiveSha256: undefined }),
  'archive-sum': archive([], { archiveSha256: '0'.repeat(64) }),
  'archive-release': archive(releaseEntries('3.5.35')),
  'archive-architecture': archive(releaseEntries('3.6.16', madeProgram('3.6.16', { machine: 183 }))),
  'archive-program-missing': archive(releaseEntries().slice(0, 3)),
  'archive-entry': archive([{ name: '../etcd' }]),
  'archive-program': archive(releaseEntries('3.6.16', new Uint8Array(1))),
  'trust-not-read': run(() => {
    const spec = parseClusterDocument(`${MEMBER}certificates: {trust: [ca.crt]}\n`);
    return issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now: 0 });
  }),
  'archive-not-read': run(() =>
    generateBundle(parseClusterDocument(`${MEMBER}etcd: {archive: a.tar.gz}\n`), {
      crypto: nodeCryptoProvider(),
      now: 0,
      document: '',
    }).next(),
  ),
  'unreadable-file': given(
    (folder) => {
      writeFileSync(join(folder, 'a'), '');
      truncateSync(join(folder, 'a'), 129 * 2 ** 20);
    },
    'inspect',
    '.',
  ),
  'too-many-files': given(
    (folder) => void execFileSync('sh', ['-c', 'seq 0 10000 | xargs touch'], { cwd: folder }),
    'inspect',
    '.',
  ),
  'too-many-certificates': given(
    (folder) => writeFileSync(join(folder, 'many.pem'), manyCertificates(20_001)),
    'inspect',
    'many.pem',
  ),
  'unsafe-file-name': pack('../a'),
  'repeated-file': pack('a', 'a'),
  'peer-ca-without-peer': ok('certificates: {pairs: [server]}\n'),
  'peer-client-without-peer': ok('certificates: {pairs: [server, peer-client], authorities: [ca]}\n'),
  'role-not-issued': ok('certificates: {files: {apiserver-etcd-client: {key: a.key}}}\n'),
  'member-in-common-file': ok("certificates: {files: {ca: {certificate: 'ca-{member}.crt'}}}\n"),
  'clients-without-client-auth': ok('certificates: {clientCertAuth: false}\nclients: [{name: a}]\n'),
  'clients-shut-out': {
    document: `${TWO}etcd: {settings: {client-cert-allowed-hostname: a, enable-grpc-gateway: false}}\n`,
  },
  'https-without-tls': {
    document:
      'members: [{name: e1, address: 10.0.0.1, advertiseClientUrls: [https://10.0.0.1:1]}]\ncertificates: {tls: none}\n',
  },
  'service-type': ok('systemd: {directives: {Service: {Type: forking}}}\n'),
  'service-ended': ok('systemd: {directives: {Service: {WatchdogSec: 30}}}\n'),
  'service-limit': ok('systemd: {directives: {Service: {LimitAS: 4G}}}\n'),
  'service-umask': ok('systemd: {directives: {Service: {UMask: "0777"}}}\n'),
  'file-hidden': ok('systemd: {directives: {Service: {InaccessiblePaths: /etc/etcd}}}\n'),
  'program-not-executable': ok('systemd: {directives: {Service: {NoExecPaths: /usr}}}\n'),
  'folder-not-writable': ok('systemd: {directives: {Service: {ReadOnlyPaths: /var/lib/etcd}}}\n'),
  'socket-not-made': {
    document:
      'members: [{name: e1, address: 10.0.0.1, listenClientUrls: ["https://10.0.0.1:2379", "unix:///run/etcd/etcd.sock"]}]\nsystemd: {directives: {Service: {InaccessiblePaths: /run}}}\n',
  },
  'data-not-kept': ok(
    'etcd: {dataDir: /run/etcd}\nsystemd: {directives: {Service: {RuntimeDirectory: etcd}}}\n',
  ),
  'mount-below-empty': ok(
    'etcd: {dataDir: /srv/etcd}\nsystemd: {directives: {Service: {TemporaryFileSystem: /srv}}}\n',
  ),
  'unit-folder-mode': ok('systemd: {directives: {Service: {StateDirectoryMode: "0500"}}}\n'),
  'command-fails': ok('systemd: {directives: {Service: {ExecStartPre: /bin/false}}}\n'),
  'unknown-specifier': ok('systemd: {directives: {Service: {ExecStartPre: /bin/echo %Z}}}\n'),
  'service-root': ok('systemd: {directives: {Service: {RootDirectory: /a}}}\n'),
  'output-holds-bundle': given(
    (folder) => {
      writeFileSync(join(folder, 'c.yaml'), MEMBER);
      mkdirSync(join(folder, 'out'));
      writeFileSync(join(folder, 'out/bundle.json'), '{}');
    },
    'generate',
    'c.yaml',
    '--out',
    'out',
  ),
  'output-not-empty': given(
    (folder) => {
      writeFileSync(join(folder, 'c.yaml'), MEMBER);
      mkdirSync(join(folder, 'out'));
      writeFileSync(join(folder, 'out/a'), '');
    },
    'generate',
    'c.yaml',
    '--out',
    'out',
  ),
  'output-not-a-folder': given(file('c.yaml', MEMBER), 'generate', 'c.yaml', '--out', 'c.yaml'),
  'output-link': given(
    (folder) => {
      writeFileSync(join(folder, 'c.yaml'), MEMBER);
      symlinkSync('out', join(folder, 'out'));
    },
    'generate',
    'c.yaml',
    '--out',
    'out',
  ),
  'output-link-of-another-user': written(
    (out) => symlinkSync('elsewhere', out),
    (path) => path.endsWith('/out'),
  ),
  'output-folder-of-another-user': written(
    (out) => {
      mkdirSync(out);
      chmodSync(out, 0o777);
    },
    (path) => path.endsWith('/out'),
  ),
  'output-writable-by-others': written((out) => chmodSync(join(out, '..'), 0o777)),
  'output-owner-changes': written(
    () => {},
    (path) => path.includes('/.etcd-bundle-'),
  ),
  'named-pipe': given(
    (folder) => void execFileSync('mkfifo', [join(folder, 'c.yaml')]),
    'generate',
    'c.yaml',
    '--dry-run',
  ),
  'authority-critical-extension': given(authorityWithCriticalExtension, 'generate', 'c.yaml', '--dry-run'),
  'wrong-passphrase': bundle(
    async (folder) => {
      const key = join(folder, 'ca/ca.key');
      writeFileSync(key, await sealPrivateKey(readFileSync(key, 'utf8'), 'right'));
    },
    async (folder) => readBundleAuthorities(folder, await readBundle(folder), WRITTEN_AT, 'wrong'),
  ),
  'unusable-passphrase': given(
    (folder) => {
      file('c.yaml', MEMBER)(folder);
      file('empty', '')(folder);
    },
    'generate',
    'c.yaml',
    '--dry-run',
    '--ca-passphrase',
    'file:empty',
  ),
  'sealed-key-on-host': given(
    (folder) => {
      file('c.yaml', `${MEMBER}certificates: {caKeyOn: [e1]}\n`)(folder);
      file('passphrase', 'made for this test\n')(folder);
    },
    'generate',
    'c.yaml',
    '--dry-run',
    '--ca-passphrase',
    'file:passphrase',
  ),
  'authority-missing': bundle(
    (folder) => rmSync(join(folder, 'ca/ca.key')),
    async (folder) => readBundleAuthorities(folder, await readBundle(folder), WRITTEN_AT),
  ),
  'tarball-missing': bundle((folder) => {
    asFormat1(folder);
    rmSync(join(folder, 'e1.tar.gz'));
  }),
  'malformed-manifest': bundle((folder) => {
    const path = join(folder, 'bundle.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"generation": 1,', '"generation": 1e308,'));
  }),
  'output-in-bundle': run(async () => writeOutput(join(await writtenBundle(MEMBER), 'next'), [])),
  'output-file-exists': run(async () =>
    writeOneFile(join(await writtenBundle(MEMBER), 'bundle.json'), new Uint8Array()),
  ),
  'output-not-a-file': run(async () =>
    writeOneFile(await writtenBundle(MEMBER), new Uint8Array(), { force: true }),
  ),
  'output-name-reserved': run(async () => writeOutput(`${await writtenBundle(MEMBER)}.previous-1`, [])),
  'bundle-changed': bundle((folder) => appendFileSync(join(folder, 'e1.tar.gz'), ' ')),
  'bundle-superseded': bundle(
    (folder) => {
      cpSync(folder, `${folder}.previous-1`, { recursive: true });
      const manifest = JSON.parse(readFileSync(join(folder, 'bundle.json'), 'utf8'));
      writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ ...manifest, generation: 2 }));
    },
    (folder) => readBundle(`${folder}.previous-1`),
  ),
  'permission-denied': fails('EACCES'),
  'read-only-file-system': fails('EROFS'),
  'no-space': fails('ENOSPC'),
  'quota-exceeded': fails('EDQUOT'),
  'name-too-long': fails('ENAMETOOLONG'),
  'too-many-open-files': fails('EMFILE'),
  'too-many-open-files-in-system': fails('ENFILE'),
  'input-output-error': fails('EIO'),
  'folder-busy': fails('EBUSY'),
  'removed-meanwhile': fails('ENOENT'),
  'system-call-failed': fails('ENOTTY'),
  'even-members': { document: TWO },
  'further-clients': ok('certificates: {trust: [ca.crt]}\n'),
  'folder-is-emptied': ok('certificates: {directory: /tmp/etcd}\n'),
  'unknown-command': argv('nonsense'),
  'unknown-option': argv('generate', '--nonsense'),
  'option-without-value': argv('generate', '--out='),
  'option-with-value': argv('generate', '--force=x'),
  'option-twice': argv('generate', '--out', 'a', '--out', 'b'),
  'option-missing': argv('generate', 'c.yaml'),
  'option-value': argv('verify', '.', '--at', 'noon'),
  'options-contradict': argv('verify', '.', '--json', '--format', 'github'),
  'operand-missing': argv('inspect'),
  'operand-superfluous': argv('inspect', 'a', 'b'),
  'operand-malformed': argv('init', 'e1'),
};

/** What it takes to bring it about, and the test that does, and looks at the code. */
export const NEEDS_MORE: Readonly<Partial<Record<IssueCode, string>>> = {
  'archive-changed': 'writing in between: test/unit/node/programs/release-archives.test.ts',
  'output-not-movable': 'a mount point: test/robustness/output-processes.test.ts',
  'another-cluster': 'a bundle: test/unit/cli/update.test.ts',
  'not-updatable': 'a bundle: test/unit/cli/update.test.ts',
  'member-not-lost': 'a bundle: test/unit/cli/replace.test.ts',
  'majority-lost': 'a bundle: test/unit/cli/replace.test.ts',
  'no-revocation-list': 'a bundle: test/unit/cli/revoke.test.ts',
  'no-such-certificate': 'a bundle: test/unit/cli/revoke.test.ts',
  'revoked-already': 'a bundle: test/unit/cli/revoke.test.ts',
  'certificate-ended': 'a bundle: test/unit/cli/revoke.test.ts',
  'authority-not-revocable': 'a bundle: test/unit/cli/revoke.test.ts',
  'revokes-own-pair': 'a bundle: test/unit/cli/revoke.test.ts',
  'no-such-authority': 'a bundle: test/unit/cli/rotate-ca.test.ts',
  'rotation-not-begun': 'a bundle: test/unit/cli/rotate-ca.test.ts',
  'rotation-phases-differ': 'a bundle: test/unit/cli/rotate-ca.test.ts',
  'rotation-under-way': 'a bundle: test/unit/cli/renew-ca.test.ts',
  'authority-ended': 'a bundle: test/unit/cli/renew-ca.test.ts',
  'authorities-alone': 'a bundle: test/unit/cli/renew-ca.test.ts',
  'brought-authority': 'a bundle: test/unit/cli/rotate-ca.test.ts',
  'former-token': 'a bundle: test/unit/plan/plan-restore.test.ts',
  'output-raced': 'a second writer: test/unit/node/write/output.test.ts',
};

/** For a document: parsed, and its certificates planned; what it is told nevertheless. */
export function tryDocument(text: string): readonly DocumentNotice[] {
  const spec = parseClusterDocument(text);
  planCertificates(spec);
  return documentNotices(spec);
}
