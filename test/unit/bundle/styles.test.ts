import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { PRESET_NAMES } from '../../../src/preset-names.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';

const STYLES = ['flags', 'environment', 'yaml'] as const;

/** What etcd is told on the member, wherever it stands. */
function toldIn(built: BuiltCluster, unit: string): Readonly<Record<(typeof STYLES)[number], boolean>> {
  const files = built.bundles.get('e1')?.files ?? [];
  const text = built.text('e1', `etc/systemd/system/${unit}.service`);
  const variables = files
    .filter(({ kind }) => kind === 'environment')
    .map(({ bytes }) => new TextDecoder().decode(bytes))
    .join('');
  return {
    flags: /^ {2}--name=/m.test(text),
    environment: /^ETCD_NAME="e1"$/m.test(variables),
    yaml: files.some(({ kind }) => kind === 'etcd-config'),
  };
}

describe.each(PRESET_NAMES)('the preset %s', (preset) => {
  it.each(ETCD_RELEASES)('writes the settings of etcd %s in one place, in each style', async (version) => {
    for (const config of STYLES) {
      const built = await buildCluster(
        JSON.stringify({
          preset,
          members: [{ name: 'e1', address: '10.0.0.1' }],
          etcd: { version, config },
          certificates: { key: 'ecdsa-p256' },
        }),
      );
      const { unit } = built.spec.systemd;
      const expected = {
        flags: config === 'flags',
        environment: config === 'environment',
        yaml: config === 'yaml',
      };
      expect(toldIn(built, unit)).toEqual(expected);
      if (config === 'yaml')
        expect(parse(built.text('e1', `etc/etcd/${unit}.conf.yml`))).toMatchObject({ name: 'e1' });
    }
  });
});
