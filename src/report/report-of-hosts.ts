import type { HostRoot } from '../host/host-root.js';
import type { ClusterView } from '../verify/cluster-view.js';
import type { Verification } from '../verify/finding.js';
import { judgeCluster } from '../verify/verify-bundle.js';
import { type VerifyOptions, viewCluster } from '../verify/view-cluster.js';
import { reportFacts } from './facts/report-facts.js';
import { renderPage } from './html/page.js';

/**
 * What a report needs from the outside, besides what verifying does.
 *
 * @public
 */
export interface ReportOptions extends VerifyOptions {
  /** Program and version that make it, such as `etcd-bundle 1.0.0`. */
  readonly generator: string;
  /** SHA-256 of `bundle.json`, hexadecimal, where the roots are those of a bundle. */
  readonly manifestDigest?: string;
}

/**
 * A report, and what it rests on.
 *
 * @public
 */
export interface Report {
  /** One HTML document with its style and its pictures: no script, no request to anywhere, no part of a private key. */
  readonly html: string;
  /** As `verifyBundle` says it of the same hosts. */
  readonly verification: Verification;
}

/**
 * Describes hosts for people who have to keep a report of them: who dials whom, who holds and trusts what, each certificate, what ends
 * when, what verifying finds, digests of files, and what was not judged. The same hosts and the same moment make the same text.
 *
 * @param roots - what each host has: of one cluster, or of several that share hosts
 * @example
 * ```ts
 * const unit = new TextEncoder().encode('[Service]\nExecStart=/usr/local/bin/etcd --name e1\n');
 * const root = { name: 'e1', files: [{ path: 'etc/systemd/system/etcd.service', bytes: unit }] };
 * const crypto = webCryptoProvider(globalThis.crypto);
 * const { html } = await reportOfHosts([root], { crypto, at: now, generator: 'etcd-bundle' });
 * ```
 * @public
 */
export async function reportOfHosts(roots: readonly HostRoot[], options: ReportOptions): Promise<Report> {
  return reportOfView(await viewCluster(roots, options), options);
}

/** @internal */
export async function reportOfView(
  view: ClusterView,
  { generator, manifestDigest, crypto }: Pick<ReportOptions, 'generator' | 'manifestDigest' | 'crypto'>,
): Promise<Report> {
  const verification = judgeCluster(view);
  const frame = { generator, verification, ...(manifestDigest === undefined ? {} : { manifestDigest }) };
  return { html: await renderPage(await reportFacts(view, frame, crypto), crypto), verification };
}
