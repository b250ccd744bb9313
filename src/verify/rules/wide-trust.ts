import type { Trust } from '../../host/pair.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { certificatesIn } from '../../x509/read/pem-certificates.js';
import type { ClusterView } from '../cluster-view.js';
import { pairUses, trustUses } from '../dials/pair-uses.js';
import type { Rule } from '../rule.js';

/** More CAs than that in one file are a distribution's, not a cluster's. */
const MANY = 10;
const SHOWN = 3;

/**
 * What a CA file lets in beyond the cluster. etcd asks of a client's certificate only that it leads to a certificate in the file, so a CA
 * above the cluster's own, or beside it, opens etcd to all that it has signed.
 *
 * @internal
 */
export const wideTrust: Rule = {
  name: 'wide-trust',
  summary:
    "etcd's CA files hold the CA that signs for the cluster, and none above or beside it but those that the document names.",
  levels: ['warning', 'notice'],
  source: 'Go crypto/x509 verify.go, Verify; etcd client/pkg/transport/listener.go, ServerConfig',
  *check(view) {
    const leaves = pairUses(view).flatMap(({ pair }) => pair.leaf ?? []);
    const issuers = new Set(
      [...leaves, ...view.loosePairs.flatMap(({ pair }) => pair.leaf ?? [])].map(issuerOf),
    );
    const links = linksOf(view);
    const asked = askedFor(view);
    // While the key of an authority changes, hosts trust the old one and the new one.
    const isChanging = view.manifest?.authorities.some(({ phase }) => phase !== 'settled') ?? false;
    for (const { label, trust, setting, isMember } of trustUses(view)) {
      if (!isMember) continue;
      const others = distinct(trust.roots).filter(
        (root) => isAuthority(root) && !issuers.has(root.rawSubject),
      );
      const above = others.filter((root) =>
        links.some((link) => link.rawIssuer === root.rawSubject && link.rawSubject !== root.rawSubject),
      );
      const place = { member: label, path: trust.file.path };
      if (above.length > 0)
        yield {
          ...place,
          level: above.every(({ id }) => asked.has(id)) ? 'notice' : 'warning',
          message: `${setting} trusts ${names(above)}, above the CA that signs for this cluster: whatever is signed there, for whomever, is accepted.`,
          cure: 'Keep in it the issuing CA alone, and send the intermediate certificates behind the leaf.',
        };
      const beside = others.filter((root) => !above.includes(root) && !asked.has(root.id));
      if (beside.length === 0 || isChanging || !holdsIssuer(trust, issuers, beside)) continue;
      yield {
        ...place,
        level: beside.length > MANY ? 'warning' : 'notice',
        message: `${setting} trusts ${names(beside)} too, which signed no certificate here: whatever ${beside.length === 1 ? 'it signs' : 'they sign'} is accepted.`,
        cure: 'Keep in it only the CAs whose certificates are to be let in.',
      };
    }
  },
};

/** CAs beside the cluster's own that the document names, and whose clients it means. */
function askedFor({ manifest }: ClusterView): ReadonlySet<string> {
  const encoder = new TextEncoder();
  const asked = manifest?.trust?.flatMap(({ certificate }) => certificatesIn(encoder.encode(certificate)));
  return new Set(asked?.map(({ id }) => id));
}

/** CA certificates that are sent along or trusted. */
function linksOf(view: ClusterView): readonly CertificateView[] {
  const sent = pairUses(view).flatMap(({ pair }) => pair.intermediates);
  const trusted = trustUses(view).flatMap(({ trust }) => trust.roots);
  return distinct([...sent, ...trusted]).filter(isAuthority);
}

function distinct(certificates: readonly CertificateView[]): readonly CertificateView[] {
  return [...new Map(certificates.map((one) => [one.id, one])).values()];
}

/** A file whose CA signs for others, hosts or clients that are not at hand, is no wider than it looks. */
function holdsIssuer(
  { roots }: Trust,
  issuers: ReadonlySet<string>,
  beside: readonly CertificateView[],
): boolean {
  return beside.length > MANY || roots.some(({ rawSubject }) => issuers.has(rawSubject));
}

function isAuthority({ basicConstraints, version }: CertificateView): boolean {
  return basicConstraints?.ca === true || version < 3;
}

function issuerOf({ rawIssuer }: CertificateView): string {
  return rawIssuer;
}

function names(certificates: readonly CertificateView[]): string {
  const shown = certificates.slice(0, SHOWN).map(({ subject }) => subject || 'a CA without a name');
  const more = certificates.length - shown.length;
  return `${shown.join(' and ')}${more > 0 ? ` and ${more} more` : ''}`;
}
