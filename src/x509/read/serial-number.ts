/**
 * A serial number in whole octets, as OpenSSL shows it.
 *
 * @param serialNumber - hexadecimal, without leading zeros, as a certificate is read
 * @internal
 */
export function wholeOctets(serialNumber: string): string {
  return serialNumber.padStart(serialNumber.length + (serialNumber.length % 2), '0');
}
