import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandshakeResult } from '../../../../src/node/handshake/handshake-result.js';
import { verifyPaths } from '../../../../src/node/verify-paths.js';
import type { Finding } from '../../../../src/verify/finding.js';
import { describeLong, isLong } from '../../../support/long-tests.js';
import { makeFolder, NOW, runCli } from '../../cli/fake-io.js';
import { makeAuthority } from './openssl.js';

/** What the rules of these names say is that a connection of the member's, or to it, is refused. */
const REFUSALS: readonly string[] = [
  'handshake',
  'peer-access',
  'peer-chain',
  'peer-names',
  'peer-source',
  'peer-allowed',
  'name-constraints',
  'certificate-validity',
  'client-access',
  'client-chain',
  'client-allowed',
  'endpoint-names',
  'server-names',
  'gateway',
  'revocation-lists',
  'revoked-certificates',
];

/** Files of two hosts, to be damaged: absolute paths by path on the host. */
type Files = ReadonlyMap<string, string>;
interface Damage {
  readonly what: string;
  readonly at?: number;
  readonly apply?: (first: Files, last: Files) => void;
}

const DAMAGES: readonly Damage[] = [
  { what: 'nothing' },
  { what: 'that everything has ended', at: NOW + 40 * 365 * 86_400 },
  { what: 'that nothing has begun', at: NOW - 400 * 86_400 },
  { what: "another member's pairs", apply: (first, last) => copy(last, first, /\.(?:crt|key|pem)$/) },
  { what: "another member's keys", apply: (first, last) => copy(last, first, /(?:\.key|-key\.pem)$/) },
  {
    what: 'a CA file of another authority',
    apply: (first) =>
      rewrite(first, /(?:^|[/-])ca\.(?:crt|pem)$/, () => makeAuthority('foreign').certificate),
  },
  { what: 'an empty CA file', apply: (_, last) => rewrite(last, /(?:^|[/-])ca\.(?:crt|pem)$/, () => '') },
  {
    what: 'a CA file with something else in it',
    apply: (_, last) =>
      rewrite(last, /(?:^|[/-])ca\.(?:crt|pem)$/, (text) =>
        `${text}${text.replaceAll('CERTIFICATE', 'X')}`.replace(/X-----\n..../, 'X-----\nAAAA'),
      ),
  },
  { what: 'keys that are gone', apply: (first) => remove(first, /(?:\.key|-key\.pem)$/) },
  { what: 'CA files that are gone', apply: (_, last) => remove(last, /(?:^|[/-])ca\.(?:crt|pem)$/) },
  {
    what: 'a drop-in that lets nobody in',
    apply: (first) => dropIn(first, 'Environment=ETCD_PEER_CERT_ALLOWED_CN=nobody'),
  },
  {
    what: 'a drop-in with a CRL that is not there',
    apply: (_, last) => dropIn(last, 'Environment=ETCD_PEER_CRL_FILE=/nothing ETCD_CLIENT_CRL_FILE=/nothing'),
  },
];

/** Two with every damage, the others with those that concern all. */
const EXAMPLES: Readonly<Record<string, readonly Damage[]>> = {
  hardened: DAMAGES,
  kubeadm: DAMAGES,
  'shared-certificate': DAMAGES.slice(0, 3),
  'environment-file': DAMAGES.slice(0, 3),
  tuned: DAMAGES.slice(0, 3),
  'single-member': DAMAGES.slice(0, 5),
  'plain-http': [...DAMAGES.slice(0, 2), ...DAMAGES.slice(-1)],
};

function copy(to: Files, from: Files, pattern: RegExp): void {
  rewrite(to, pattern, (text, path) => {
    const source = from.get(path);
    return source === undefined ? text : readFileSync(source, 'utf8');
  });
}

function rewrite(files: Files, pattern: RegExp, change: (text: string, path: string) => string): void {
  for (const [path, file] of files)
    if (pattern.test(path)) writeFileSync(file, change(readFileSync(file, 'utf8'), path));
}

function remove(files: Files, pattern: RegExp): void {
  for (const [path, file] of files) if (pattern.test(path)) rmSync(file);
}

function dropIn(files: Files, line: string): void {
  for (const [path, file] of files) {
    if (!path.endsWith('/system/etcd.service')) continue;
    mkdirSync(`${file}.d`);
    writeFileSync(`${file}.d/50-more.conf`, `[Service]\n${line}\n`);
  }
}

function filesBelow(root: string): Files {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(root.length), file];
    }),
  );
}

