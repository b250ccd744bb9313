import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PRESET_NAMES, type PresetName } from '../../../src/preset-names.js';
import type { Verification } from '../../../src/verify/finding.js';
import { makeFolder, NOW, runCli } from '../cli/fake-io.js';

/** What a source does that a reviewer would object to. */
const WARNINGS: Readonly<Partial<Record<PresetName, readonly string[]>>> = {
  kubeadm: ['authority-keys', 'release'],
  'plain-http': ['plain-http', 'release'],
  'shared-certificate': ['release', 'shared-certificate'],
  'environment-file': ['release', 'shared-certificate'],
  'single-member': ['release'],
  tuned: ['plain-http', 'release', 'shared-certificate'],
};

describe('a fresh bundle', () => {
  it.each(PRESET_NAMES)(
    'of the preset %s has no error, and the warnings that its source deserves',
    async (preset) => {
      const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
      // RSA keys take seconds.
      const document = readFileSync(join(examples, preset, 'cluster.yaml'), 'utf8')
        .replace(/key: rsa-\d+/, '# as it is')
        .replace(/^certificates:\n/m, 'certificates:\n  key: ecdsa-p256\n');
      const cwd = makeFolder({ 'cluster.yaml': document });
      expect((await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd })).exitCode).toBe(0);
      const { exitCode, stdout } = await runCli(['verify', 'out', '--json'], { cwd, now: NOW + 60 });
      const { findings, summary }: Verification = JSON.parse(stdout);
      expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
      expect(exitCode).toBe(0);
      const warned = findings.filter(({ level }) => level === 'warning').map(({ rule }) => rule);
      expect([...new Set(warned)].sort()).toEqual(WARNINGS[preset] ?? []);
      expect(summary.members.length).toBeGreaterThan(0);
      expect(summary.etcdVersionFrom).toBe('manifest');
    },
  );
});
