import { type Report, reportOfView } from '../report/report-of-hosts.js';
import { nodeCryptoProvider } from './crypto/node-crypto.js';
import { version } from './version.js';
import { type ViewPathsOptions, viewPaths } from './view-paths.js';

/**
 * Reads bundles, tarballs and extracted host roots as one cluster, and describes it in one HTML document that needs nothing else. Nothing is
 * written, and no link is followed out of a root.
 *
 * @param paths - absolute, or relative to the working folder of the process
 * @throws EtcdBundleError `invalid-bundle` where there is nothing at a path, or no bundle to hold hosts against, `system` where something cannot be read
 * @example
 * ```ts
 * const { html, verification } = await reportOfPaths(['bundle'], { at: now });
 * await writeFile('report.html', html);
 * verification.summary.errors; // => 0
 * ```
 * @public
 */
export async function reportOfPaths(paths: readonly string[], options: ViewPathsOptions): Promise<Report> {
  const { view, ...rest } = await viewPaths(paths, options);
  return reportOfView(view, { ...rest, crypto: nodeCryptoProvider(), generator: `etcd-bundle ${version}` });
}
