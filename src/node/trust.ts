import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { TrustedAuthority } from '../pki/trusted-authority.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import { OID } from '../x509/object-identifiers.js';
import { encodePem } from '../x509/pem.js';
import type { CertificateView } from '../x509/read/certificate.js';
import { readCertificate } from '../x509/read/certificate-reader.js';
import { decodePem } from '../x509/read/pem.js';
import type { UnixTime } from '../x509/time.js';
import { type AuthorityFault, authorityFaults } from './authority-faults.js';
import { describeCertificate } from './inspect/certificate.js';
import { readPemFile } from './read/document.js';
import { sha256Of } from './sha256.js';

const PATH = 'certificates.trust';
const MIN_RSA = KEY_TABLE['rsa-2048'].modulusLength ?? 0;

/**
 * Reads the further CAs that a document names, to be passed to issuePki: every certificate of each file. A key that stands beside one is
 * left where it is.
 *
 * @param folder - what the paths in the document are relative to
 * @param now - seconds since the epoch
 * @returns none where the document names none
 * @throws EtcdBundleError `invalid-authority` with everything that keeps etcd from taking any of them, or their clients; `system`
 * @example
 * ```ts
 * const { text, folder } = await readDocument('cluster.yaml');
 * const spec = parseClusterDocument(text);
 * const trust = await readTrust(spec, folder, now);
 * const pki = await issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now, trust });
 * ```
 * @public
 */
export async function readTrust(
  { certificates: { trust = [] } }: ClusterSpec,
  folder: string,
  now: UnixTime,
): Promise<readonly TrustedAuthority[]> {
  const issues: Issue[] = [];
  const authorities = new Map<string, TrustedAuthority>();
  for (const [index, file] of trust.entries()) {
    const path = `${PATH}[${index}]`;
    const bytes = await readPemFile(file, folder, path);
    if (!(bytes instanceof Uint8Array)) {
      issues.push(bytes);
      continue;
    }
    const { views, faults } = readViews(bytes, now);
    for (const fault of faults) issues.push({ ...fault, path });
    for (const view of views) {
      const authority = describe(view);
      const isKnown = authorities.has(authority.fingerprint);
      if (isKnown) issues.push({ ...alreadyThere(view), path });
      authorities.set(authority.fingerprint, authority);
    }
  }
  if (issues.length > 0) throw new EtcdBundleError('invalid-authority', issues);
  return [...authorities.values()];
}

/** etcd takes what is in a block of a CA file, whatever its label, and ends where one is none (`client/pkg/tlsutil`, NewCertPool). */
function readViews(
  pem: Uint8Array,
  now: UnixTime,
): { readonly views: readonly CertificateView[]; readonly faults: readonly AuthorityFault[] } {
  const read = decodePem(pem)
    .map(({ type, bytes }) => ({ type, read: readCertificate(bytes) }))
    .filter(({ type, read: one }) => type.endsWith('CERTIFICATE') || one.type === 'ok');
  if (read.length === 0)
    return {
      views: [],
      faults: [
        {
          code: 'no-authority-certificate',
          message: 'The file contains no PEM certificate.',
          cure: 'Name a file with a CERTIFICATE block.',
        },
      ],
    };
  const views = read.flatMap(({ read: one }) => (one.type === 'ok' ? [one.value] : []));
  const faults = read.flatMap(({ read: one }, index): readonly AuthorityFault[] => {
    const place = read.length === 1 ? '' : `Certificate ${index + 1} of the file: `;
    if (one.type === 'ok')
      return [...authorityFaults(one.value, now), ...clientFaults(one.value)].map((fault) =>
        placed(fault, place),
      );
    return [
      {
        code: 'unreadable-authority-certificate',
        message: `${place === '' ? 'The certificate' : place.slice(0, -2)} cannot be read by etcd: ${one.says}.`,
        cure: 'Name a PEM certificate in sound DER.',
      },
    ];
  });
  return { views, faults };
}

/** What keeps a client's certificate from being accepted because this CA signed it. */
function clientFaults({ extendedKeyUsage = [], publicKey }: CertificateView): readonly AuthorityFault[] {
  const faults: (AuthorityFault | false)[] = [
    // Go wants a purpose in every certificate of a chain that names any (`crypto/x509`, checkChainForKeyUsage).
    extendedKeyUsage.length > 0 &&
      !extendedKeyUsage.includes(OID.clientAuth) &&
      !extendedKeyUsage.includes(OID.anyExtendedKeyUsage) && {
        code: 'authority-purposes',
        message: 'Its extended key usages do not allow certificates for clients.',
        cure: 'Name a CA without extended key usages, or with clientAuth.',
      },
    (publicKey.type === 'other' || (publicKey.type === 'rsa' && publicKey.bits < MIN_RSA)) && {
      code: 'authority-key-algorithm',
      message: `Its key is ${publicKey.type === 'rsa' ? `RSA of ${publicKey.bits} bits` : 'of a kind that etcd cannot verify with'}.`,
      cure: `Name a CA with RSA of at least ${MIN_RSA} bits, ECDSA or Ed25519.`,
    },
  ];
  return faults.filter((fault) => fault !== false);
}

function placed(fault: AuthorityFault, place: string): AuthorityFault {
  const { message } = fault;
  if (place === '') return fault;
  return { ...fault, message: place + message.replace(/^Its? /, (word) => word.toLowerCase()) };
}

function alreadyThere({ subject }: CertificateView): AuthorityFault {
  return {
    code: 'repeated-entry',
    message: `The certificate of ${subject} is among those before it.`,
    cure: 'Name it once.',
  };
}

function describe(view: CertificateView): TrustedAuthority {
  const { isAuthority, notBefore, notAfter, ...contents } = describeCertificate(view);
  const { publicKey } = view;
  return {
    ...contents,
    certificate: encodePem('CERTIFICATE', view.der),
    notBefore: view.notBefore,
    notAfter: view.notAfter,
    publicKey: sha256Of('info' in publicKey ? publicKey.info : new Uint8Array()),
  };
}
