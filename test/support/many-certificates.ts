/** A self-signed P-256 certificate of CN=a1, made by OpenSSL; its key is gone. */
const CERTIFICATE: Buffer = Buffer.from(
  'MIIBgDCCASagAwIBAgIUE+rlKe5Z597mlo0x/Zey2Ck47lcwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCYTEwHhcNMjYxMTI3MDQwNzEzWhcNMjcwMjI1MDQwNzEzWjANMQswCQYDVQQDDAJhMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPJ0vrq3la+5faSBoHz6jJlI6J9Fn6vOE6SJ+oFFoIyCqUp3+YUcZI90AQ1qWh/wMiCk0z6cLhwrqbNo39KAP+ujZDBiMB0GA1UdDgQWBBRry+cLuvXJQHXDLL00Bo8CZA2YPDAfBgNVHSMEGDAWgBRry+cLuvXJQHXDLL00Bo8CZA2YPDAPBgNVHRMBAf8EBTADAQH/MA8GA1UdEQQIMAaHBAoAAAEwCgYIKoZIzj0EAwIDSAAwRQIhAKEDFtj8rtK7XoX2iNZnpp7f0G0NU2fhWwBPV+hFLkLiAiBanNQpE4ln1aiRXwvWXlPeVQr7didssg5fewPd/BUiMw==',
  'base64',
);
/** Of a serial number of twenty octets (X.690, 8.3): behind its tag, its length and the first four. */
const SERIAL: number = CERTIFICATE.indexOf(Buffer.from([0x02, 0x14])) + 6;

/** As many certificates with serial numbers of their own, as PEM; their signatures say nothing. */
export function manyCertificates(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const copy = Buffer.from(CERTIFICATE);
    copy.writeUInt32BE(index, SERIAL);
    return `-----BEGIN CERTIFICATE-----\n${copy.toString('base64')}\n-----END CERTIFICATE-----\n`;
  }).join('');
}
