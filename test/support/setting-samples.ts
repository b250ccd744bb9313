import type { EtcdVersion } from '../../src/cluster-spec.js';
import { isInSpan } from '../../src/etcd/release-span.js';
import type { ItemForm, SettingDefinition, TextForm } from '../../src/etcd/setting/definition.js';

const ITEMS: Readonly<Record<ItemForm, string>> = {
  any: 'http://127.0.0.1:2',
  'listen-url': 'http://localhost:0',
  origin: 'http://origin.example.org:80',
  host: 'host.example.org',
  'cipher-suite': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'log-output': 'stdout',
};

const TEXTS: Readonly<Record<TextForm, string>> = {
  any: 'text',
  path: '/nonexistent',
  'auth-token': 'simple,ttl=5m',
  'log-rotation': '{"maxsize":7}',
  'proxy-mode': 'off',
  'feature-gates': 'InitialCorruptCheck=true',
};

/** A value that the flag takes, and that is not its default where that can be. */
export function sampleOf({ name, kind }: SettingDefinition, version: EtcdVersion): string {
  switch (kind.type) {
    case 'boolean':
      return 'true';
    case 'integer':
    case 'bytes':
      return name === 'bcrypt-cost' ? '12' : '33554432'.slice(0, kind.max > 1_000_000n ? 8 : 5);
    case 'milliseconds':
      return name === 'election-timeout' ? '65' : '13';
    case 'duration':
      return '1h5m0.5s';
    case 'retention':
      return '3';
    case 'enum':
      // Any other level would silence what the tests listen for.
      if (name === 'log-level') return 'debug';
      return Object.keys(kind.values).findLast((key) => isInSpan(version, kind.values[key] ?? {})) ?? '';
    case 'list':
      return ITEMS[kind.item];
    case 'text':
      return TEXTS[kind.form];
  }
}
