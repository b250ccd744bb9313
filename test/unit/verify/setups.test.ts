import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { readHostFolder } from '../../../src/node/read/host-folder.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import { expectTried } from '../../support/tried-setups.js';

/**
 * Hosts as strangers set them up: one folder a host, and what is wrong with it in `expected.json`. Whether a host starts was decided by
 * starting etcd for the six with YAML (3.5.35 and 3.7.3) and for five lists of flags that are typical of the others (3.5.35).
 */
const folder = join(import.meta.dirname, 'setups');
const setups = readdirSync(folder);

describe('setups in the words of others', () => {
  it('are as many as test/README.md says', () => expectTried('whole hosts, in other words', setups.length));

  it.each(setups)('%s', async (name) => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8'));
    const root = await readHostFolder(join(folder, name, 'root'), 'root');
    const { findings, summary } = await verifyBundle([root], {
      crypto: nodeCryptoProvider(),
      at: 1_800_000_000,
      etcdVersion: { release: '3.5', patch: 35 },
    });
    const errors = findings.filter(({ level }) => level === 'error');
    const [etcdSays] = errors.flatMap((finding) => (finding.etcdSays === '' ? [] : [finding.etcdSays]));
    expect({
      members: summary.members,
      errors: [...new Set(errors.map(({ rule }) => rule))],
      ...(etcdSays === undefined ? {} : { etcdSays }),
    }).toEqual(expected);
  });
});
