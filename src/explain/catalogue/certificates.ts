import type { KnownMessage } from '../known-message.js';

/** @internal */
export const certificateMessages: readonly KnownMessage[] = [
  {
    id: 'client-without-certificate',
    level: 'error',
    title: 'Somebody connected without a certificate',
    wordings: [
      { text: "tls: client didn't provide a certificate" },
      { text: 'remote error: tls: certificate required', releases: '3.5 and later' },
      { text: 'tls: certificate required' },
    ],
    cause:
      'The listener asks for a client certificate, because --client-cert-auth or --trusted-ca-file is set, and none was sent[[ by {remote}]].',
    cure: 'Give the client a certificate of the CA that --trusted-ca-file names: --cert and --key of etcdctl, or ETCDCTL_CERT and ETCDCTL_KEY.',
    source:
      'Go crypto/tls/handshake_server.go; etcd client/pkg/transport/listener.go ServerConfig; etcd issue 14090',
  },
  {
    id: 'certificate-key-usage',
    level: 'error',
    title: 'A certificate is not meant for what it is used for',
    wordings: [{ text: 'x509: certificate specifies an incompatible key usage' }],
    cause:
      'The certificate {whose} has an extended key usage without {usage}, or one of the CAs above it has. etcd uses a peer certificate on both sides of a connection, and the server certificate as a client too, for its own gRPC gateway.',
    cure: 'Issue it again with both serverAuth and clientAuth ("server auth" and "client auth" in a cfssl profile); clients need clientAuth. From 3.5 on, --client-cert-file and --peer-client-cert-file can name a second certificate for the client side; --enable-grpc-gateway=false spares the gateway.',
    source: 'Go crypto/x509/verify.go; etcd issues 9785 and 17969',
  },
  {
    id: 'certificate-name-constraints',
    level: 'error',
    title: 'A CA has signed for a name that it may not sign for',
    wordings: [
      {
        text: 'x509: a root or intermediate certificate is not authorized to sign for this name: {reason}',
      },
    ],
    cause:
      'The CA of the certificate, or one above it, has name constraints, and one of the names in the certificate lies outside of them: {reason}. Every name counts, also those that nobody uses, such as localhost and 127.0.0.1.',
    cure: 'Issue the certificate again without that name, or from a CA whose name constraints allow it (openssl x509 -in ca.crt -noout -ext nameConstraints).',
    source: 'RFC 5280, 4.2.1.10; Go crypto/x509/constraints.go',
  },
  {
    id: 'incoming-authority-unknown',
    level: 'error',
    title: 'Somebody connected with a certificate of another CA',
    wordings: [{ text: 'x509: certificate signed by unknown authority', role: 'incoming' }],
    cause:
      "The certificate {whose} does not lead to a CA in the file that {trust-flag} names here. That file may be another CA's or empty, the certificate may be of another cluster or miss its intermediates, or client-cert-auth is on without a CA file, and then only public CAs count.[[ Here a CA with the same name, {namesake}, and another key is trusted: one of another cluster, or an earlier one, on these hosts.]]",
    cure: 'Compare the issuer of the certificate with the CA file of this member (openssl verify -CAfile ca.crt client.crt); put all CAs in use into that file, and restart the member: it is read at its start alone.',
    source: 'Go crypto/x509/verify.go; etcd client/pkg/transport/listener.go; etcd issue 16590',
  },
  {
    id: 'outgoing-authority-unknown',
    level: 'error',
    title: 'A member or client does not know the CA of the one it dials',
    wordings: [
      { text: 'x509: certificate signed by unknown authority', role: 'outgoing' },
      { text: 'x509: certificate signed by unknown authority' },
      {
        text: 'remote error: tls: unknown certificate authority',
        role: 'outgoing',
        releases: '3.5 and later',
      },
      { text: 'remote error: tls: unknown certificate authority' },
    ],
    cause:
      "One side of a connection presents a certificate that does not lead to a CA which the other side trusts: the CA file (--cacert of etcdctl, --peer-trusted-ca-file among members) is another CA's, or intermediates are missing.",
    cure: 'Use the CA file of the bundle that the certificate comes from on both sides (openssl verify -CAfile ca.crt server.crt). While a CA is exchanged, the file must hold the old and the new one.',
    source: 'Go crypto/x509/verify.go',
  },
  {
    id: 'certificate-not-yet-valid',
    level: 'error',
    title: 'A certificate does not hold yet',
    wordings: [
      { text: 'certificate has expired or is not yet valid: current time {now} is before {not-before}' },
    ],
    cause:
      'The certificate {whose}, or a CA above it, begins at {not-before}, and the clock of the one that looked at it said {now}[[: {span} too early]]. The clocks of two hosts differ, or the certificate was made for later.',
    cure: 'Set the clocks: run chrony or systemd-timesyncd on every host and compare them (timedatectl). The certificate holds by itself from its begin on; it need not be issued again.',
    source: 'Go crypto/x509/verify.go; cluster-api issue 4304',
  },
  {
    id: 'certificate-expired',
    level: 'error',
    title: 'A certificate has ended, or does not hold yet',
    wordings: [
      { text: 'certificate has expired or is not yet valid: current time {now} is after {not-after}' },
      { text: 'certificate has expired or is not yet valid' },
      { text: 'tls: expired certificate' },
      { text: 'certificate has expired', also: 'lookup', by: 'openssl' },
      { text: 'certificate is not yet valid', by: 'openssl' },
      { text: 'SSL certificate problem: certificate has expired', by: 'other' },
    ],
    cause:
      'The certificate {whose}, or a CA above it, does not hold at this time[[. It ended at {not-after}]][[. It begins at {not-before}]][[. The clock said {now}]].',
    cure: 'Issue it again and put it in place: etcd reads certificate and key anew at every connection, without a restart. Where the clock is wrong, set it and keep it with NTP.',
    source: 'Go crypto/x509/verify.go; etcd client/pkg/transport/listener.go GetCertificate',
  },
  {
    id: 'certificate-without-addresses',
    level: 'error',
    title: 'A certificate has no address, and the URL has one',
    wordings: [
      { text: "x509: cannot validate certificate for {wanted} because it doesn't contain any IP SANs" },
    ],
    cause:
      'The URL leads to {wanted}, and the certificate there has no IP address among its subject alternative names. The common name counts for nothing.',
    cure: 'Issue it again with IP:{wanted}, or use a DNS name of the certificate in the URLs.',
    source: 'Go crypto/x509/verify.go VerifyHostname',
  },
  {
    id: 'certificate-name-mismatch',
    level: 'error',
    title: 'A certificate lacks the name or address of its host',
    wordings: [{ text: 'x509: certificate is valid for {names}, not {wanted}' }],
    cause:
      'The certificate {whose} is good for {names}; {wanted} is not among them. Where a listener says it about a peer, {wanted} is the address that the peer connects from.',
    cure: 'Issue the certificate again with {wanted} among its subject alternative names: every address that the member is reached at and connects from. Where the wrong source address is used, feature gate SetMemberLocalAddr (3.6 and later) binds it.',
    source:
      'Go crypto/x509/verify.go VerifyHostname; etcd client/pkg/transport/listener_tls.go checkCertSAN; etcd issue 8268',
  },
  {
    id: 'certificate-names-nobody',
    level: 'error',
    title: 'A certificate has no name at all that fits',
    wordings: [
      { text: "no alternative certificate subject name matches target host name '{wanted}'", by: 'other' },
      { text: 'no alternative certificate subject name matches target', by: 'other' },
      { text: 'hostname mismatch', by: 'openssl' },
      { text: 'IP address mismatch', by: 'openssl' },
      { text: 'x509: certificate is not valid for any names, but wanted to match {wanted}' },
      { text: 'x509: certificate relies on legacy Common Name field, use SANs' },
    ],
    cause:
      'The certificate {whose} has no subject alternative name of the kind that the URL has[[, which is {wanted}]]. The common name counts for nothing since Go 1.15.',
    cure: 'Issue it again with the DNS names and addresses of its host as subject alternative names.',
    source: 'Go crypto/x509/verify.go VerifyHostname; RFC 9525, 6',
  },
  {
    id: 'peer-dns-mismatch',
    level: 'error',
    title: 'The DNS names of a peer do not lead to where it connects from',
    wordings: [{ text: 'tls: "{source-address}" does not match any of DNSNames [{dns-names}]' }],
    cause:
      'A peer connected from {source-address} with a certificate for {dns-names}: neither does the reverse lookup of the address give one of them, nor the lookup of one of them the address.',
    cure: 'Issue the peer certificate again with IP:{source-address}, or make DNS agree in both directions on every member. Wildcards depend on the reverse lookup alone.',
    source: 'etcd client/pkg/transport/listener_tls.go checkCertSAN; etcd issues 8268, 8534, 8797 and 12562',
  },
  {
    id: 'name-not-allowed',
    level: 'error',
    title: 'A certificate is not among those that are allowed',
    wordings: [{ text: 'client certificate authentication failed' }],
    cause:
      'The certificate {whose} has another common name or host name than --peer-cert-allowed-cn, --peer-cert-allowed-hostname or --client-cert-allowed-hostname asks for. Among peers the rule holds in both directions. With --client-cert-allowed-hostname the gRPC gateway always fails so.',
    cure: 'Give all members names that the setting allows (a list from 3.5.15 on), or change the setting on every member. With --client-cert-allowed-hostname set --enable-grpc-gateway=false too.',
    source: 'etcd client/pkg/transport/listener.go baseConfig; etcd issue 15755',
  },
  {
    id: 'certificate-revoked',
    level: 'error',
    title: 'A certificate is revoked',
    wordings: [{ text: 'transport: certificate serial {serial} revoked' }],
    cause: 'The certificate {whose} has serial number {serial}, which the CRL of this listener lists.',
    cure: 'Issue a new certificate to whoever may still connect. Serial numbers are compared alone, whoever issued them.',
    source: 'etcd client/pkg/transport/listener_tls.go checkCRL',
  },
  {
    id: 'crl-unreadable',
    level: 'error',
    title: 'The CRL cannot be read, so everybody is rejected',
    wordings: [
      { text: 'x509: malformed crl' },
      { text: 'x509: malformed tbs crl' },
      { text: 'x509: malformed crl number' },
      { text: 'x509: malformed reasonCode extension' },
      { text: 'x509: unsupported crl version' },
      { text: 'x509: trailing data after CRL' },
    ],
    cause: 'The file of --client-crl-file or --peer-crl-file is no DER; 3.6 and later do not read PEM.',
    cure: 'openssl crl -in crl.pem -outform DER -out crl.der, and name that file. It is read anew at every connection.',
    source: 'etcd client/pkg/transport/listener_tls.go checkCRL; Go crypto/x509 ParseRevocationList',
  },
  {
    id: 'other-side-refused',
    level: 'error',
    title: 'The other side refused our certificate',
    wordings: [
      { text: 'remote error: tls: bad certificate' },
      { text: 'remote error: tls: unknown certificate', releases: '3.5 and later' },
    ],
    cause:
      "The other side of the connection[[, {remote},]] did not accept the certificate that it was shown: it trusts another CA, or its address, usage or time does not fit. Only its own log says which. Up to etcd 3.4 it stands for a client that sent no client certificate too. Where the address is the member's own, it is the gRPC gateway, and the server certificate lacks clientAuth.",
    cure: 'Look into the log of the other side at that time, and explain what it says there; clients print the reason themselves.',
    source: 'Go crypto/tls/alert.go; etcd issues 9785 and 17969',
  },
];
