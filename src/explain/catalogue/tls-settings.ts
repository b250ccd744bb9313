import type { KnownMessage } from '../known-message.js';

/** @internal */
export const tlsSettingMessages: readonly KnownMessage[] = [
  {
    id: 'cipher-suite-unknown',
    level: 'error',
    title: 'etcd does not know a cipher suite',
    wordings: [{ text: 'unexpected TLS cipher suite "{value}"' }],
    cause: 'Go has no cipher suite "{value}".',
    cure: 'Use the names of IANA that Go lists, such as TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256; those of TLS 1.3 cannot be chosen.',
    source: 'etcd client/pkg/tlsutil/cipher_suites.go',
  },
  {
    id: 'cipher-suites-without-use',
    level: 'error',
    title: 'Cipher suites are set where TLS 1.3 alone is allowed',
    wordings: [{ text: 'cipher suites cannot be configured when only TLS1.3 is enabled' }],
    cause: 'Go chooses the cipher suites of TLS 1.3 itself.',
    cure: 'Leave out --cipher-suites, or allow TLS 1.2.',
    source: 'etcd server/embed/config.go Validate',
  },
  {
    id: 'tls-version',
    level: 'error',
    title: 'A TLS version is none that can be set',
    wordings: [
      { text: 'unexpected TLS version "{value}"' },
      { text: 'min version ({value}) is greater than max version ({most})' },
    ],
    cause: '"{value}" is not TLS1.2 or TLS1.3, or the lowest is above the highest.',
    cure: 'Write TLS1.2 or TLS1.3 in --tls-min-version and --tls-max-version.',
    source: 'etcd client/pkg/tlsutil/versions.go',
  },
  {
    id: 'key-without-certificate',
    level: 'error',
    title: 'A certificate is set without its key, or a key without its certificate',
    wordings: [
      { text: 'KeyFile and CertFile must both be present[key: {key-file}, cert: {cert-file}]' },
      { text: 'ClientKeyFile and ClientCertFile must both be present or both absent' },
    ],
    cause: 'One of the two is not set[[: the key is "{key-file}"]][[, the certificate "{cert-file}"]].',
    cure: 'Set both.',
    source: 'etcd client/pkg/transport/listener.go baseConfig',
  },
  {
    id: 'https-without-certificate',
    level: 'error',
    title: 'An https URL has no certificate',
    wordings: [
      { text: 'cannot listen on TLS for {listen-address}: KeyFile and CertFile are not presented' },
      { text: 'TLS key/cert (--cert-file, --key-file) must be provided for client url {url}' },
      { text: 'client TLS key/cert (--cert-file, --key-file) must be provided for metrics secure url' },
    ],
    cause:
      'A URL says https[[ ({url})]][[ ({listen-address})]] and the certificate for it is not set: --cert-file and --key-file for client and metrics URLs, --peer-cert-file and --peer-key-file for peer URLs. In a configuration file they are called cert-file and key-file in both sections; what is called otherwise is ignored.',
    cure: 'Set both files, or write http for a listener on 127.0.0.1.',
    source: 'etcd server/embed/etcd.go; etcd client/pkg/transport/listener.go; etcd issue 13117',
  },
  {
    id: 'http-and-grpc-same-url',
    level: 'error',
    title: 'HTTP and gRPC have the same URL',
    wordings: [
      {
        text: 'cannot bind both --listen-client-urls and --listen-client-http-urls on the same url {url}',
        releases: '3.6 and later',
      },
      {
        text: 'cannot bind both --client-listen-urls and --client-listen-http-urls on the same url {url}',
        releases: '3.5',
      },
    ],
    cause: '{url} is in both lists.',
    cure: 'Give --listen-client-http-urls another port.',
    source: 'etcd server/embed/etcd.go configureClientListeners',
  },
  {
    id: 'cipher-suites-of-http2',
    level: 'error',
    title: 'A cipher suite that HTTP/2 needs is missing',
    wordings: [
      { text: 'http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher' },
    ],
    cause: '--cipher-suites has suites, and none of them is the one that HTTP/2, and so gRPC, needs.',
    cure: 'Add TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, as the key of the server is, or leave --cipher-suites out.',
    source: 'golang.org/x/net/http2/server.go ConfigureServer',
  },
  {
    id: 'allowed-names-exclusive',
    level: 'error',
    title: 'Two ways of allowing certificates exclude each other',
    wordings: [
      { text: 'AllowedCNs and AllowedHostnames are mutually exclusive' },
      { text: 'AllowedCN and AllowedHostname are mutually exclusive' },
      { text: 'AllowedCN and AllowedCNs are mutually exclusive' },
      { text: 'AllowedHostname and AllowedHostnames are mutually exclusive' },
    ],
    cause:
      '--peer-cert-allowed-cn and --peer-cert-allowed-hostname (or their client counterparts) are both set.',
    cure: 'Keep one of them, with all the names that are to be allowed.',
    source: 'etcd client/pkg/transport/listener.go baseConfig',
  },
  {
    id: 'auto-tls',
    level: 'notice',
    title: 'etcd makes certificates by itself',
    wordings: [
      { text: 'automatically generate certificates' },
      { text: 'ignoring client auto TLS since certs given', releases: '3.4' },
      { text: 'ignoring peer auto TLS since certs given', releases: '3.4' },
    ],
    cause: '--auto-tls or --peer-auto-tls is set: the connection is encrypted, and nobody knows with whom.',
    cure: 'Nothing for a trial. For anything else set certificates of a CA; they take precedence.',
    source: 'etcd server/embed/config.go ClientSelfCert, PeerSelfCert',
  },
];
