import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { CertificateListContents, RevokedEntry } from '../../../src/x509/certificate-list.js';
import { REVOCATION_REASONS, serialValue } from './arbitraries.js';
import {
  pkijsAuthorityKeyIdentifier,
  pkijsInteger,
  pkijsName,
  pkijsSignature,
  pkijsTime,
} from './pkijs-certificate.js';

/** The whole list, under any signature, as pkijs writes it. */
export function pkijsCertificateList(contents: CertificateListContents, signature: Uint8Array): Uint8Array {
  const list = new pkijs.CertificateRevocationList();
  list.version = 1;
  list.signature = pkijsSignature(contents.signatureAlgorithm);
  list.signatureAlgorithm = pkijsSignature(contents.signatureAlgorithm);
  list.signatureValue = new asn1js.BitString({ valueHex: signature });
  list.issuer = pkijsName(contents.issuer);
  list.thisUpdate = pkijsTime(contents.thisUpdate);
  list.nextUpdate = pkijsTime(contents.nextUpdate);
  if (contents.revokedCertificates.length > 0)
    list.revokedCertificates = contents.revokedCertificates
      .toSorted((one, other) => (serialValue(one) < serialValue(other) ? -1 : 1))
      .map(pkijsRevoked);
  const { authorityKeyIdentifier } = contents;
  list.crlExtensions = new pkijs.Extensions({
    extensions: [
      ...(authorityKeyIdentifier === undefined
        ? []
        : [extension('2.5.29.35', pkijsAuthorityKeyIdentifier(authorityKeyIdentifier))]),
      extension('2.5.29.20', new asn1js.Integer({ value: contents.crlNumber })),
    ],
  });
  return new Uint8Array(list.toSchema(true).toBER());
}

function pkijsRevoked({ serialNumber, revocationDate, reason }: RevokedEntry): pkijs.RevokedCertificate {
  return new pkijs.RevokedCertificate({
    userCertificate: pkijsInteger(serialNumber),
    revocationDate: pkijsTime(revocationDate),
    ...(reason === undefined
      ? {}
      : {
          crlEntryExtensions: new pkijs.Extensions({
            extensions: [extension('2.5.29.21', new asn1js.Enumerated({ value: reasonCode(reason) }))],
          }),
        }),
  });
}

/** CRLReason leaves out 7, and 8 is removeFromCRL (RFC 5280, 5.3.1). */
function reasonCode(reason: NonNullable<RevokedEntry['reason']>): number {
  const place = REVOCATION_REASONS.indexOf(reason) + 1;
  return place > 6 ? place + 2 : place;
}

function extension(extnID: string, value: asn1js.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical: false, extnValue: value.toBER() });
}
