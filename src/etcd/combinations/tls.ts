import { HTTP2_CIPHER_SUITES } from '../cipher-suites.js';
import { isInSpan, type ReleaseSpan } from '../release-span.js';
import { isSecure, secureUrl } from './listener-urls.js';
import { isOn, listOf, type SettingRule } from './setting-rule.js';

/**
 * Patches in which the CRL also holds on a port that serves gRPC alone (GHSA-3wh4-j44w-pg92; never fixed in 3.4).
 *
 * @internal
 */
export const CRL_ON_GRPC: ReleaseSpan = { since: { '3.5': 32, '3.6': 13 } };

/** Patches that take several of each (etcd-io/etcd#18015). */
const SEVERAL_ALLOWED: ReleaseSpan = { since: { '3.5': 15 } };

/**
 * TLS versions, cipher suites, and who is let in (etcd `embed/config.go`, Validate; `client/pkg/transport/listener.go`).
 *
 * @internal
 */
export const tlsRules: readonly SettingRule[] = [
  {
    id: 'tls-versions-cross',
    level: 'error',
    reads: ['tls-min-version', 'tls-max-version'],
    *check({ value }) {
      if (value('tls-min-version') !== 'TLS1.3' || value('tls-max-version') !== 'TLS1.2') return;
      yield {
        name: 'tls-min-version',
        message: 'tls-min-version is above tls-max-version.',
        cure: 'Raise tls-max-version or leave it out.',
        says: 'min version (TLS1.3) is greater than max version (TLS1.2)',
      };
    },
  },
  {
    id: 'cipher-suites-of-tls-1.3',
    level: 'error',
    reads: ['cipher-suites', 'tls-min-version'],
    *check({ value }) {
      if (value('cipher-suites') === undefined || value('tls-min-version') !== 'TLS1.3') return;
      yield {
        name: 'cipher-suites',
        message: 'TLS 1.3 has cipher suites of its own.',
        cure: 'Leave out cipher-suites, or set tls-min-version to TLS1.2.',
        says: 'cipher suites cannot be configured when only TLS1.3 is enabled',
      };
    },
  },
  {
    id: 'cipher-suites-of-http-2',
    level: 'error',
    reads: ['cipher-suites', 'tls-min-version', 'listen-client-urls', 'listen-client-http-urls'],
    *check(view) {
      const suites = listOf(view, 'cipher-suites');
      const secure = secureUrl(view, ['listen-client-urls', 'listen-client-http-urls']);
      // With TLS 1.3 alone the row above has said to leave them out.
      if (suites === undefined || secure === undefined || view.value('tls-min-version') === 'TLS1.3') return;
      if (HTTP2_CIPHER_SUITES.some((suite) => suites.includes(suite))) return;
      yield {
        name: 'cipher-suites',
        message: 'HTTP/2, and with it gRPC, wants a cipher suite that is not among these.',
        cure: `Add ${HTTP2_CIPHER_SUITES.join(' or ')}, whichever fits the certificates' keys.`,
        says: 'http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher',
      };
    },
  },
  {
    id: 'peers-allowed-twice',
    level: 'error',
    reads: ['peer-cert-allowed-cn', 'peer-cert-allowed-hostname', 'peer-cert-file'],
    *check({ value, version }) {
      const [name, hostname] = [value('peer-cert-allowed-cn'), value('peer-cert-allowed-hostname')];
      if (name === undefined || hostname === undefined || value('peer-cert-file') === undefined) return;
      yield {
        name: 'peer-cert-allowed-cn',
        message: 'Peers are held against names of two kinds.',
        cure: 'Keep one of peer-cert-allowed-cn and peer-cert-allowed-hostname.',
        says: isInSpan(version, SEVERAL_ALLOWED)
          ? 'AllowedCNs and AllowedHostnames are mutually exclusive'
          : `AllowedCN and AllowedHostname are mutually exclusive (cn="${name}", hostname="${hostname}")`,
      };
    },
  },
  {
    // The gateway dials the server without verifying it, so that Go has no verified chain to check the names in (etcd-io/etcd#15755).
    id: 'allowed-hostname-and-gateway',
    level: 'warning',
    reads: ['client-cert-allowed-hostname', 'enable-grpc-gateway', 'listen-client-urls', 'cert-file'],
    *check(view) {
      const { value } = view;
      if (value('client-cert-allowed-hostname') === undefined || value('cert-file') === undefined) return;
      if (!isOn(view, 'enable-grpc-gateway') || !isSecure(view, 'listen-client-urls')) return;
      yield {
        name: 'client-cert-allowed-hostname',
        message: 'client-cert-allowed-hostname locks out the gRPC gateway, whatever the certificates say.',
        cure: 'Set enable-grpc-gateway to false as well.',
        says: 'client certificate authentication failed',
      };
    },
  },
  {
    id: 'crl-passed-over',
    level: 'warning',
    reads: ['client-crl-file', 'listen-client-http-urls'],
    *check({ value, version }) {
      if (value('client-crl-file') === undefined || value('listen-client-http-urls') === undefined) return;
      if (isInSpan(version, CRL_ON_GRPC)) return;
      yield {
        name: 'client-crl-file',
        message:
          'With listen-client-http-urls this version ignores client-crl-file on the gRPC port, and revoked clients pass (GHSA-3wh4-j44w-pg92).',
        cure: 'Leave one of them out, or use etcd 3.5.32, 3.6.13, 3.7.0 or later.',
      };
    },
  },
];
