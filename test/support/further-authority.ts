import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type IssuedLeaf,
  issuePki,
  parseClusterSpec,
  planCertificates,
  type TrustedAuthority,
} from '../../src/index.js';
import { nodeCryptoProvider, readTrust } from '../../src/node/index.js';

/** The file that documents name it by. */
export const FURTHER_FILE = 'further-ca.pem';

const MEMBER = { name: 'e1', address: '127.0.0.1' };

/** A CA of somebody else's, and what it signed. */
export interface FurtherAuthority {
  /** PEM. */
  readonly certificate: string;
  readonly client: IssuedLeaf;
  /** For a member at 127.0.0.1: good as a server and as a client. */
  readonly peer: IssuedLeaf;
  /** As issuePki takes it. */
  readonly trust: readonly TrustedAuthority[];
}

/** @param commonName - of the CA, which need not be the only one of that name */
export async function makeFurtherAuthority(
  now: number,
  commonName = 'Further CA',
): Promise<FurtherAuthority> {
  const spec = parseClusterSpec({
    members: [MEMBER],
    certificates: {
      authorities: ['ca'],
      pairs: ['server', 'peer'],
      commonNames: { ca: commonName },
      // Longer than any document's own.
      validity: { ca: '876000h', leaf: '8760h' },
    },
  });
  const pki = await issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now });
  const leafOf = (role: string): IssuedLeaf => {
    const leaf = pki.leaves.find(({ plan }) => plan.role === role);
    if (leaf === undefined) throw new Error(`no ${role}`);
    return leaf;
  };
  const certificate = pki.authorities[0]?.certificate ?? '';
  return {
    certificate,
    client: leafOf('admin'),
    peer: leafOf('peer'),
    trust: await readTrustOf(certificate, now),
  };
}

/** Reads a file as the document's only further CAs. */
export async function readTrustOf(pem: string, now: number): Promise<readonly TrustedAuthority[]> {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-further-'));
  try {
    writeFileSync(join(folder, FURTHER_FILE), pem);
    const spec = parseClusterSpec({ members: [MEMBER], certificates: { trust: [FURTHER_FILE] } });
    return await readTrust(spec, folder, now);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
