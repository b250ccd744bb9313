import type { ClusterSpec } from '../cluster-spec.js';
import { endpointUrl } from '../net/endpoint.js';
import type { IssuedLeaf, Pki } from '../pki/pki.js';
import { type EnvironmentVariable, renderEnvironmentFile } from '../systemd/environment-file.js';
import { clientCertificateFiles } from './certificate-files.js';
import type { FilePlan } from './file-plan.js';
import { textFile } from './text-file.js';

/**
 * What a machine needs to run etcdctl against the cluster: the CA, a pair of its own and a file to source.
 *
 * @param leaf - absent where the cluster asks no client for a certificate
 * @internal
 */
export function etcdctlFiles(
  spec: ClusterSpec,
  pki: Pki,
  directory: string,
  leaf: IssuedLeaf | undefined,
): readonly FilePlan[] {
  const authorityPath = `${directory}/ca.crt`;
  const variables: readonly EnvironmentVariable[] = [
    { name: 'ETCDCTL_ENDPOINTS', value: clientEndpoints(spec) },
    ...(spec.certificates.tls === 'none' ? [] : [{ name: 'ETCDCTL_CACERT', value: authorityPath }]),
    ...(leaf === undefined
      ? []
      : [
          { name: 'ETCDCTL_CERT', value: leaf.plan.files.certificate },
          { name: 'ETCDCTL_KEY', value: leaf.plan.files.key },
        ]),
  ];
  return [
    ...clientCertificateFiles(leaf, authorityPath, pki),
    textFile(
      `${directory}/etcdctl.env`,
      0o644,
      'environment',
      renderEnvironmentFile(variables) + (leaf === undefined ? '' : besideItself(directory, variables)),
    ),
  ];
}

/**
 * A line with which bash and zsh find the pair beside the file that they read, wherever it was extracted: on macOS `/etc` is a link, which
 * bsdtar does not extract through. Other shells know no name of a file that they read, and keep the paths above, as systemd does, which
 * passes over what is not an assignment.
 */
function besideItself(directory: string, variables: readonly EnvironmentVariable[]): string {
  const here = '$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE:-$0}")" && pwd)';
  const own = variables
    .filter(({ value }) => value.startsWith(`${directory}/`))
    .map(({ name, value }) => `${name}="${here}${value.slice(directory.length)}"`);
  return `case "\${BASH_SOURCE:-$0}" in *etcdctl.env) export ${own.join(' ')} ;; esac\n`;
}

/**
 * The URLs at which clients reach the cluster, comma separated.
 *
 * @internal
 */
export function clientEndpoints(spec: ClusterSpec): string {
  return spec.members.flatMap((member) => member.advertiseClientUrls.map(endpointUrl)).join(',');
}
