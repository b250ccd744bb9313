import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type CryptoProvider,
  type FileKind,
  issuePki,
  type KeyPair,
  PRESET_NAMES,
  parseClusterDocument,
  planCertificates,
  renderBundles,
  renderRunbook,
} from '../../src/index.js';
import { nodeCryptoProvider } from '../../src/node/index.js';
import { octal } from '../../src/text/octal.js';

// The texts of every example, reviewed by eye once against systemd-analyze, etcd and kubeadm. `npx vitest run test/golden -u`
// writes them anew; the diff is what to review.

const NOW = 1_800_000_000;
const SECRET_OR_KEYED: readonly FileKind[] = [
  'certificate',
  'private-key',
  'authority-certificate',
  'authority-key',
];

/**
 * Drawn tokens and serial numbers are the same in every run; keys are not, and no golden file holds anything made of them. So one
 * RSA key serves for all of them, whatever its size: making them takes seconds.
 */
function predictable(crypto: CryptoProvider): CryptoProvider {
  let rsa: Promise<KeyPair> | undefined;
  return {
    ...crypto,
    randomBytes: (length) => Uint8Array.from({ length }, (_, index) => (index * 7 + 1) % 251),
    generateKeyPair: (algorithm) => {
      if (!algorithm.startsWith('rsa')) return crypto.generateKeyPair(algorithm);
      rsa ??= crypto.generateKeyPair('rsa-2048');
      return rsa;
    },
  };
}

describe.each(PRESET_NAMES)('%s', (example) => {
  it('comes to these texts', async () => {
    const text = readFileSync(new URL(`../../examples/${example}/cluster.yaml`, import.meta.url), 'utf8');
    const spec = parseClusterDocument(text);
    const pki = await issuePki(spec, planCertificates(spec), {
      crypto: predictable(nodeCryptoProvider()),
      now: NOW,
      standInKeys: true,
    });
    await expect(renderRunbook(spec, pki)).toMatchFileSnapshot(`files/${example}/RUNBOOK.md`);
    for (const bundle of renderBundles(spec, pki)) {
      const listing = bundle.files.map(
        ({ path, mode, owner }) => `${octal(mode)} ${owner.user}:${owner.group} ${path}`,
      );
      await expect(`${listing.join('\n')}\n`).toMatchFileSnapshot(`files/${example}/${bundle.name}/LISTING`);
      for (const file of bundle.files.filter(({ kind }) => !SECRET_OR_KEYED.includes(kind))) {
        await expect(new TextDecoder().decode(file.bytes)).toMatchFileSnapshot(
          `files/${example}/${bundle.name}/${file.path}`,
        );
      }
    }
  });
});
