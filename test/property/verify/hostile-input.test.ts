import { webcrypto } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import type { HostRoot, RootFile } from '../../../src/host/host-root.js';
import { readHostTarball } from '../../../src/node/read/host-tarball.js';
import { RULES } from '../../../src/verify/rules.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';
import { isLong, runs } from '../../support/long-tests.js';
import { type Mutation, mutate, mutations } from './mutation.js';

/** One document for each way of writing settings, and one for the kubelet. */
const DOCUMENTS = {
  flags: 'members: [{name: e1, address: 10.0.0.1}]\netcd: {config: flags}\n',
  environment: 'members: [{name: e1, address: 10.0.0.1}]\netcd: {config: environment}\n',
  yaml: 'members: [{name: e1, address: 10.0.0.1}]\netcd: {config: yaml}\n',
  pod: 'preset: kubeadm\nmembers: [{name: e1, address: 10.0.0.1}]\ncertificates: {key: ecdsa-p256}\nkubernetes: {version: "1.36", staticPod: true}\n',
} as const;
/** Of each kind; four kinds. */
const RUNS = runs(2_500, 30);
/** Octets of one file. */
const LONG = isLong ? 1_000_000 : 100_000;
/** A sound root takes some ten milliseconds. */
const SLOWEST = 5_000;
const AT = 1_800_000_000;

describe('hostile input', () => {
  const clusters = new Map<string, BuiltCluster>();
  beforeAll(async () => {
    for (const [name, document] of Object.entries(DOCUMENTS))
      clusters.set(name, await buildCluster(document));
  });

  function rootOf(name: string): HostRoot {
    const bundle = clusters.get(name)?.bundles.get('e1');
    const files = (bundle?.files ?? []).map(({ path, mode, bytes, owner }) => ({
      path: path.replace(/^\//, ''),
      mode,
      bytes,
      owner,
    }));
    return { name: 'e1', files };
  }

  /** Damages the chosen files of a root and verifies it: an answer each time, soon. */
  async function survives(
    root: HostRoot,
    isChosen: (file: RootFile) => boolean,
    damage: (bytes: Uint8Array) => Uint8Array,
  ): Promise<void> {
    const files = root.files.map((file) => (isChosen(file) ? { ...file, bytes: damage(file.bytes) } : file));
    const started = process.cpuUsage();
    const { findings, summary } = await verifyBundle([{ ...root, files }], {
      crypto: webCryptoProvider(webcrypto),
      at: AT,
    });
    expect(millisecondsSince(started)).toBeLessThan(SLOWEST);
    expect(summary.errors).toBe(findings.filter(({ level }) => level === 'error').length);
    for (const { rule, level } of findings)
      expect(RULES.find(({ name }) => name === rule)?.levels).toContain(level);
    for (const { message, etcdSays } of findings)
      expect(`${message}${etcdSays}`).not.toContain('PRIVATE KEY-----');
  }

  it.each([
    ['certificates', '.crt'],
    ['keys', '.key'],
  ])(
    'damaged %s',
    async (_, ending) => {
      const root = rootOf('flags');
      await fc.assert(
        fc.asyncProperty(mutations, fc.boolean(), fc.nat(), async (list, inside, which) => {
          const files = root.files.filter(({ path }) => path.endsWith(ending));
          const chosen = files[which % files.length];
          await survives(
            root,
            (file) => file === chosen,
            (bytes) => (inside ? mutatePem(bytes, list) : mutate(bytes, list)),
          );
        }),
        { numRuns: RUNS },
      );
    },
    300_000,
  );

  it('damaged units, environment files, configuration files and manifests', async () => {
    const roots = Object.keys(DOCUMENTS).map(rootOf);
    await fc.assert(
      fc.asyncProperty(mutations, fc.nat(), async (list, which) => {
        const root = roots[which % roots.length] ?? rootOf('flags');
        await survives(
          root,
          ({ path }) => /\.(?:service|env|yml|yaml|conf)$/.test(path),
          (bytes) => mutate(bytes, list),
        );
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('damaged tarballs', async () => {
    const packed = (await clusters.get('flags')?.tarball('e1')) ?? new Uint8Array();
    const plain = gunzipSync(packed);
    await fc.assert(
      fc.asyncProperty(mutations, fc.constantFrom('packed', 'plain', 'repacked'), async (list, form) => {
        const bytes = form === 'packed' ? mutate(packed, list) : mutate(plain, list);
        const started = process.cpuUsage();
        const { root, findings } = await readHostTarball(form === 'repacked' ? gzipSync(bytes) : bytes, 'e1');
        expect(millisecondsSince(started)).toBeLessThan(SLOWEST);
        for (const { path } of root.files) expect(path).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\//);
        expect(findings.length + root.files.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('files that are long and dull', async () => {
    const root = rootOf('flags');
    const dull = [
      '\\\n',
      '-----BEGIN X-----\n',
      '\n-----END X-----',
      '[',
      '{a: ',
      '- ',
      '&a [*a, ',
      '\\',
      'A=\n',
      '"',
      '$A ',
      '%n',
    ];
    for (const text of dull) {
      const bytes = new TextEncoder().encode(text.repeat(Math.floor(LONG / text.length)));
      for (const pattern of [/\.service$/, /\.crt$/, /\.key$/])
        await survives(
          root,
          ({ path }) => pattern.test(path),
          () => bytes,
        );
      const configured = {
        ...root,
        files: [
          ...root.files,
          { path: 'etc/kubernetes/manifests/etcd.yaml', bytes },
          { path: 'etc/etcd/etcdctl.env', bytes },
        ],
      };
      await survives(
        configured,
        () => false,
        (same) => same,
      );
    }
  }, 300_000);
});

/** Of work, whatever else the machine does. */
function millisecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** Damages what the PEM says instead of its letters. */
function mutatePem(bytes: Uint8Array, list: readonly Mutation[]): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const [, begin = '', body = '', end = ''] =
    /(-----BEGIN [^-]+-----\n)([\s\S]*?)(-----END [^-]+-----\n)/.exec(text) ?? [];
  const der = mutate(Buffer.from(body, 'base64'), list);
  return new TextEncoder().encode(`${begin}${Buffer.from(der).toString('base64')}\n${end}`);
}
