import type { ClusterSpec } from '../cluster-spec.js';
import type { Issue } from '../errors.js';
import type { IssueCode } from '../issue-codes.js';

/**
 * Checks the document's own etcd settings against its certificates: TLS that is set twice, cipher suites that do not work with the
 * cluster's keys.
 *
 * @param path - path of the settings in the document, such as `etcd.settings`
 * @internal
 */
export function checkClusterSettings(spec: ClusterSpec, path: string): readonly Issue[] {
  return [...checkAutoTls(spec, path), ...checkCipherSuites(spec, `${path}.cipher-suites`)];
}

function checkAutoTls(spec: ClusterSpec, path: string): readonly Issue[] {
  return ['auto-tls', 'peer-auto-tls'].flatMap((name) =>
    settingOf(spec, name) === 'true' && spec.certificates.tls !== 'none'
      ? [
          issueOf(
            'auto-tls-beside-certificates',
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
  // The suites of ECDSA are those of Ed25519 too (RFC 8422, 2).
  const isEcdsa = !spec.certificates.key.startsWith('rsa');
  const fits = suites.some((suite) => (isEcdsa ? suite.includes('_ECDSA_') : /_RSA_WITH_/.test(suite)));
  return fits || settingOf(spec, 'tls-max-version') !== 'TLS1.2'
    ? []
    : [
        issueOf(
          'cipher-suites-of-keys',
          path,
          `None of the cipher suites works with the keys of the certificates, which are ${spec.certificates.key}, and TLS 1.3 is ruled out.`,
          `Add TLS_ECDHE_${isEcdsa ? 'ECDSA' : 'RSA'}_WITH_AES_128_GCM_SHA256, or leave out tls-max-version.`,
        ),
      ];
}

function settingOf(spec: ClusterSpec, name: string): string | undefined {
  return spec.etcd.settings.find((setting) => setting.name === name)?.value;
}

function issueOf(code: IssueCode, path: string, message: string, cure: string): Issue {
  return { code, path, message, cure };
}
