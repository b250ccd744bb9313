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
    textFile(`${directory}/etcdctl.env`, 0o644, 'environment', renderEnvironmentFile(variables)),
  ];
}

/**
 * The URLs at which clients reach the cluster, comma separated.
 *
 * @internal
 */
export function clientEndpoints(spec: ClusterSpec): string {
  return spec.members.flatMap((member) => member.advertiseClientUrls.map(endpointUrl)).join(',');
}
