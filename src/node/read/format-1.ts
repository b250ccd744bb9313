import { join } from 'node:path';
import { isSecret } from '../../bundle/file-plan.js';
import {
  hostNamesOf,
  type Manifest,
  type ManifestCertificateContents,
  type ManifestHost,
} from '../../bundle/manifest/manifest.js';
import type { BundleState } from '../../bundle/state.js';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { formatEtcdVersion } from '../../etcd/version.js';
import type { CertificatePlan } from '../../pki/certificate-plan.js';
import { certificatesIn } from '../../x509/read/pem-certificates.js';
import { sha256Of } from '../sha256.js';
import { readBundleFile } from './bundle-file.js';
import { MAX_TARBALL_BYTES } from './read-bytes.js';
import { readTarball } from './tarball.js';

/**
 * A manifest of format 1 with what it leaves out: the texts are in the tarballs beside it, public keys in the certificates, and the paths of
 * their keys follow from the document.
 *
 * @throws EtcdBundleError `invalid-bundle` naming each tarball that is not there
 * @internal
 */
export async function completeFormat1(
  folder: string,
  { manifest, spec, plans }: BundleState,
): Promise<Manifest> {
  const issues: Issue[] = [];
  const hosts: ManifestHost[] = [];
  for (const host of manifest.hosts) {
    const path = host.tarball?.path ?? '';
    const bytes = await readBundleFile(folder, path, MAX_TARBALL_BYTES);
    if (bytes === undefined || typeof bytes === 'string') issues.push(missing(join(folder, path), bytes));
    else hosts.push(await withTexts(host, bytes));
  }
  if (issues.length > 0) throw new EtcdBundleError('invalid-bundle', issues);
  const planned = new Map<string, CertificatePlan>(plans.map((plan) => [plan.id, plan]));
  const textAt = textsOf(hosts);
  return {
    ...manifest,
    etcdVersion: formatEtcdVersion(spec.etcd.version),
    authorities: manifest.authorities.map((authority) => ({
      ...authority,
      certificates: authority.certificates.map((certificate) =>
        withPublicKey(certificate, textAt(undefined, authority.path)),
      ),
    })),
    certificates: manifest.certificates.map((certificate) => {
      const keyPath = planned.get(certificate.id)?.files.key;
      const [name] = hostNamesOf(certificate.holder);
      const whole = withPublicKey(certificate, textAt(name, certificate.path));
      return keyPath === undefined ? whole : { ...whole, keyPath };
    }),
    hosts,
  };
}

async function withTexts(host: ManifestHost, bytes: Uint8Array): Promise<ManifestHost> {
  const packed = new Map(
    (await readTarball(bytes, host.tarball?.path ?? '')).map((file) => [`/${file.path}`, file.bytes]),
  );
  return {
    ...host,
    files: host.files.map((file) => {
      const content = packed.get(file.path);
      return content === undefined || isSecret(file.kind)
        ? file
        : { ...file, text: new TextDecoder().decode(content) };
    }),
  };
}

function textsOf(hosts: readonly ManifestHost[]): (name: string | undefined, path: string) => string {
  return (name, path) => {
    for (const host of hosts) {
      const file =
        name === undefined || host.name === name
          ? host.files.find((candidate) => candidate.path === path)
          : undefined;
      if (file?.text !== undefined) return file.text;
    }
    return '';
  };
}

function withPublicKey<Contents extends ManifestCertificateContents>(
  contents: Contents,
  pem: string,
): Contents {
  const own = certificatesIn(new TextEncoder().encode(pem)).find(
    ({ der }) => sha256Of(der) === contents.fingerprint,
  );
  return own !== undefined && 'info' in own.publicKey
    ? { ...contents, publicKey: sha256Of(own.publicKey.info) }
    : contents;
}

function missing(path: string, why = 'It is not there.'): Issue {
  return {
    code: 'tarball-missing',
    path,
    message: `${why.slice(0, -1)}, and a manifest of format 1 does not say what it held.`,
    cure: 'Restore it from a copy of the bundle.',
  };
}
