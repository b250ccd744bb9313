import { clustersOf } from '../verify/clusters.js';
import { type Finding, LEVELS, type Verification } from '../verify/finding.js';
import { judgeCluster } from '../verify/verify-bundle.js';
import type { HandshakeResult } from './handshake/handshake-result.js';
import { type ViewPathsOptions, viewPaths } from './view-paths.js';

/**
 * How paths are verified.
 *
 * @public
 */
export interface VerifyPathsOptions extends ViewPathsOptions {
  /** Whether members and clients shake hands as well, each with each. */
  readonly handshakes?: boolean;
}

/**
 * What `verify` says of paths, with what was read there.
 *
 * @public
 */
export interface PathsVerification extends Verification {
  /** Absent where they were not asked for. */
  readonly handshakes?: readonly HandshakeResult[];
}

/**
 * Reads bundles, tarballs and extracted host roots, and verifies them as one cluster. Nothing is written, and no link is followed out of
 * a root.
 *
 * @param paths - absolute, or relative to the working folder of the process
 * @throws EtcdBundleError `invalid-bundle` where there is nothing at a path, or no bundle to hold hosts against, `system` where something cannot be read
 * @example
 * ```ts
 * const { findings, summary } = await verifyPaths(['bundle'], { at: now });
 * summary.errors; // => 0
 * for (const { path, message, cure } of findings) console.warn(`${path}: ${message} ${cure}`);
 * ```
 * @public
 */
export async function verifyPaths(
  paths: readonly string[],
  options: VerifyPathsOptions,
): Promise<PathsVerification> {
  const { view } = await viewPaths(paths, options);
  const verification = judgeCluster(view);
  if (options.handshakes !== true) return verification;
  const { handshakeMatrix } = await import('./handshake/matrix.js');
  const matrices = await Promise.all(clustersOf(view).map(handshakeMatrix));
  return {
    ...withFindings(
      matrices.flatMap(({ findings }) => findings),
      verification,
    ),
    handshakes: matrices.flatMap(({ results }) => results),
  };
}

function withFindings(found: readonly Finding[], { findings, summary }: Verification): Verification {
  if (found.length === 0) return { findings, summary };
  const all = [...found, ...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const count = (level: Finding['level']): number => all.filter((finding) => finding.level === level).length;
  return {
    findings: all,
    summary: { ...summary, errors: count('error'), warnings: count('warning'), notices: count('notice') },
  };
}
