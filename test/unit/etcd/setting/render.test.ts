import { describe, expect, it } from 'vitest';
import type { EtcdSetting } from '../../../../src/cluster-spec.js';
import { isEtcdBundleError } from '../../../../src/errors.js';
import { environmentName, renderEnvironment } from '../../../../src/etcd/setting/render/environment.js';
import { renderFlags } from '../../../../src/etcd/setting/render/flags.js';
import { renderYaml } from '../../../../src/etcd/setting/render/yaml.js';
import { version } from '../fixture.js';

const SETTINGS: readonly EtcdSetting[] = [
  { name: 'name', value: 'member-1' },
  { name: 'listen-client-urls', value: 'https://10.1.1.93:2379,https://127.0.0.1:2379' },
  { name: 'cert-file', value: '/etc/etcd/server.crt' },
  { name: 'client-cert-auth', value: 'true' },
  { name: 'peer-cert-file', value: '/etc/etcd/peer.crt' },
  { name: 'quota-backend-bytes', value: '6442450944' },
];

describe('renderFlags', () => {
  it('writes one word a setting', () => {
    expect(renderFlags(SETTINGS)).toEqual([
      '--name=member-1',
      '--listen-client-urls=https://10.1.1.93:2379,https://127.0.0.1:2379',
      '--cert-file=/etc/etcd/server.crt',
      '--client-cert-auth=true',
      '--peer-cert-file=/etc/etcd/peer.crt',
      '--quota-backend-bytes=6442450944',
    ]);
  });
});

describe('renderEnvironment', () => {
  it('changes the names alone', () => {
    expect(renderEnvironment([{ name: 'feature-gates', value: 'A=true' }])).toEqual([
      { name: 'ETCD_FEATURE_GATES', value: 'A=true' },
    ]);
    expect(environmentName('experimental-enable-v2v3')).toBe('ETCD_EXPERIMENTAL_ENABLE_V2V3');
  });
});

describe('renderYaml', () => {
  function yaml(settings: Readonly<Record<string, string>>, release = '3.6'): string {
    const list = Object.entries(settings).map(([name, value]) => ({ name, value }));
    return renderYaml(list, version(release));
  }

  it('puts TLS in its sections, in the place of their first key', () => {
    expect(renderYaml(SETTINGS, version('3.6'))).toBe(
      [
        'name: member-1',
        'listen-client-urls: https://10.1.1.93:2379,https://127.0.0.1:2379',
        'client-transport-security:',
        '  cert-file: /etc/etcd/server.crt',
        '  client-cert-auth: true',
        'peer-transport-security:',
        '  cert-file: /etc/etcd/peer.crt',
        'quota-backend-bytes: 6442450944',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['grpc-keepalive-interval', '1h30m', '3.6', 'grpc-keepalive-interval: 5400000000000\n'],
    [
      'watch-progress-notify-interval',
      '2562047h',
      '3.6',
      'watch-progress-notify-interval: 9223369200000000000\n',
    ],
    ['heartbeat-interval', '250', '3.6', 'heartbeat-interval: 250\n'],
    ['snapshot-count', '18446744073709551615', '3.6', 'snapshot-count: 18446744073709551615\n'],
    ['auto-compaction-retention', '1', '3.6', 'auto-compaction-retention: "1"\n'],
    ['pre-vote', 'false', '3.6', 'pre-vote: false\n'],
    ['name', 'yes', '3.6', 'name: "yes"\n'],
    ['initial-cluster-token', '010', '3.6', 'initial-cluster-token: "010"\n'],
    ['initial-cluster-token', '1:20', '3.6', 'initial-cluster-token: "1:20"\n'],
    ['cors', 'http://a:80,http://b:80', '3.6', 'cors: http://a:80,http://b:80\n'],
    ['log-outputs', 'stderr', '3.6', 'log-outputs:\n- stderr\n'],
    ['feature-gates', 'A=true,B=false', '3.6', 'feature-gates: A=true,B=false\n'],
    ['peer-cert-allowed-cn', 'a,b', '3.6', 'peer-transport-security:\n  allowed-cn:\n  - a\n  - b\n'],
    ['peer-cert-allowed-cn', 'a', '3.5.14', 'peer-transport-security:\n  allowed-cn: a\n'],
    ['socket-reuse-port', 'true', '3.5', 'socket-options:\n  reuse-port: true\n'],
    ['experimental-snapshot-catchup-entries', '5', '3.5', 'experimental-snapshot-catch-up-entries: 5\n'],
    ['log-rotation-config-json', '{"maxsize":1}', '3.5', 'log-rotation-config-json: \'{"maxsize":1}\'\n'],
  ])('%s=%s in %s', (name, value, release, expected) => {
    expect(yaml({ [name]: value }, release)).toBe(expected);
  });

  it('does not fold long values', () => {
    const value = Array.from({ length: 30 }, (_, index) => `e${index}=https://10.0.0.${index}:2380`).join(
      ',',
    );
    expect(yaml({ 'initial-cluster': value }).split('\n')).toHaveLength(2);
  });

  it.each([
    ['client-crl-file', '3.6'],
    ['peer-cert-allowed-cn', '3.5.13'],
    ['no-such-setting', '3.6'],
  ])('throws rather than lose %s in %s', (name, release) => {
    const render = (): string => yaml({ [name]: '/x' }, release);
    expect(render).toThrow(name);
    try {
      render();
    } catch (error) {
      expect(isEtcdBundleError(error)).toBe(true);
    }
  });
});
