import { describe, expect, it } from 'vitest';
import type { ClusterSpec, EtcdSetting } from '../../../src/cluster-spec.js';
import { checkClusterSettings } from '../../../src/etcd/cluster-settings.js';
import { clusterSpec } from './fixture.js';

function conflicts(
  settings: readonly EtcdSetting[],
  certificates: Partial<ClusterSpec['certificates']> = {},
): readonly string[] {
  return checkClusterSettings(clusterSpec({ etcd: { settings }, certificates }), 's').map(({ path }) => path);
}

describe('auto-tls', () => {
  it('stays off where the bundle brings certificates', () => {
    const settings = [
      { name: 'auto-tls', value: 'true' },
      { name: 'peer-auto-tls', value: 'true' },
    ];
    expect(conflicts(settings)).toEqual(['s.auto-tls', 's.peer-auto-tls']);
    expect(conflicts(settings, { tls: 'none' })).toEqual([]);
    expect(conflicts([{ name: 'auto-tls', value: 'false' }])).toEqual([]);
  });
});

describe('cipher-suites', () => {
  const rsa: EtcdSetting = { name: 'cipher-suites', value: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' };
  const ecdsa: EtcdSetting = { name: 'cipher-suites', value: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' };
  const tls12: EtcdSetting = { name: 'tls-max-version', value: 'TLS1.2' };

  it('fit the keys of the certificates where TLS 1.3 cannot step in', () => {
    expect(conflicts([rsa, tls12])).toEqual(['s.cipher-suites']);
    expect(conflicts([ecdsa, tls12], { key: 'rsa-2048' })).toEqual(['s.cipher-suites']);
    expect(conflicts([ecdsa, tls12])).toEqual([]);
    expect(conflicts([rsa, tls12], { key: 'rsa-3072' })).toEqual([]);
    expect(conflicts([rsa])).toEqual([]);
    expect(conflicts([rsa, tls12], { tls: 'none' })).toEqual([]);
  });
});
