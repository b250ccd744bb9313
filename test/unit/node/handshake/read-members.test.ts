import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { handshakeMatrix } from '../../../../src/node/handshake/matrix.js';
import { readHandshakeMembers } from '../../../../src/node/handshake/read-members.js';
import { makeFolder, runCli } from '../../cli/fake-io.js';

const now = Math.floor(Date.now() / 1000);

async function generate(document: string): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'handshake-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const out = join(cwd, 'out');
  const { exitCode, stderr } = await runCli(['generate', document, '--out', out], { cwd, now });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return out;
}

function example(name: string): string {
  return new URL(`../../../../examples/${name}/cluster.yaml`, import.meta.url).pathname;
}

describe('our own bundles', () => {
  it.each([
    ['hardened', 3, 24],
    ['kubeadm', 3, 33],
    ['shared-certificate', 3, 12],
    ['environment-file', 3, 12],
    ['tuned', 3, 12],
    ['single-member', 1, 2],
    ['plain-http', 3, 0],
  ])(
    'shake hands, each with each: %s',
    async (name, size, count) => {
      const { members, clients } = await readHandshakeMembers(await generate(example(name)));
      expect(members).toHaveLength(size);
      const results = await handshakeMatrix(members, clients, { at: now });
      expect(results).toHaveLength(count);
      expect(results.filter(({ ok }) => !ok)).toEqual([]);
    },
    60_000,
  );

  it.each(['flags', 'environment', 'yaml'])('are read in every style: %s', async (config) => {
    const members = 'members: [{name: a, address: 10.0.0.1}, {name: b, address: "fd00::2"}]';
    const document = makeFolder({ 'cluster.yaml': `${members}\netcd: {config: ${config}}\n` });
    const read = await readHandshakeMembers(await generate(join(document, 'cluster.yaml')));
    expect(read.members.map(({ name, peerHosts }) => [name, peerHosts])).toEqual([
      ['a', ['10.0.0.1']],
      ['b', ['fd00::2']],
    ]);
    const results = await handshakeMatrix(read.members, read.clients, { at: now });
    expect(results.length).toBeGreaterThan(4);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('are told from other folders', async () => {
    await expect(readHandshakeMembers(makeFolder())).rejects.toThrow('There is nothing there.');
    await expect(readHandshakeMembers(makeFolder({ 'bundle.json': '{}' }))).rejects.toThrow(
      'not the manifest',
    );
  });
});
