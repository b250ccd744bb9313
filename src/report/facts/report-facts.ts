import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { CryptoProvider } from '../../crypto/provider.js';
import type { RootGap } from '../../host/root-gap.js';
import { textAt, yamlValues } from '../../host/service/yaml-value.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import type { Verification } from '../../verify/finding.js';
import { certificateFacts } from './certificates.js';
import { clusterFacts } from './clusters.js';
import type { BundleFacts, GapFacts, ReportFacts } from './facts.js';
import { hostFacts } from './files.js';
import { holdingsOf } from './holdings.js';

/**
 * What a report says besides what was found on the hosts.
 *
 * @internal
 */
export interface ReportFrame {
  /** Program and version. */
  readonly generator: string;
  readonly verification: Verification;
  /** SHA-256 of `bundle.json`, hexadecimal. */
  readonly manifestDigest?: string;
}

const GAP_KINDS: readonly RootGap['kind'][] = ['limit', 'left out', 'irregular', 'refused'];

/** @internal */
export async function reportFacts(
  view: ClusterView,
  { generator, verification, manifestDigest }: ReportFrame,
  crypto: Pick<CryptoProvider, 'digest'>,
): Promise<ReportFacts> {
  const certificates = await certificateFacts(view, crypto);
  return {
    generator,
    at: view.at,
    horizon: view.horizon,
    verification,
    ...(view.manifest === undefined ? {} : { bundle: bundleFacts(view.manifest, manifestDigest) }),
    clusters: clusterFacts(view),
    certificates: [...certificates.values()],
    holdings: holdingsOf(view, certificates),
    hosts: await hostFacts(view, crypto),
    gaps: gapFacts(view),
    withheld: view.roots
      .flatMap(({ files }) => [...files.values()])
      .filter(({ withheld }) => withheld !== undefined).length,
  };
}

function bundleFacts(manifest: Manifest, digest: string | undefined): BundleFacts {
  const { cluster, etcdVersion, generation, generator, change, former, authorities, document } = manifest;
  const [read] = yamlValues(document);
  return {
    name: cluster.name,
    preset: read === undefined ? '' : (textAt(read, 'preset') ?? 'hardened'),
    etcdVersion,
    generation,
    generator,
    change,
    ...(digest === undefined ? {} : { digest }),
    ...(former === undefined ? {} : { former }),
    authorities: authorities.map(({ id, phase }) => ({ id, phase })),
  };
}

/** Where anything may lie comes before what lies at one place. */
function gapFacts({ roots, unread }: ClusterView): readonly GapFacts[] {
  const found = roots.flatMap(({ name, gaps, limits }) =>
    [...gaps, ...limits.leftOut].map(({ path, why, kind }) => ({
      kind,
      gap: { host: name, path: `/${path}`, why: `It ${why}.` },
    })),
  );
  return [
    ...unread.map(({ member, path, message }) => ({ host: member, path, why: message })),
    ...GAP_KINDS.flatMap((wanted) => found.filter(({ kind }) => kind === wanted).map(({ gap }) => gap)),
  ];
}
