import { isSecret } from '../../bundle/file-plan.js';
import { leafAt, leafOfKeyAt } from '../../bundle/manifest/leaves.js';
import { octal } from '../../text/octal.js';
import { shellWord } from '../../text/shell-word.js';
import { certificatesIn } from '../../x509/read/pem-certificates.js';
import type { ComparedFile, HostComparison } from '../against/compare-hosts.js';
import { isLeaf } from '../against/leaf.js';
import type { Fault } from '../finding.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';

/** @internal */
export const hostFiles: Rule = {
  name: 'host-files',
  summary: 'With `--against`: each host has the files that the bundle says it has.',
  levels: ['error', 'warning'],
  source: 'bundle.json, hosts[].files[].sha256',
  *check({ against }) {
    for (const comparison of against)
      for (const compared of comparison.files) {
        const { host, expected, found } = compared;
        const place = { member: host.name, path: expected.path };
        if (found.type === 'unread') yield notLookedAt(host.name, expected.path, found.why);
        if (found.type === 'missing')
          yield {
            level: 'error',
            ...place,
            message: `The host lacks this file, which it has since generation ${expected.generation} of the bundle.`,
            cure: extract(compared),
          };
        if (found.type === 'other' && !isToldOfCertificate(compared, comparison))
          yield {
            level: 'error',
            ...place,
            message: `The file is not the one of generation ${expected.generation} of the bundle.`,
            cure: isSecret(expected.kind)
              ? extract(compared)
              : 'Bring the change into the document, or extract the tarball again: otherwise the next generation takes it away.',
          };
      }
  },
};

/** @internal */
export const hostModes: Rule = {
  name: 'host-modes',
  summary: 'With `--against`: files on hosts have the modes and owners that the bundle gave them.',
  levels: ['error', 'warning'],
  source: 'bundle.json, hosts[].files[].mode, hosts[].files[].owner; chmod(1), chown(1)',
  *check({ against }) {
    for (const { root, files } of against)
      for (const { host, expected, found } of files) {
        if (found.type !== 'same' && found.type !== 'other') continue;
        const { path, mode, owner } = expected;
        const place: Pick<Fault, 'level' | 'member' | 'path'> = {
          level: isSecret(expected.kind) ? 'error' : 'warning',
          member: host.name,
          path,
        };
        if (found.file.mode !== undefined && found.file.mode !== Number.parseInt(mode, 8))
          yield {
            ...place,
            message: `The file has mode ${octal(found.file.mode)}, and the bundle gave it ${mode}.`,
            cure: `chmod ${mode} ${shellWord(path)}`,
          };
        // Without its accounts it is a copy, and what it says of owners is of the machine that made it.
        const given = root.isHost ? found.file.owner : undefined;
        const own = given === undefined ? owner : `${given.user}:${given.group}`;
        if (own !== owner)
          yield {
            ...place,
            message: `The file is owned by ${own}, and the bundle gave it to ${owner}.`,
            cure: `chown ${owner} ${shellWord(path)}`,
          };
      }
  },
};

/** Of other certificates `host-generation` tells, and a key of another pair goes with its certificate. */
function isToldOfCertificate(
  { host, expected, found }: ComparedFile,
  { files, manifest }: HostComparison,
): boolean {
  if (found.type !== 'other') return false;
  if (expected.kind === 'authority-certificate')
    return expected.text !== undefined && certificatesIn(found.file.bytes).length > 0;
  if (expected.kind === 'certificate') {
    const [leaf] = certificatesIn(found.file.bytes);
    const wanted = leafAt(manifest, host.name, expected.path);
    return leaf !== undefined && (wanted === undefined || !isLeaf(leaf, wanted));
  }
  const pair = leafOfKeyAt(manifest, host.name, expected.path);
  return files.some(
    (other) => other.host === host && other.expected.path === pair?.path && other.found.type === 'other',
  );
}

function extract({ host, expected }: ComparedFile): string {
  return expected.inTarball && host.tarball !== undefined
    ? `Extract ${host.tarball.path} of the bundle at / of this host.`
    : `Extract the tarball of ${host.name} of generation ${expected.generation} at / of this host.`;
}
