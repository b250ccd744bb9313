import { describe, expect, it } from 'vitest';
import { etcdDefault } from '../../../src/etcd/defaults.js';
import { releaseDefaults } from '../../../src/etcd/release-defaults.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';

const [, ...FROM_3_5] = ETCD_RELEASES;

function everywhere(name: string, config: 'flags' | 'yaml'): readonly (string | undefined)[] {
  return ETCD_RELEASES.map((release) => etcdDefault(name, { release }, config));
}

describe('the default of a setting', () => {
  it('is that of the release', () => {
    expect(everywhere('logger', 'flags')).toEqual(['capnslog', ...FROM_3_5.map(() => 'zap')]);
    const [, ...from36] = FROM_3_5;
    expect(everywhere('v2-deprecation', 'flags')).toEqual([
      undefined,
      'not-yet',
      ...from36.map(() => 'write-only'),
    ]);
  });

  it('is none in a file where it belongs to the flag', () => {
    expect(everywhere('enable-grpc-gateway', 'yaml')).toEqual([undefined, ...FROM_3_5.map(() => 'true')]);
    expect(everywhere('enable-grpc-gateway', 'flags')).toEqual(ETCD_RELEASES.map(() => 'true'));
  });

  it('is written into a file by the bundle where the file has none', () => {
    for (const release of ETCD_RELEASES)
      for (const config of ['flags', 'yaml'] as const)
        for (const { name, value } of releaseDefaults({ version: { release }, config }))
          if (name !== 'logger')
            expect([etcdDefault(name, { release }, config), etcdDefault(name, { release }, 'flags')]).toEqual(
              [undefined, value],
            );
  });
});
