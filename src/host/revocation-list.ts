import type { ReadResult } from '../x509/read/certificate.js';
import { decodePem } from '../x509/read/pem.js';
import {
  type RevocationListParser,
  type RevocationListView,
  readRevocationList,
} from '../x509/read/revocation-list.js';
import type { RootFile } from './host-root.js';

/**
 * A CRL as each of Go's readers takes it: etcd's releases differ in which they use.
 *
 * @internal
 */
export type RevocationFile =
  | { readonly type: 'missing' }
  /** Why it was not looked at. */
  | { readonly type: 'unread'; readonly why: string }
  | {
      readonly type: 'file';
      readonly isPem: boolean;
      readonly read: Readonly<Record<RevocationListParser, ReadResult<RevocationListView>>>;
    };

const PEM_TYPE = 'X509 CRL';
const PEM_BEGIN: Uint8Array = Uint8Array.from(`-----BEGIN ${PEM_TYPE}`, (character) =>
  character.charCodeAt(0),
);

/**
 * Reads a CRL. PEM is for `x509.ParseCRL` alone, and only where the file begins with it (Go `crypto/x509/x509.go`).
 *
 * @internal
 */
export function readRevocationFile(file: RootFile | undefined, unread?: string): RevocationFile {
  if (file === undefined) return unread === undefined ? { type: 'missing' } : { type: 'unread', why: unread };
  const { bytes } = file;
  const [block] = PEM_BEGIN.every((octet, index) => bytes[index] === octet) ? decodePem(bytes) : [];
  const pem = block?.type === PEM_TYPE ? block.bytes : undefined;
  return {
    type: 'file',
    isPem: pem !== undefined,
    read: {
      ParseCRL: readRevocationList(pem ?? bytes, 'ParseCRL'),
      ParseRevocationList: readRevocationList(bytes, 'ParseRevocationList'),
    },
  };
}
