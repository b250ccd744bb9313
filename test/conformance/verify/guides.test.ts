import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { RootFile } from '../../../src/host/host-root.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { groupFindings } from '../../../src/verify/group-findings.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { expectTried } from '../../support/tried-setups.js';
import { makeAuthority } from './authority.js';
import { GUIDES } from './guides/guides.js';

/** A heading, the summary, and what expires first. */
const FRAME = 3;

describeWithPrograms(['openssl'], 'a sound setup of a guide', (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'guides-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('was tried as often as test/README.md says', () =>
    expectTried('guides, in fewer than ten lines', GUIDES.length));

  it.each(sample(GUIDES, 4))('has no error and fewer than ten lines: $name', async ({ members, files }) => {
    const { path: openssl } = program('openssl');
    const authority = makeAuthority(folder, openssl, { commonName: 'etcd-ca' });
    const other = makeAuthority(folder, openssl, { commonName: 'etcd-peer-ca' });
    const hosts = [1, 2, 3].map((index) => ({ index, name: `m${index}`, address: `10.77.0.${index}` }));
    const roots = hosts.map((host) => ({
      name: host.name,
      files: Object.entries(files({ ...host, hosts, authority, other })).map(
        ([path, text]): RootFile => ({
          path: path.slice(1),
          bytes: new TextEncoder().encode(text),
          mode: text.includes('PRIVATE KEY') ? 0o600 : 0o644,
        }),
      ),
    }));
    const at = Math.floor(Date.now() / 1000);
    const { findings, summary } = await verifyBundle(roots, { crypto: nodeCryptoProvider(), at });
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(summary.members).toHaveLength(members);
    const lines = groupFindings(findings).map(({ finding: { rule, message } }) => `${rule}: ${message}`);
    expect(lines.slice(10 - FRAME - 1), lines.join('\n')).toEqual([]);
  });
});
