import { describe, expect, it } from 'vitest';
import { refusedAt } from './document.js';

const MEMBERS = [
  { name: 'e1', address: '10.0.0.1' },
  { name: 'e2', address: '10.0.0.2' },
];
const HTTP_URLS = 'listen-client-http-urls';

function refused(urls: string, more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return refusedAt({ members: MEMBERS, etcd: { settings: { [HTTP_URLS]: urls } }, ...more });
}

describe('listen-client-http-urls', () => {
  it.each([
    'https://127.0.0.1:2379',
    'http://127.0.0.1:2379',
    'http://0.0.0.0:2380',
    'http://localhost:2381',
    'http://127.0.0.1:2382,http://127.0.0.1:2379',
  ])('shares no port with another listener of any member, and that is said once: %s', (urls) => {
    expect(refused(urls)).toEqual([`etcd.settings.${HTTP_URLS} port-clash`]);
  });

  it.each(['http://127.0.0.1:2382', 'https://0.0.0.0:2382', 'http://127.0.0.2:2379'])(
    '%s is free',
    (urls) => {
      expect(refused(urls)).toEqual([]);
    },
  );

  it('speaks https only where there are certificates', () => {
    const plain = { preset: 'plain-http' };
    expect(refused('https://127.0.0.1:2382', plain)).toEqual([
      `etcd.settings.${HTTP_URLS} clients-without-pair`,
    ]);
    expect(refused('http://127.0.0.1:2382', plain)).toEqual([]);
  });
});

describe('what only the whole member shows', () => {
  it('cipher suites and names are held against TLS that is there', () => {
    const settings = {
      'cipher-suites': 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'client-cert-allowed-hostname': 'e1',
    };
    expect(refusedAt({ members: MEMBERS, etcd: { settings } })).toEqual([
      'etcd.settings.cipher-suites cipher-suites-of-http-2',
      'etcd.settings.client-cert-allowed-hostname allowed-hostname-and-gateway',
    ]);
    expect(refusedAt({ members: MEMBERS, preset: 'plain-http', etcd: { settings } })).toEqual([]);
  });
});
