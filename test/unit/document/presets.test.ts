import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { newestRelease } from '../../../src/etcd/version.js';
import { endpointUrl } from '../../../src/net/endpoint.js';
import { presets } from '../../../src/presets/presets.js';

// What a document of nothing but a preset and a member means, reviewed by eye once against docs/document.md and the guides behind
// the presets. `npx vitest run test/unit/document -u` writes it anew; the diff is what to review.

it.each(Object.keys(presets))('%s: every default', async (preset) => {
  const { members, ...spec } = parseClusterSpec({ preset, members: [{ name: 'e1', address: '10.0.0.1' }] });
  const urls = Object.entries(members[0] ?? {}).flatMap(([key, value]) =>
    key.endsWith('Urls') ? [[key, value]] : [],
  );
  const { release } = spec.etcd.version;
  const text = stringify(
    {
      ...spec,
      etcd: { ...spec.etcd, version: release === newestRelease() ? 'the newest' : release },
      member: Object.fromEntries(urls.map(([key, endpoints]) => [key, endpoints.map(endpointUrl)])),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  await expect(text).toMatchFileSnapshot(`preset-specs/${preset}.yaml`);
});
