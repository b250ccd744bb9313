import { createHash } from 'node:crypto';
import {
  type Authority,
  type BundleFile,
  type BundleState,
  type ClusterSpec,
  isEtcdBundleError,
  readManifest,
} from '../../src/index.js';
import { readAuthority } from '../../src/node/index.js';
import { bundleState } from '../../src/plan/bundle-state.js';

/** Undefined where the work is refused. */
export function orIssues<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return undefined;
  }
}

/** By their paths. */
export async function collect(files: AsyncIterable<BundleFile>): Promise<ReadonlyMap<string, Uint8Array>> {
  const all = new Map<string, Uint8Array>();
  for await (const { path, bytes } of files) all.set(path, bytes);
  return all;
}

/** The state that a bundle is. */
export function stateOf(files: ReadonlyMap<string, Uint8Array>, spec: ClusterSpec): BundleState {
  const bytes = files.get('bundle.json') ?? new Uint8Array();
  const manifest = readManifest(new TextDecoder().decode(bytes));
  if (manifest === undefined) throw new Error('no manifest');
  return bundleState(manifest, createHash('sha256').update(bytes).digest('hex'), spec);
}

/** Of a bundle, with their keys. */
export async function authoritiesIn(
  files: ReadonlyMap<string, Uint8Array>,
  now: number,
): Promise<Readonly<Partial<Record<'ca' | 'peer-ca', Authority>>>> {
  const found: Partial<Record<'ca' | 'peer-ca', Authority>> = {};
  for (const id of ['ca', 'peer-ca'] as const) {
    const [certificate, key] = ['crt', 'key'].map((suffix) => files.get(`ca/${id}.${suffix}`));
    if (certificate === undefined || key === undefined) continue;
    found[id] = await readAuthority(
      Buffer.from(certificate).toString(),
      Buffer.from(key).toString(),
      id,
      now,
    );
  }
  return found;
}

/** Of the same family, so that nothing else is new. */
export function addressLike(
  { address }: { readonly address: string | readonly string[] },
  number: number,
): unknown {
  const like = (one: string): string =>
    one.startsWith('m')
      ? `m${number}.example.org`
      : one.replace(/[^.:]*$/, one.includes(':') ? number.toString(16) : `${number}`);
  return typeof address === 'string' ? like(address) : address.map(like);
}
