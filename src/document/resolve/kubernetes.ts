import type { KubernetesDocument } from '../../cluster-document.js';
import type { CertificatesSpec, KubernetesSpec, MemberSpec } from '../../cluster-spec.js';
import { describeReaders, kubeadmApis, newestApi, newestReader } from '../../kubernetes/kubeadm-api.js';
import { newestKubernetes } from '../../kubernetes/kubernetes-release.js';
import { endpointUrl } from '../../net/endpoint.js';
import { hostText } from '../../net/host.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

/** Kubernetes `apimachinery/pkg/util/validation`, IsDNS1123Subdomain. */
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Reads the `kubernetes` part and checks the members against kubeadm's requirements.
 *
 * @internal
 */
export function resolveKubernetes(
  document: KubernetesDocument,
  members: readonly MemberSpec[],
  tls: CertificatesSpec['tls'],
  issues: IssueList,
): KubernetesSpec {
  const { version, minor } = resolveVersion(document, issues);
  const apis = kubeadmApis(minor);
  const kubeadmApi = document.kubeadmApi ?? newestApi(minor);
  if (!apis.includes(kubeadmApi)) {
    issues.add(
      'kubeadm-api',
      'kubernetes.kubeadmApi',
      `kubeadm ${version} does not read ${kubeadmApi}, which ${describeReaders(kubeadmApi)} read.`,
      `Write ${apis.join(' or ')}.`,
    );
  }
  for (const [index, member] of members.entries()) checkMember(member, index, tls, issues);
  return { version, kubeadmApi, staticPod: document.staticPod === true };
}

function resolveVersion(document: KubernetesDocument, issues: IssueList): { version: string; minor: number } {
  const fallbackMinor =
    document.kubeadmApi === undefined ? newestKubernetes().minor : newestReader(document.kubeadmApi);
  if (document.version === undefined) return { version: `1.${fallbackMinor}`, minor: fallbackMinor };
  const text = String(document.version).replace(/^v/, '');
  const [, digits = ''] = /^1\.([1-9]\d?)(?:\.(?:0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const minor = Number(digits);
  if (digits === '' || minor < 15) {
    issues.add(
      'unknown-kubernetes-version',
      'kubernetes.version',
      `${quoteValue(document.version)} is not a known Kubernetes version (1.15 and newer).`,
      typeof document.version === 'number'
        ? 'Write it in quotes, such as "1.36" or "1.30": without quotes YAML reads 1.30 as 1.3.'
        : 'Write "1.15" or newer, such as "1.36", or a patch such as "1.36.3".',
    );
    return { version: `1.${fallbackMinor}`, minor: fallbackMinor };
  }
  return { version: text, minor };
}

/** kubeadm: nodeRegistration.name is an RFC 1123 subdomain in lower case, advertiseAddress an IP address. */
function checkMember(
  member: MemberSpec,
  index: number,
  tls: CertificatesSpec['tls'],
  issues: IssueList,
): void {
  if (!SUBDOMAIN.test(member.name)) {
    issues.add(
      'kubeadm-member-name',
      `members[${index}].name`,
      `${quoteValue(member.name)} is not an RFC 1123 name, which kubeadm requires.`,
      'Write lower-case letters, digits and inner hyphens and dots.',
    );
  }
  const [first] = member.addresses;
  if (first.type !== 'ip') {
    issues.add(
      'kubeadm-address',
      `members[${index}].address`,
      `kubeadm's localAPIEndpoint.advertiseAddress does not accept a DNS name, and ${hostText(first)} comes first.`,
      'Write the IP address first, the name after it or in altNames.',
    );
  }
  const http =
    tls === 'none' ? undefined : member.advertiseClientUrls.find((endpoint) => endpoint.scheme === 'http');
  if (http !== undefined) {
    issues.add(
      'kubeadm-http-endpoint',
      `members[${index}].advertiseClientUrls`,
      `${endpointUrl(http)} is http, but certificates are in use; kubeadm then requires https for every endpoint.`,
      'Write an https URL, or certificates.tls: none.',
    );
  }
}
