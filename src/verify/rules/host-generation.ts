import { leafAt } from '../../bundle/manifest/leaves.js';
import type { ManifestCertificate } from '../../bundle/manifest/manifest.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { certificatesIn } from '../../x509/read/pem-certificates.js';
import { nearestTimeText, parseTime } from '../../x509/time.js';
import type { ComparedFile, HostComparison } from '../against/compare-hosts.js';
import { isLeaf } from '../against/leaf.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const hostGeneration: Rule = {
  name: 'host-generation',
  summary:
    'With `--against`: the certificates on each host are those of the generation that the bundle is at.',
  levels: ['error', 'warning'],
  source: 'bundle.json, certificates[], hosts[].files[].text; RFC 5280, 4.1.2.5',
  *check({ against }) {
    for (const comparison of against)
      for (const compared of comparison.files) {
        const { expected, found } = compared;
        if (found.type !== 'other') continue;
        const certificates = certificatesIn(found.file.bytes);
        if (expected.kind === 'certificate') yield* leafFaults(compared, certificates, comparison);
        if (expected.kind === 'authority-certificate') yield* authorityFaults(compared, certificates);
      }
  },
};

function* leafFaults(
  { host, expected }: ComparedFile,
  [leaf]: readonly CertificateView[],
  { manifest }: HostComparison,
): Generator<Fault> {
  if (leaf === undefined) return;
  const place = { member: host.name, path: expected.path };
  const wanted = leafAt(manifest, host.name, expected.path);
  // What differs then is the chain behind it, of which `host-files` tells.
  if (wanted !== undefined && isLeaf(leaf, wanted)) return;
  const since = wanted === undefined ? undefined : parseTime(wanted.notBefore);
  const both = `${told(leaf)}, and generation ${expected.generation} of the bundle has ${toldOf(wanted)}`;
  if (since !== undefined && leaf.notBefore < since)
    yield {
      level: 'warning',
      ...place,
      message: `An earlier certificate is here: ${both}.`,
      cure: `Extract the tarball of ${host.name} of generation ${expected.generation}; etcd reads it at the next connection.`,
    };
  else if (since !== undefined && leaf.notBefore > since)
    yield {
      level: 'warning',
      ...place,
      message: `A later certificate is here: ${both}.`,
      cure: 'Compare with the newest generation of the bundle, or find out who issued it.',
    };
  else
    yield {
      level: 'error',
      ...place,
      message: `Another certificate is here: ${both}.`,
      cure: 'Find out who issued it, and extract the tarball of the bundle again.',
    };
}

/** What is trusted, and what is no more: a CA file is read when etcd starts. */
function* authorityFaults(
  { host, expected }: ComparedFile,
  found: readonly CertificateView[],
): Generator<Fault> {
  const { text } = expected;
  if (found.length === 0 || text === undefined) return;
  const place = { member: host.name, path: expected.path };
  const wanted = certificatesIn(new TextEncoder().encode(text));
  const lacks = wanted.filter(({ id }) => !found.some((other) => other.id === id));
  const more = found.filter(({ id }) => !wanted.some((other) => other.id === id));
  const cure = `Extract the tarball of ${host.name} of generation ${expected.generation}, and restart what reads it: CA files are read at the start.`;
  for (const authority of lacks)
    yield {
      level: 'error',
      ...place,
      message: `The file lacks the CA certificate ${told(authority)}, which generation ${expected.generation} of the bundle trusts.`,
      cure,
    };
  for (const authority of more)
    yield {
      level: 'warning',
      ...place,
      message: `The file has the CA certificate ${told(authority)}, which generation ${expected.generation} of the bundle does not trust.`,
      cure,
    };
  if (lacks.length + more.length === 0)
    yield {
      level: 'warning',
      ...place,
      message: `The file has the certificates of generation ${expected.generation} of the bundle, and is not the same.`,
      cure: 'Extract the tarball again.',
    };
}

function told({ subject, serialNumber, notBefore }: CertificateView): string {
  return `${subject} of ${nearestTimeText(notBefore)}, serial number ${serialNumber}`;
}

function toldOf(wanted: ManifestCertificate | undefined): string {
  return wanted === undefined
    ? 'another'
    : `one of ${wanted.notBefore}, serial number ${wanted.serialNumber}`;
}
