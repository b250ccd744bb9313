import { largest } from '../../text/largest.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { nearestTimeText } from '../../x509/time.js';
import type { ClusterView } from '../cluster-view.js';
import { pairUses, trustUses } from '../dials/pair-uses.js';
import type { Fault, FindingLevel } from '../finding.js';
import type { Rule } from '../rule.js';

const DAY = 86_400;
/** An end that is farther away than that is for others to plan. */
const FAR_DAYS = 3_650;

/** @internal */
export const certificateValidity: Rule = {
  name: 'certificate-validity',
  summary: 'Every certificate is valid at the time of the check.',
  levels: ['error', 'warning', 'notice'],
  source: 'RFC 5280, 4.1.2.5; Go crypto/x509, isValid',
  *check(view) {
    for (const { label, pair, refused, role } of pairUses(view)) {
      if (pair.leaf === undefined) continue;
      yield* outOfTime(
        pair.leaf,
        view,
        { member: label, path: pair.certificate.path },
        refused,
        `The ${role} certificate`,
      );
    }
    for (const { root, pair } of view.loosePairs)
      if (pair.leaf !== undefined)
        yield* outOfTime(
          pair.leaf,
          view,
          { member: root.name, path: pair.certificate.path },
          'error',
          'The certificate',
        );
    for (const { label, trust, refusing } of trustUses(view)) {
      const usable = trust.roots.filter(
        ({ notBefore, notAfter }) => view.at >= notBefore && view.at <= notAfter,
      );
      for (const authority of trust.roots) {
        const level = usable.length === 0 ? refusing : 'warning';
        yield* outOfTime(
          authority,
          view,
          { member: label, path: trust.file.path },
          level,
          'The CA certificate',
        );
      }
    }
  },
};

/** @internal */
export const expirySoon: Rule = {
  name: 'expiry-soon',
  summary:
    'No certificate expires within 30 days, or the time of `--within`, and within ten years no leaf outlives its authority.',
  levels: ['warning'],
  source: 'RFC 5280, 6.1.3; kubernetes/kubeadm#1651',
  *check(view) {
    const { at, horizon } = view;
    const used = [
      ...pairUses(view).flatMap(({ label, pair }) =>
        pair.leaf === undefined ? [] : [{ label, path: pair.certificate.path, certificate: pair.leaf }],
      ),
      ...trustUses(view).flatMap(({ label, trust }) =>
        trust.roots.map((certificate) => ({ label, path: trust.file.path, certificate })),
      ),
    ];
    for (const { label, path, certificate } of used) {
      const { notBefore, notAfter, subject } = certificate;
      if (at < notBefore || at > notAfter || notAfter > horizon) continue;
      yield {
        level: 'warning',
        member: label,
        path,
        message: `${subject} expires in ${Math.floor((notAfter - at) / DAY)} days, on ${nearestTimeText(notAfter)}.`,
        cure: 'Renew it. etcd reads leaf certificates again at every connection, CA files only when it starts.',
      };
    }
    yield* outliving(view);
  },
};

function* outliving(view: ClusterView): Generator<Fault> {
  const authorities = trustUses(view).flatMap(({ trust }) => trust.roots);
  for (const { label, pair } of pairUses(view)) {
    const { leaf } = pair;
    if (leaf === undefined) continue;
    const issuers = authorities.filter(({ rawSubject }) => rawSubject === leaf.rawIssuer);
    const last = largest(
      issuers.map(({ notAfter }) => notAfter),
      Number.NEGATIVE_INFINITY,
    );
    // Both signed for as many days, the leaf ends seconds after its authority.
    const isMeant = leaf.notAfter - last >= DAY && last <= view.at + FAR_DAYS * DAY;
    if (issuers.length === 0 || !isMeant || last < view.at) continue;
    yield {
      level: 'warning',
      member: label,
      path: pair.certificate.path,
      message: `It is valid until ${nearestTimeText(leaf.notAfter)}, but its authority expires earlier, on ${nearestTimeText(last)}.`,
      cure: 'Plan a new authority first: the present one expires before the leaf.',
    };
  }
}

function* outOfTime(
  { notBefore, notAfter, subject }: CertificateView,
  { at }: ClusterView,
  place: Pick<Fault, 'member' | 'path'>,
  level: FindingLevel,
  what: string,
): Generator<Fault> {
  if (at >= notBefore && at <= notAfter) return;
  const [word, when] = at < notBefore ? ['before', notBefore] : ['after', notAfter];
  yield {
    ...place,
    level,
    message: `${what} ${subject} ${word === 'before' ? 'is not valid before' : 'expired on'} ${nearestTimeText(Number(when))}.`,
    cure:
      word === 'before'
        ? 'Check the clocks of this machine and of the one that signed; if both are right, issue a new one.'
        : 'Issue a new one.',
    etcdSays: `x509: certificate has expired or is not yet valid: current time ${nearestTimeText(at)} is ${word} ${nearestTimeText(Number(when))}`,
  };
}
