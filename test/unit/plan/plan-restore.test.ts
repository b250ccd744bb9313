import { describe, expect, it } from 'vitest';
import {
  type BundleState,
  generateBundle,
  isEtcdBundleError,
  parseClusterDocument,
  planRestore,
  readManifest,
  type Step,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider } from '../../../src/node/index.js';
import { bundleState } from '../../../src/plan/bundle-state.js';

const NOW = 1_800_000_000;
const TOKEN = 'restored';

async function stateOf(more: string, preset = 'hardened'): Promise<BundleState> {
  const document = `preset: ${preset}\nmembers: [{name: e1, address: 10.0.0.1}, {name: e2, address: "fd00::2"}, {name: e3, address: 10.0.0.3}]\ncertificates: {key: ecdsa-p256}\n${more}`;
  const spec = parseClusterDocument(document);
  const options = { crypto: nodeCryptoProvider(), now: NOW, generator: 'test', archive: archiveBundle };
  for await (const { path, bytes } of generateBundle(spec, { ...options, document })) {
    if (path !== 'bundle.json') continue;
    const manifest = readManifest(new TextDecoder().decode(bytes));
    if (manifest !== undefined) return bundleState(manifest, '', spec);
  }
  throw new Error('no manifest');
}

async function stepsOf(more: string, preset?: string): Promise<ReadonlyMap<string, Step>> {
  const { steps } = planRestore(await stateOf(more, preset), { now: NOW, token: TOKEN });
  return new Map(steps.map((step) => [step.title, step]));
}

function commandsOf(steps: ReadonlyMap<string, Step>, title: string): string {
  return steps.get(title)?.commands.join('\n') ?? '';
}

describe('the steps of a restore', () => {
  it.each([
    ['3.4', 'etcdctl', '$('],
    ['3.4.23', 'etcdctl', undefined],
    ['3.4.27', 'etcdctl', '--bump-revision'],
    ['3.5', 'etcdutl', '$('],
    ['3.5.9', 'etcdutl', undefined],
    ['3.5.10', 'etcdutl', '--bump-revision'],
    ['3.6', 'etcdutl', '--bump-revision'],
    ['3.7.3', 'etcdutl', '--bump-revision'],
  ])('of etcd %s take %s, and raise revisions where it can', async (version, program, flags) => {
    const restore = commandsOf(await stepsOf(`etcd: {version: "${version}"}\n`), 'Restore e1');
    expect(restore).toContain(
      `runuser -u etcd -- /usr/local/bin/${program} snapshot restore /var/tmp/snapshot.db --name=e1`,
    );
    const after = restore.split('--data-dir=/var/lib/etcd/restored')[1]?.split('\n')[0] ?? '';
    expect(after.trimStart().split(/[ =/]/)[0]).toBe(flags ?? '');
  });

  it('restore to folders on the disks that data and log are on', async () => {
    const steps = await stepsOf('etcd: {dataDir: /data/etcd, walDir: /ssd/etcd-wal}\n');
    const restore = commandsOf(steps, 'Restore e2');
    expect(restore).toContain('--data-dir=/data/etcd/restored --wal-dir=/ssd/etcd-wal/wal.restored');
    expect(restore).toContain('mv -T /data/etcd/member /data/etcd/member.generation-1');
    expect(restore).toContain('mv -T /ssd/etcd-wal/wal /ssd/etcd-wal/wal.generation-1');
    expect(steps.get('Restore e2')?.back.at(-1)).toContain(
      '/ssd/etcd-wal/wal.generation-1 /ssd/etcd-wal/wal',
    );
  });

  it('copy one snapshot to all', async () => {
    const copy = commandsOf(await stepsOf(''), 'Copy the tarballs and the snapshot');
    expect(copy).toContain('scp /var/tmp/snapshot.db root@[fd00::2]:/var/tmp/snapshot.db');
  });

  it('move a pod away before its manifest changes, and back at the end', async () => {
    const steps = await stepsOf('kubernetes: {version: "1.36", staticPod: true}\n', 'kubeadm');
    expect([...steps.keys()].at(0)).toBe('Stop the API servers');
    expect([...steps.keys()].at(-1)).toBe('Start the API servers');
    expect(commandsOf(steps, 'Stop e1').split('\n')).toEqual([
      expect.stringContaining('tar -czf /root/e1.generation-1.tar.gz'),
      'mv /etc/kubernetes/manifests/etcd.yaml /etc/kubernetes/etcd.yaml',
      'sleep 20',
    ]);
    expect(commandsOf(steps, 'Restore e1')).toContain('--exclude=etc/kubernetes/manifests/etcd.yaml');
    expect(commandsOf(steps, 'Restore e1')).not.toContain('runuser');
    expect(commandsOf(steps, 'Start e1')).toContain(
      'mv /etc/kubernetes/etcd.yaml /etc/kubernetes/manifests/etcd.yaml',
    );
  });

  it('quote a token that a shell would read', async () => {
    const state = await stateOf('');
    const { steps } = planRestore(state, { now: NOW, token: "it's;x" });
    expect(steps.flatMap(({ commands }) => commands).join('\n')).toContain(
      `--initial-cluster-token='it'\\''s;x'`,
    );
  });
});

it.each([
  ['etcd-cluster-0', 'former-token'],
  ['two words', 'not-a-token'],
  ['', 'not-a-token'],
])('the token %j is refused: %s', async (token, code) => {
  const state = await stateOf('');
  const codes = ((): readonly string[] => {
    try {
      planRestore(state, { now: NOW, token });
      return [];
    } catch (error) {
      if (!isEtcdBundleError(error)) throw error;
      return error.issues.map((issue) => issue.code);
    }
  })();
  expect(codes).toEqual([code]);
});
