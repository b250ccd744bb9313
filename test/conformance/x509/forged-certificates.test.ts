import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectPath } from '../../../src/node/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { AT, forgeAuthority } from './forge.js';
import { forgedLeaves } from './forged/leaves.js';
import { GO_ALONE, OPENSSL_ALONE } from './forged/openssl.js';
import { askGo } from './go.js';
import { forgedMember, SERVER_CERTIFICATE, SERVER_KEY, verifyMember } from './member.js';

interface Row {
  readonly name: string;
  readonly certificate: string;
  /** Go's words in a handshake of etcd's kind; the empty string where it is content. */
  readonly go: string;
  /** Errors of verify. */
  readonly ours: readonly string[];
}

const tried = sample(forgedLeaves, 3);
const isTried = (name: string): boolean => tried.some((leaf) => leaf.name === name);
/** The handshake meets a limit of TLS 1.3 before that of the key. */
const NAMED_OTHERWISE: readonly string[] = ['RSA of 512 bits'];

describeWithPrograms(['go-x509', 'openssl'], 'a forged certificate', (program) => {
  const rows: Row[] = [];
  let folder: string;
  const roots = forgeAuthority().certificate;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-forged-'));
    writeFileSync(join(folder, 'ca.pem'), roots);
    const made = tried.map(({ name, make }) => ({ name, ...make() }));
    const answers = askGo(
      program('go-x509').path,
      made.map(({ certificate, key }) => ({
        ask: 'handshake',
        certificate,
        key,
        roots,
        at: AT,
        host: '10.0.0.1',
      })),
    );
    const member = await forgedMember();
    for (const [index, { name, certificate, key }] of made.entries()) {
      const findings = await verifyMember(member, { [SERVER_CERTIFICATE]: certificate, [SERVER_KEY]: key });
      rows.push({
        name,
        certificate,
        go: answers[index]?.says ?? 'no answer',
        ours: findings.filter(({ level }) => level === 'error').map(({ etcdSays }) => etcdSays),
      });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused by verify where Go refuses it, and nowhere else', () => {
    expect(rows).toHaveLength(tried.length);
    const differing = rows.filter(({ go, ours }) => (go === '') !== (ours.length === 0));
    expect(differing.map(({ name, go, ours }) => ({ name, go, ours }))).toEqual([]);
    expect(rows.filter(({ go }) => go === '').length).toBeGreaterThan(tried.length / 4);
    expect(rows.filter(({ go }) => go !== '').length).toBeGreaterThan(tried.length / 3);
  });

  it("is refused in Go's own words", () => {
    const silent = rows.filter(
      ({ name, go, ours }) =>
        go !== '' && !ours.some((says) => isSaid(says, go)) && !NAMED_OTHERWISE.includes(name),
    );
    expect(silent.map(({ name, go, ours }) => ({ name, go, ours }))).toEqual([]);
  });

  it('is another matter for OpenSSL only where this table says so', () => {
    const accepts = ({ certificate }: Row): boolean => {
      writeFileSync(join(folder, 'leaf.pem'), certificate);
      const purpose = ['-purpose', 'sslserver', '-attime', String(AT), '-verify_ip', '10.0.0.1'];
      const args = ['verify', ...purpose, '-CAfile', join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
      return spawnSync(program('openssl').path, args).status === 0;
    };
    const judged = rows.map((row) => ({ name: row.name, go: row.go === '', openssl: accepts(row) }));
    expect(judged.filter(({ go, openssl }) => go && !openssl).map(({ name }) => name)).toEqual(
      GO_ALONE.filter(isTried),
    );
    expect(judged.filter(({ go, openssl }) => !go && openssl).map(({ name }) => name)).toEqual(
      OPENSSL_ALONE.filter(isTried),
    );
  });

  it('is inspected, or said to be unreadable, and never more than that', async () => {
    for (const { name, certificate } of rows) {
      const file = join(folder, 'inspected.pem');
      writeFileSync(file, certificate);
      const { certificates, issues } = await inspectPath(file);
      expect(certificates.length + issues.length, name).toBe(1);
    }
  });
});

/** What the parser of URIs has against one is left out, and so is that something failed to sign. */
function isSaid(ours: string, go: string): boolean {
  const isUri = ours.startsWith('x509: cannot parse URI') && go.startsWith(ours);
  return isUri || go === ours || go === `tls: failed to sign handshake: ${ours}`;
}
