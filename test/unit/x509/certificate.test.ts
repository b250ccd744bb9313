import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CertificateContents, encodeTbsCertificate } from '../../../src/x509/certificate.js';
import { distinguishedName } from '../../../src/x509/distinguished-name.js';
import { encodePem } from '../../../src/x509/pem.js';
import { encodeSigned } from '../../../src/x509/signed.js';

/** Go 1.26's crypto/x509 with the template of kubeadm's etcd-ca. */
const GO_CA = `-----BEGIN CERTIFICATE-----
MIIBcDCCARagAwIBAgIIf+3LqYdlQyEwCgYIKoZIzj0EAwIwEjEQMA4GA1UEAxMH
ZXRjZC1jYTAeFw0yNTEyMzEyMzU1MDBaFw0zNTEyMjkyMzU1MDBaMBIxEDAOBgNV
BAMTB2V0Y2QtY2EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ6UavtjsjgZm8L
8gU+1dfQEeQ68SvKzJOA9gHJt9AdaXuLvfDg4bdPfoa4efLmlwkktav059rhk7a/
E+DfzELto1YwVDAOBgNVHQ8BAf8EBAMCAqQwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
HQ4EFgQUux8iW5bZcbTyAnh0j9jCr4FqsKswEgYDVR0RBAswCYIHZXRjZC1jYTAK
BggqhkjOPQQDAgNIADBFAiBcMOTAqANJh+ksPhs1Yqb4SJbEcGJVRhrzJE3xj8vk
oQIhAKIkV2H1UG5uUPlLt5rqOdjPumldjvUlupZExuAt2Oqh
-----END CERTIFICATE-----
`;

/** The same with the template of etcd-server, an organization added, valid until 2050. */
const GO_SERVER = `-----BEGIN CERTIFICATE-----
MIIBzjCCAXSgAwIBAgIEAKvN7zAKBggqhkjOPQQDAjASMRAwDgYDVQQDEwdldGNk
LWNhMCAXDTI1MTIzMTIzNTUwMFoYDzIwNTAxMjI1MjM1NTAwWjAqMRcwFQYDVQQK
Ew5zeXN0ZW06bWFzdGVyczEPMA0GA1UEAxMGaW5mcmEwMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAElgIpsmXzzdzdShqKK/Y0Qqe4VV17wi1HLkJr2kgIszC+Zb0k
FUAVLCaWg771NXPoS2vd997Ut3lgR8kT+frPqKOBnTCBmjAOBgNVHQ8BAf8EBAMC
BaAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMAwGA1UdEwEB/wQCMAAw
HwYDVR0jBBgwFoAUux8iW5bZcbTyAnh0j9jCr4FqsKswOgYDVR0RBDMwMYIGaW5m
cmEwgglsb2NhbGhvc3SHBAoAAAaHBH8AAAGHEAAAAAAAAAAAAAAAAAAAAAEwCgYI
KoZIzj0EAwIDSAAwRQIhAPK7TUN5MK6NobvuZlkdPBsPHfj+UW8hTk19y4iMWgbG
AiBUwPtye2DfpCHZwCLZdqYieFDrRxnD0toWl/OotNbitw==
-----END CERTIFICATE-----
`;

const CA: CertificateContents = {
  serialNumber: new Uint8Array(Buffer.from('7fedcba987654321', 'hex')),
  signatureAlgorithm: 'ecdsa-with-SHA256',
  issuer: distinguishedName({ CN: 'etcd-ca' }),
  validity: { notBefore: 1_767_225_300, notAfter: 1_767_225_300 + 87_600 * 3600 },
  subject: distinguishedName({ CN: 'etcd-ca' }),
  subjectPublicKeyInfo: publicKeyOf(GO_CA),
  keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
  extendedKeyUsage: [],
  basicConstraints: { ca: true },
  subjectKeyIdentifier: new Uint8Array(Buffer.from('bb1f225b96d971b4f20278748fd8c2af816ab0ab', 'hex')),
  altNames: [{ type: 'dns', name: 'etcd-ca' }],
};

const SERVER: CertificateContents = {
  serialNumber: new Uint8Array(Buffer.from('abcdef', 'hex')),
  signatureAlgorithm: 'ecdsa-with-SHA256',
  issuer: CA.subject,
  validity: { notBefore: 1_767_225_300, notAfter: 1_767_225_300 + 219_000 * 3600 },
  subject: distinguishedName({ CN: 'infra0', O: 'system:masters' }),
  subjectPublicKeyInfo: publicKeyOf(GO_SERVER),
  keyUsage: ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsage: ['serverAuth', 'clientAuth'],
  basicConstraints: { ca: false },
  authorityKeyIdentifier: new Uint8Array(Buffer.from('bb1f225b96d971b4f20278748fd8c2af816ab0ab', 'hex')),
  altNames: [
    { type: 'dns', name: 'infra0' },
    { type: 'dns', name: 'localhost' },
    { type: 'ip', version: 4, address: '10.0.0.6' },
    { type: 'ip', version: 4, address: '127.0.0.1' },
    { type: 'ip', version: 6, address: '::1' },
  ],
};

describe("kubeadm's certificates", () => {
  it.each([
    ['CA', GO_CA, CA],
    ['server', GO_SERVER, SERVER],
  ])('are made octet for octet: %s', (_name, pem, contents) => {
    // A signature is drawn anew each time: Go's own is put under our octets.
    const certificate = encodeSigned(encodeTbsCertificate(contents), 'ecdsa-with-SHA256', signatureOf(pem));
    expect(encodePem('CERTIFICATE', certificate)).toBe(pem);
  });
});

describe('an empty subject', () => {
  it('makes the SAN critical (RFC 5280, 4.1.2.6)', () => {
    const hex = (contents: CertificateContents): string =>
      Buffer.from(encodeTbsCertificate(contents)).toString('hex');
    expect(hex(SERVER)).toContain('0603551d110433');
    expect(hex({ ...SERVER, subject: [] })).toContain('0603551d110101ff0433');
    expect(hex({ ...SERVER, subject: { der: Uint8Array.of(0x30, 0) } })).toContain('0603551d110101ff0433');
  });
});

function publicKeyOf(pem: string): Uint8Array {
  return new Uint8Array(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }));
}

/** The BIT STRING that ends the certificate, and in it an Ecdsa-Sig-Value: 70 to 72 octets. */
function signatureOf(pem: string): Uint8Array {
  const { raw } = new X509Certificate(pem);
  const sizes = [70, 71, 72].filter((size) =>
    raw.subarray(-size - 3, -size + 1).equals(Buffer.of(3, size + 1, 0, 0x30)),
  );
  expect(sizes).toHaveLength(1);
  return new Uint8Array(raw.subarray(-(sizes[0] ?? 0)));
}