/** `m1>m2: says` of each refused cell that no finding speaks of. */
function unexplained(
  handshakes: readonly HandshakeResult[],
  findings: readonly Finding[],
): readonly string[] {
  return handshakes.flatMap(({ from, to, refusals }) =>
    refusals
      .filter(({ says }) => {
        const sides = [from, to, from.split(':')[0]];
        return !findings.some(
          ({ level, member, etcdSays }) =>
            level !== 'notice' &&
            sides.includes(member) &&
            etcdSays.endsWith(says.replace(/^tls: (?=\S+:)/, '')),
        );
      })
      .map(({ says }) => `${from}>${to}: ${says}`),
  );
}

/** Findings that a member is refused, and that no cell shows. */
function unseen(handshakes: readonly HandshakeResult[], findings: readonly Finding[]): readonly string[] {
  const refused = handshakes.filter(({ ok }) => !ok);
  return findings
    .filter(({ rule, level }) => level === 'error' && REFUSALS.includes(rule))
    .filter(({ member }) => !refused.some(({ from, to }) => [from, to, from.split(':')[0]].includes(member)))
    .map(({ rule, member, message }) => `${rule} ${member}: ${message}`);
}

for (const [example, damages] of Object.entries(EXAMPLES)) verdictsOf(example, damages);

function verdictsOf(example: string, damages: readonly Damage[]): void {
  const suite = example === 'hardened' ? describe : describeLong;
  suite(`of the example ${example}`, () => {
    let home: string;
    beforeAll(async () => {
      const source = new URL(`../../../../examples/${example}/cluster.yaml`, import.meta.url);
      const document = readFileSync(source, 'utf8').replace(/key: rsa-\d+/, 'key: ecdsa-p256');
      home = mkdtempSync(join(tmpdir(), 'handshake-'));
      writeFileSync(join(home, 'cluster.yaml'), document);
      const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd: home });
      expect([exitCode, stderr]).toEqual([0, '']);
    });
    afterAll(() => rmSync(home, { recursive: true }));

    it.each(damages.filter((_, index) => isLong || index % 3 === 0))(
      'a cell is refused where a finding says so, and nowhere else: $what',
      async ({ at = NOW + 60, apply }) => {
        const folder = makeFolder();
        execFileSync('cp', ['-r', join(home, 'out'), join(folder, 'bundle')]);
        const tarballs = readdirSync(join(folder, 'bundle')).filter((name) => name.endsWith('.tar.gz'));
        const roots = tarballs.map((name) => {
          const root = join(folder, name.replace('.tar.gz', ''));
          mkdirSync(root);
          execFileSync('tar', ['-xzf', join(folder, 'bundle', name), '-C', root]);
          return root;
        });
        const { hosts: listed } = JSON.parse(readFileSync(join(folder, 'bundle/bundle.json'), 'utf8'));
        const hosts = roots.filter((_, index) =>
          listed.some(
            (host: { name: string; kind: string }) =>
              `${host.name}.tar.gz` === tarballs[index] && host.kind === 'member',
          ),
        );
        apply?.(filesBelow(hosts[0] ?? ''), filesBelow(hosts.at(-1) ?? ''));
        for (const [index, root] of roots.entries())
          execFileSync('tar', ['-czf', join(folder, 'bundle', tarballs[index] ?? ''), '-C', root, '.']);
        const forms = [[join(folder, 'bundle')], tarballs.map((name) => join(folder, 'bundle', name)), roots];
        const etcdVersion = { release: '3.6', patch: 16 } as const;
        const verified = await Promise.all(
          forms.map((paths) => verifyPaths(paths, { at, handshakes: true, etcdVersion })),
        );
        for (const { findings, handshakes = [] } of verified) {
          expect(unexplained(handshakes, findings)).toEqual([]);
          expect(unseen(handshakes, findings)).toEqual([]);
        }
        const [first, ...others] = verified.map(({ handshakes = [] }) => sorted(handshakes));
        for (const other of others) expect(other).toEqual(first);
        const isTls = example !== 'plain-http';
        expect(first?.length).toBeGreaterThan(isTls ? 1 : -1);
        if (apply === undefined) expect(first?.every(({ ok }) => ok)).toBe(at === NOW + 60 || !isTls);
      },
    );
  });
}

function sorted(handshakes: readonly HandshakeResult[]): readonly HandshakeResult[] {
  const key = ({ from, to, listener }: HandshakeResult): string => JSON.stringify([listener, from, to]);
  return handshakes.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
