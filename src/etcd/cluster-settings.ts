import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import type { Issue } from '../errors.js';
import { bindsSame, type Endpoint, endpointUrl, parseEndpoint } from '../net/endpoint.js';

/**
 * Checks the document's own etcd settings against the rest of the document: listeners on the same port, TLS that is missing or set
 * twice, cipher suites that do not work with the cluster's keys.
 *
 * @param path - path of the settings in the document, such as `etcd.settings`
 * @internal
 */
export function checkClusterSettings(spec: ClusterSpec, path: string): readonly Issue[] {
  return [
    ...checkHttpUrls(spec, `${path}.listen-client-http-urls`),
    ...checkAutoTls(spec, path),
    ...checkCipherSuites(spec, `${path}.cipher-suites`),
  ];
}

function checkHttpUrls(spec: ClusterSpec, path: string): readonly Issue[] {
  const urls = settingOf(spec, 'listen-client-http-urls')?.split(',') ?? [];
  return urls.flatMap((url) => {
    const endpoint = parseEndpoint(url);
    if (endpoint === undefined) return [];
    if (endpoint.scheme === 'https' && spec.certificates.tls === 'none') {
      return [
        conflict(
          path,
          `etcd says "TLS key/cert (--cert-file, --key-file) must be provided for client url ${url} with HTTPS scheme".`,
          'Write http, or set `certificates.tls`.',
        ),
      ];
    }
    for (const member of spec.members) {
      const other = listeners(member).find((listener) => bindsSame(listener, endpoint));
      if (other !== undefined) {
        return [
          conflict(
            path,
            `${url} and ${endpointUrl(other)} of ${member.name} would listen on the same port: etcd refuses the same URL twice, and the system the same port ("bind: address already in use").`,
            'Choose another port for listen-client-http-urls, such as 2382.',
          ),
        ];
      }
    }
    return [];
  });
}

function checkAutoTls(spec: ClusterSpec, path: string): readonly Issue[] {
  return ['auto-tls', 'peer-auto-tls'].flatMap((name) =>
    settingOf(spec, name) === 'true' && spec.certificates.tls !== 'none'
      ? [
          conflict(
            `${path}.${name}`,
            `The bundle has certificates, and etcd would say "ignoring ${name === 'auto-tls' ? 'client' : 'peer'} auto TLS since certs given".`,
            'Leave it out: nobody trusts certificates that a member makes for itself.',
          ),
        ]
      : [],
  );
}

/** TLS 1.3 has its own suites, for any key; with TLS 1.2 the key decides (RFC 8422, 2). */
function checkCipherSuites(spec: ClusterSpec, path: string): readonly Issue[] {
  const suites = settingOf(spec, 'cipher-suites')?.split(',');
  if (suites === undefined || spec.certificates.tls === 'none') return [];
  const isEcdsa = spec.certificates.key.startsWith('ecdsa');
  const fits = suites.some((suite) => (isEcdsa ? suite.includes('_ECDSA_') : /_RSA_WITH_/.test(suite)));
  return fits || settingOf(spec, 'tls-max-version') !== 'TLS1.2'
    ? []
    : [
        conflict(
          path,
          `None of the cipher suites works with the keys of the certificates, which are ${spec.certificates.key}, and TLS 1.3 is ruled out.`,
          `Add TLS_ECDHE_${isEcdsa ? 'ECDSA' : 'RSA'}_WITH_AES_128_GCM_SHA256, or leave out tls-max-version.`,
        ),
      ];
}

function settingOf(spec: ClusterSpec, name: string): string | undefined {
  return spec.etcd.settings.find((setting) => setting.name === name)?.value;
}

function listeners(member: MemberSpec): readonly Endpoint[] {
  return [...member.listenClientUrls, ...member.listenPeerUrls, ...member.listenMetricsUrls];
}

function conflict(path: string, message: string, cure: string): Issue {
  return { code: 'conflict', path, message, cure };
}
