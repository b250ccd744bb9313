import type { KnownMessage } from '../known-message.js';

/**
 * What Go has against the contents of a certificate or key: it is damaged, of a kind that TLS does not take, or a CA that may not
 * sign what it signed.
 *
 * @internal
 */
export const malformedMessages: readonly KnownMessage[] = [
  {
    id: 'algorithm-not-usable',
    level: 'error',
    title: 'A certificate has a key or signature that TLS does not take',
    wordings: [
      { text: 'tls: unsupported certificate curve ({curve})' },
      { text: 'tls: unknown public key algorithm' },
      { text: 'tls: server sent certificate containing RSA key larger than' },
      { text: 'tls: client sent certificate containing RSA key larger than' },
      { text: 'tls: unsupported certificate key ({kind})' },
      { text: "tls: peer doesn't support any of the certificate's signature algorithms" },
      { text: "doesn't support the certificate's signature algorithms", by: 'other' },
      { text: 'crypto/rsa: {bits}-bit keys are insecure' },
      { text: 'x509: cannot verify signature: insecure algorithm' },
      { text: 'x509: cannot verify signature: algorithm unimplemented' },
      { text: 'x509: signature algorithm specifies an' },
      { text: 'tls: client requested unsupported application protocols' },
      { text: 'remote error: tls: handshake failure' },
      { text: 'tls: no cipher suite supported by both client and server' },
      { text: 'tls: protocol version not supported' },
      { text: 'tls: server selected unsupported protocol version' },
      { text: 'tls: client offered only unsupported versions' },
      { text: 'alert handshake failure', by: 'openssl' },
      { text: 'alert protocol version', by: 'openssl' },
    ],
    cause:
      "The key of the certificate, or the algorithm of its signature, is one that Go's TLS does not use: P-224, RSA below 1024 or above 8192 bits, DSA, SHA-1 or MD5; or the two ends have no cipher suite or version of TLS in common.",
    cure: 'Issue the certificate again with ECDSA P-256, P-384 or P-521, Ed25519, or RSA of 2048 to 4096 bits, signed with SHA-256 or longer. Leave --cipher-suites, --tls-min-version and --tls-max-version out, or give both ends something in common.',
    source: 'Go crypto/tls/auth.go, handshake_client.go; crypto/x509/x509.go checkSignature',
  },
  {
    id: 'authority-may-not-sign',
    level: 'error',
    title: 'A CA may not sign what it signed',
    wordings: [
      { text: 'x509: invalid signature: parent certificate cannot sign this kind of certificate' },
      { text: 'x509: certificate is not authorized to sign other certificates' },
      { text: 'x509: too many intermediates for path length constraint' },
      { text: 'x509: unhandled critical extension' },
      { text: 'x509: no valid chains built' },
      { text: 'x509: issuer name does not match subject from issuing certificate' },
    ],
    cause:
      'A certificate above this one is not a CA (basic constraints CA:TRUE, key usage keyCertSign), has more CAs below it than its path length allows, or has a critical extension that Go does not know.',
    cure: 'Sign with a CA certificate: openssl x509 -in ca.crt -noout -ext basicConstraints,keyUsage has to show CA:TRUE and Certificate Sign. Put that CA into the trusted CA file.',
    source: 'Go crypto/x509/verify.go isValid, x509.go CheckSignatureFrom',
  },
  {
    id: 'signature-wrong',
    level: 'error',
    title: 'A signature is not of the CA that it names',
    wordings: [
      { text: 'crypto/rsa: verification error' },
      { text: 'x509: ECDSA verification failure' },
      { text: 'x509: Ed25519 verification failure' },
      { text: 'tls: invalid signature by the' },
    ],
    cause:
      'A CA of the same name signed the certificate, with another key: an earlier CA, or the CA of another cluster that is called the same.',
    cure: 'Compare key identifiers (openssl x509 -noout -ext subjectKeyIdentifier,authorityKeyIdentifier), give all hosts the same CA file, and issue certificates of the other CA again.',
    source: 'Go crypto/x509/x509.go checkSignature',
  },
  {
    id: 'key-malformed',
    level: 'error',
    title: 'A private key is malformed',
    wordings: [
      { text: 'x509: failed to parse private key' },
      { text: 'x509: unsupported private key version' },
      { text: 'x509: private key contains zero or negative value' },
      { text: 'x509: invalid private key' },
      { text: 'crypto/rsa: invalid private key' },
      { text: 'crypto/rsa: invalid {part}' },
      { text: 'crypto/ecdh: invalid p' },
    ],
    cause: 'The key file holds PEM, and what is in it is not a key: damaged, cut off, or encrypted.',
    cure: 'openssl pkey -in x.key -noout -check says whether it is whole; put the right file there, or make key and certificate again.',
    source: 'Go crypto/x509/pkcs1.go, sec1.go, pkcs8.go',
  },
  {
    id: 'certificate-malformed',
    level: 'error',
    title: 'A certificate is malformed',
    wordings: [
      { text: 'x509: malformed {part}' },
      { text: 'x509: invalid {part}' },
      { text: 'x509: unsupported {part}' },
      { text: 'x509: negative serial number' },
      { text: 'x509: inner and outer signature algorithm' },
      { text: 'x509: certificate contains duplicate extension' },
      { text: 'x509: {extension} incorrectly marked critical' },
      { text: 'x509: empty name constraints extension' },
      { text: 'x509: failed to parse {kind} constraint' },
      { text: 'x509: IP constraint contained' },
      { text: 'x509: SAN {kind} is malformed' },
      { text: 'x509: cannot parse {value}' },
      { text: 'x509: wrong Ed25519 public key size' },
      { text: 'x509: RSA key missing NULL parameters' },
      { text: 'x509: RSA modulus is not a positive number' },
      { text: 'x509: RSA public exponent is not a positive number' },
      { text: 'x509: zero or negative DSA parameter' },
      { text: 'key encoded with illegal parameters', by: 'other' },
    ],
    cause:
      'A certificate or CRL breaks the rules of its format, and Go, stricter than OpenSSL, does not read it[[: {part}]]: damaged, or made by a program that wrote it wrongly.',
    cure: 'Issue it again with another program or without the extension that is named; openssl x509 -in x.crt -noout -text and openssl asn1parse -in x.crt show what is in it.',
    source: 'Go crypto/x509/parser.go',
  },
];
