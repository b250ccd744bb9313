import { execFileSync } from 'node:child_process';

/** One question to `go-x509` (test/programs/modules/go-x509), PEM or DER as Go's own functions take it. */
export type GoQuestion =
  | { readonly ask: 'certificate'; readonly certificate: Uint8Array }
  | { readonly ask: 'crl' | 'old crl'; readonly list: Uint8Array }
  | { readonly ask: 'pool'; readonly roots: Uint8Array | string }
  | {
      readonly ask: 'pair';
      readonly certificate: Uint8Array | string;
      readonly key: Uint8Array | string;
    }
  | {
      readonly ask: 'handshake';
      readonly certificate: Uint8Array | string;
      readonly key: Uint8Array | string;
      readonly roots: Uint8Array | string;
      readonly at: number;
      readonly host: string;
    }
  | {
      readonly ask: 'chain';
      readonly certificate: Uint8Array | string;
      readonly roots: Uint8Array | string;
      readonly usage: 'serverAuth' | 'clientAuth';
      readonly at: number;
      readonly host?: string;
    };

export interface GoAnswer {
  /** Go's words; the empty string where it is content. */
  readonly says: string;
  readonly certificate?: GoCertificate;
  /** Serial numbers of a CRL, hexadecimal. */
  readonly revoked?: readonly string[];
}

export interface GoCertificate {
  readonly version: number;
  /** Hexadecimal, without leading zeros. */
  readonly serial: string;
  /** In the order of the encoding, types as object identifiers. */
  readonly subject: readonly { readonly type: string; readonly value: string }[];
  readonly rawSubject: string;
  readonly rawIssuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly isCA: boolean;
  /** -1: none. */
  readonly maxPathLen: number;
  readonly subjectKeyId: string;
  readonly authorityKeyId: string;
}

const OCTETS: readonly string[] = ['certificate', 'key', 'list', 'roots'];

/** Asks everything at once: a process takes longer to start than to answer. */
export function askGo(program: string, questions: readonly GoQuestion[]): readonly GoAnswer[] {
  // Field by field: a Buffer turns itself into an array of numbers before a replacer sees it.
  const input = JSON.stringify(
    questions.map((question) =>
      Object.fromEntries(
        Object.entries<string | number | Uint8Array>(question).map(([name, value]) => [
          name,
          OCTETS.includes(name) && typeof value !== 'number' ? Buffer.from(value).toString('base64') : value,
        ]),
      ),
    ),
  );
  const answers: readonly GoAnswer[] = JSON.parse(
    execFileSync(program, { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  );
  return answers;
}
