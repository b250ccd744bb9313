import type { SystemdSpec } from '../cluster-spec.js';
import { type IssuedLeaf, leavesOf, type Pki } from '../pki/pki.js';
import { isReadByService } from '../pki/plan.js';
import type { FilePlan } from './file-plan.js';
import { ROOT, textFile } from './text-file.js';

/** Of a list that stays as the host has it. */
const NOTHING = new Uint8Array();

/**
 * The pairs and authorities of one member: only its own keys, and an authority's key only if the document asks for it.
 *
 * @internal
 */
export function memberCertificateFiles(
  memberName: string,
  pki: Pki,
  systemd: SystemdSpec,
): readonly FilePlan[] {
  const further = (pki.trust ?? []).map(({ certificate }) => certificate);
  return [
    ...pki.authorities.flatMap(({ plan, certificate, privateKey, revocationList }) => [
      textFile(plan.files.certificate, 0o644, 'authority-certificate', certificate),
      ...(plan.trustFile === undefined
        ? []
        : [
            textFile(
              plan.trustFile,
              0o644,
              'authority-certificate',
              [...new Set([certificate, ...further])].join(''),
            ),
          ]),
      ...(plan.revocationFile === undefined
        ? []
        : [
            {
              ...textFile(plan.revocationFile, 0o644, 'revocation-list', ''),
              bytes: revocationList?.certificateList ?? NOTHING,
            },
          ]),
      ...(plan.keyHolders.includes(memberName)
        ? [textFile(plan.files.key, 0o600, 'authority-key', privateKey)]
        : []),
    ]),
    ...leavesOf(memberName, pki).flatMap((leaf) => pairFiles(leaf, systemd)),
  ];
}

/**
 * The pair of a client that is not a member, if it has one, and the authority that signed the servers' certificates.
 *
 * @internal
 */
export function clientCertificateFiles(
  leaf: IssuedLeaf | undefined,
  authorityPath: string,
  pki: Pki,
): readonly FilePlan[] {
  const authority = pki.authorities.find(({ plan }) => plan.id === 'ca');
  return [
    ...(authority === undefined
      ? []
      : [textFile(authorityPath, 0o644, 'authority-certificate', authority.certificate)]),
    ...(leaf === undefined
      ? []
      : [
          textFile(leaf.plan.files.certificate, 0o644, 'certificate', leaf.certificate),
          textFile(leaf.plan.files.key, 0o600, 'private-key', leaf.privateKey),
        ]),
  ];
}

/** A key that the service reads is its group's to read; every other key is root's alone. */
function pairFiles(leaf: IssuedLeaf, { group }: SystemdSpec): readonly FilePlan[] {
  const { plan, certificate, privateKey } = leaf;
  const isServiceKey = group !== 'root' && isReadByService(plan);
  return [
    textFile(plan.files.certificate, 0o644, 'certificate', certificate),
    isServiceKey
      ? textFile(plan.files.key, 0o640, 'private-key', privateKey, { user: 'root', group })
      : textFile(plan.files.key, 0o600, 'private-key', privateKey, ROOT),
  ];
}
