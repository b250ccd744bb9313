import type { Manifest } from '../bundle/manifest/manifest.js';
import { trustOfManifest } from '../bundle/manifest/trust.js';
import type { AuthorityPlan, CertificatePlan } from '../pki/certificate-plan.js';
import type { IssuedPair, Pki } from '../pki/pki.js';

const NOTHING = new Uint8Array();
const STAND_IN: IssuedPair = {
  certificate: '',
  certificateDer: NOTHING,
  publicKey: NOTHING,
  privateKey: '',
  subject: '',
  issuer: '',
  serialNumber: '',
  notBefore: 0,
  notAfter: 0,
};

/**
 * What files are rendered from before anything is issued: the authorities and token of a bundle, and no key.
 *
 * @param plans - authorities are those of the bundle
 * @param textOf - what files of trusted CAs have of an authority
 * @internal
 */
export function standInPki(
  manifest: Manifest,
  plans: readonly CertificatePlan[],
  textOf: (id: AuthorityPlan['id']) => string = (id) => authorityText(manifest, id),
): Pki {
  return {
    token: manifest.cluster.token,
    authorities: plans.flatMap((plan) =>
      plan.type === 'authority'
        ? [{ ...STAND_IN, plan, origin: 'issued' as const, certificate: textOf(plan.id) }]
        : [],
    ),
    leaves: plans.flatMap((plan) => (plan.type === 'leaf' ? [{ ...STAND_IN, plan }] : [])),
    trust: trustOfManifest(manifest),
    tokenKeys: { privateKey: '', publicKey: textOfKind(manifest, 'token-public-key') },
  };
}

/**
 * As the members have it: of two CAs the old one first, while one takes the other's place.
 *
 * @internal
 */
export function authorityText({ authorities, hosts }: Manifest, id: string): string {
  const path = authorities.find((authority) => authority.id === id)?.path;
  for (const { kind, files } of hosts) {
    const file = kind === 'member' ? files.find((candidate) => candidate.path === path) : undefined;
    if (file?.text !== undefined) return file.text;
  }
  return '';
}

function textOfKind({ hosts }: Manifest, kind: string): string {
  for (const { files } of hosts) {
    const file = files.find((candidate) => candidate.kind === kind);
    if (file?.text !== undefined) return file.text;
  }
  return '';
}
