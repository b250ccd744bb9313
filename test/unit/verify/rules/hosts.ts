import { webcrypto } from 'node:crypto';
import { describeBundle, describeHost, describeLeaf } from '../../../../src/bundle/manifest/describe.js';
import type { Manifest } from '../../../../src/bundle/manifest/manifest.js';
import { webCryptoProvider } from '../../../../src/crypto/webcrypto.js';
import type { HostRoot, RootFile, RootOwner } from '../../../../src/host/host-root.js';
import type { RootGap } from '../../../../src/host/root-gap.js';
import { nodeCryptoProvider } from '../../../../src/node/index.js';
import type { Finding } from '../../../../src/verify/finding.js';
import { verifyBundle } from '../../../../src/verify/verify-bundle.js';
import type { VerifyOptions } from '../../../../src/verify/view-cluster.js';
import { type BuiltCluster, buildCluster } from '../../../support/cluster.js';

export const UNIT = 'etc/systemd/system/etcd.service';
export const PKI = 'etc/etcd/pki';
export const DOCUMENT = `members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]
etcd: {version: "3.6.16", config: flags}
`;

/** The hosts of a cluster, to be damaged one step after the other; each step gives new hosts. */
export interface Hosts {
  readonly roots: readonly HostRoot[];
  /** Changes the text of a file. */
  readonly edit: (host: string, path: string, change: (text: string) => string) => Hosts;
  /** The same for the unit. */
  readonly unit: (host: string, change: (text: string) => string) => Hosts;
  readonly put: (host: string, path: string, content: string | Uint8Array, mode?: number) => Hosts;
  readonly remove: (host: string, path: string) => Hosts;
  readonly mode: (host: string, ending: string, mode: number) => Hosts;
  readonly directory: (host: string, path: string, mode: number, owner?: string) => Hosts;
  /** A place below the root that was not read. */
  readonly gap: (host: string, gap: RootGap) => Hosts;
  /** These hosts alone. */
  readonly only: (...hosts: readonly string[]) => Hosts;
  /** Holds them against a bundle that says they have what they have when they are sound. */
  readonly against: () => Hosts;
  /** Verifies with these options. */
  readonly with: (options: Partial<VerifyOptions>) => Hosts;
  /** Gives a file to somebody. */
  readonly own: (host: string, path: string, owner: RootOwner) => Hosts;
  /** Calls the root otherwise. */
  readonly rename: (host: string, name: string) => Hosts;
  readonly bytes: (host: string, path: string) => Uint8Array;
  readonly findings: () => Promise<readonly Finding[]>;
}

/** The sound hosts of a document: each member, and the operator's machine. */
export async function soundHosts(document: string = DOCUMENT): Promise<Hosts> {
  const built = await buildCluster(document);
  return hostsOf(rootsOf(built), {}, await manifestOf(built, document));
}

/** The manifest of a built cluster. */
export async function manifestOf({ spec, pki, bundles }: BuiltCluster, document: string): Promise<Manifest> {
  const { digest } = nodeCryptoProvider();
  const frame = await describeBundle(spec, pki, { document, generator: 'test', now: 0, digest });
  return {
    ...frame,
    certificates: await Promise.all(pki.leaves.map((leaf) => describeLeaf(leaf, digest))),
    hosts: await Promise.all([...bundles.values()].map((bundle) => describeHost(bundle, '', digest))),
  };
}

function rootsOf(built: BuiltCluster): readonly HostRoot[] {
  return [...built.bundles.values()].map(({ name, files }) => ({
    name,
    files: files.map(({ path, mode, bytes, owner }) => ({
      path: path.replace(/^\//, ''),
      mode,
      bytes,
      owner,
    })),
  }));
}

function hostsOf(roots: readonly HostRoot[], options: Partial<VerifyOptions>, manifest: Manifest): Hosts {
  const change = (host: string, to: (root: HostRoot) => HostRoot): Hosts => {
    if (!roots.some(({ name }) => name === host)) throw new Error(`no host ${host}`);
    return hostsOf(
      roots.map((root) => (root.name === host ? to(root) : root)),
      options,
      manifest,
    );
  };
  const bytes = (host: string, path: string): Uint8Array => {
    const found = roots.find(({ name }) => name === host)?.files.find((file) => file.path === path);
    if (found === undefined) throw new Error(`no ${path} on ${host}`);
    return found.bytes;
  };
  const put: Hosts['put'] = (host, path, content, mode = 0o644) =>
    change(host, (root) => ({
      ...root,
      files: [
        ...root.files.filter((file) => file.path !== path),
        {
          owner: { user: 'root', group: 'root' },
          ...root.files.find((file) => file.path === path),
          ...fileOf(path, content, mode),
        },
      ],
    }));
  const edit: Hosts['edit'] = (host, path, to) => {
    const before = new TextDecoder().decode(bytes(host, path));
    const after = to(before);
    if (after === before) throw new Error(`nothing changed in ${path}`);
    return put(host, path, after);
  };
  return {
    roots,
    bytes,
    put,
    edit,
    unit: (host, to) => edit(host, UNIT, to),
    remove: (host, path) =>
      change(host, (root) => ({ ...root, files: root.files.filter((file) => file.path !== path) })),
    mode: (host, ending, mode) =>
      change(host, (root) => ({
        ...root,
        files: root.files.map((file) => (file.path.endsWith(ending) ? { ...file, mode } : file)),
      })),
    directory: (host, path, mode, owner) =>
      change(host, (root) => ({
        ...root,
        directories: [
          ...(root.directories ?? []),
          { path, mode, ...(owner === undefined ? {} : { owner: { user: owner, group: owner } }) },
        ],
      })),
    gap: (host, gap) => change(host, (root) => ({ ...root, gaps: [...(root.gaps ?? []), gap] })),
    only: (...names) =>
      hostsOf(
        roots.filter(({ name }) => names.includes(name)),
        options,
        manifest,
      ),
    against: () => hostsOf(roots, { ...options, against: manifest }, manifest),
    own: (host, path, owner) =>
      change(host, (root) => ({
        ...root,
        files: root.files.map((file) => (file.path === path ? { ...file, owner } : file)),
      })),
    rename: (host, name) => change(host, (root) => ({ ...root, name })),
    with: (more) => hostsOf(roots, { ...options, ...more }, manifest),
    findings: async () =>
      (
        await verifyBundle(roots, {
          crypto: webCryptoProvider(webcrypto),
          at: Math.floor(Date.now() / 1000) + 60,
          etcdVersion: { release: '3.6', patch: 16 },
          ...options,
        })
      ).findings,
  };
}

function fileOf(path: string, content: string | Uint8Array, mode: number): RootFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, bytes, mode };
}

/** Adds a flag to the command of a unit, or gives it another value. */
export function flag(name: string, value: string): (unit: string) => string {
  return (unit) =>
    new RegExp(` --${name}=`).test(unit)
      ? unit.replace(new RegExp(` --${name}=\\S*`), ` --${name}=${value}`)
      : unit.replace(/(ExecStart=\S+)/, `$1 --${name}=${value}`);
}

/** Takes flags out of the command of a unit. */
export function without(...names: readonly string[]): (unit: string) => string {
  return (unit) =>
    names.reduce((text, name) => text.replace(new RegExp(`  --${name}=\\S*(?: \\\\)?\\n`), ''), unit);
}

/** Adds a line to the section [Service]. */
export function line(text: string): (unit: string) => string {
  return (unit) => unit.replace('[Service]\n', `[Service]\n${text}\n`);
}
