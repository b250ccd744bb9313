import type { EtcdVersion } from '../../src/cluster-spec.js';
import type { RootFile } from '../../src/host/host-root.js';
import { nodeCryptoProvider } from '../../src/node/index.js';
import type { Finding } from '../../src/verify/finding.js';
import { verifyBundle } from '../../src/verify/verify-bundle.js';

const UNIT = 'etc/systemd/system/etcd.service';

/** What `verify` finds on a host whose unit starts etcd with these words. */
export async function verifyWords(
  words: readonly string[],
  etcdVersion: EtcdVersion,
  files: readonly RootFile[] = [],
): Promise<readonly Finding[]> {
  const command = ['/usr/local/bin/etcd', ...words].map((word) => `'${word}'`).join(' ');
  const unit = `[Service]\nType=notify\nExecStart=${command}\n[Install]\nWantedBy=multi-user.target\n`;
  const root = { name: 'host', files: [{ path: UNIT, bytes: new TextEncoder().encode(unit) }, ...files] };
  const at = Math.floor(Date.now() / 1000) + 60;
  return (await verifyBundle([root], { crypto: nodeCryptoProvider(), at, etcdVersion })).findings;
}
