import type { HostBundle } from '../bundle/file-plan.js';
import { describeBundle, describeTarball, type ManifestTarball } from '../bundle/manifest.js';
import { renderBundles } from '../bundle/render.js';
import { renderRunbook } from '../bundle/runbook.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { type IssueOptions, issuePki } from '../pki/issue.js';
import type { Pki } from '../pki/pki.js';
import { planCertificates } from '../pki/plan.js';
import { hexadecimal } from '../text/hexadecimal.js';
import { archiveBundle } from './archive.js';
import { version } from './version.js';
import type { OutputFile } from './write/output-file.js';

/** @public */
export interface GenerateOptions extends IssueOptions {
  /** Text that the spec was read from: the manifest keeps it. */
  readonly document: string;
}

/**
 * Makes everything of a bundle, file by file: the authorities first, then the tarballs, then what describes them. Nothing is written;
 * {@link writeOutput} takes what comes.
 *
 * @throws EtcdBundleError as issuePki does
 * @public
 */
export async function* generateBundle(
  spec: ClusterSpec,
  options: GenerateOptions,
): AsyncGenerator<OutputFile, void, undefined> {
  const pki = await issuePki(spec, planCertificates(spec), options);
  yield* authorityFiles(pki);
  const sums: string[] = [];
  const tarballs: ManifestTarball[] = [];
  const { digest } = options.crypto;
  const summed = async (path: string, bytes: Uint8Array): Promise<string> => {
    const sum = hexadecimal(await digest('SHA-256', bytes));
    sums.push(`${sum}  ${path}\n`);
    return sum;
  };
  for (const bundle of renderBundles(spec, pki)) {
    const tarball = await tarballFile(bundle);
    tarballs.push(await describeTarball(bundle, await summed(tarball.path, tarball.bytes), digest));
    yield tarball;
  }
  const generator = `etcd-bundle ${version}`;
  const manifest = await describeBundle(spec, pki, tarballs, {
    document: options.document,
    generator,
    digest,
  });
  const texts = [
    textFile('RUNBOOK.md', renderRunbook(spec, pki)),
    textFile('bundle.json', `${JSON.stringify(manifest, undefined, 2)}\n`),
  ];
  for (const file of texts) {
    await summed(file.path, file.bytes);
    yield file;
  }
  yield textFile('SHA256SUMS', sums.join(''));
}

/** The folder `ca/`, for the operator alone: a supplied authority too, so that renewing needs only this folder. */
function* authorityFiles(pki: Pki): Generator<OutputFile, void, undefined> {
  for (const { plan, certificate, privateKey } of pki.authorities) {
    yield { path: `ca/${plan.id}.key`, mode: 0o600, bytes: Buffer.from(privateKey) };
    yield { path: `ca/${plan.id}.crt`, mode: 0o644, bytes: Buffer.from(certificate) };
  }
}

async function tarballFile(bundle: HostBundle): Promise<OutputFile> {
  return { path: `${bundle.name}.tar.gz`, mode: 0o600, bytes: await archiveBundle(bundle) };
}

function textFile(path: string, text: string): OutputFile {
  return { path, mode: 0o644, bytes: Buffer.from(text) };
}
