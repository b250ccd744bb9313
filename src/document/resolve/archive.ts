import { ARCHITECTURES, type Architecture } from '../../architectures.js';
import type { EtcdDocument } from '../../cluster-document.js';
import type { MemberSpec, ReleaseArchiveSpec } from '../../cluster-spec.js';
import { alternatives } from '../../text/alternatives.js';
import { childPath } from '../../text/child-path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

const PATH = 'etcd.archive';
const SUM_PATH = 'etcd.archiveSha256';
const PLACEHOLDER = '{arch}';
const SUM = /^[0-9a-f]{64}$/i;
/** Programs that lie beside etcd. */
const BESIDE = /\/etcd(?:ctl|utl)$/;

/**
 * Reads where the members' programs come from.
 *
 * @param isStaticPod - whether the kubelet runs etcd from an image
 * @returns undefined where they are on the hosts already
 * @internal
 */
export function resolveArchive(
  { archive, archiveSha256, binary }: Pick<EtcdDocument, 'archive' | 'archiveSha256' | 'binary'>,
  members: readonly MemberSpec[],
  isStaticPod: boolean,
  issues: IssueList,
): ReleaseArchiveSpec | undefined {
  const architectures = new Set(members.map(({ arch = 'amd64' }) => arch));
  const sha256 = resolveSums(archiveSha256, architectures, issues);
  if (archive === undefined) {
    if (archiveSha256 !== undefined)
      issues.add(
        'archive-sum-alone',
        SUM_PATH,
        'There is no archive that it could be of.',
        `Write ${PATH} too, or remove it.`,
      );
    return undefined;
  }
  if (isStaticPod)
    issues.add(
      'archive-beside-static-pod',
      PATH,
      'With kubernetes.staticPod: true the kubelet runs etcd from an image, and needs no programs.',
      `Remove ${PATH}, or write kubernetes.staticPod: false.`,
    );
  if (architectures.size > 1 && !archive.includes(PLACEHOLDER))
    issues.add(
      'archive-of-one-architecture',
      PATH,
      `${quoteValue(archive)} is one archive, and the members are ${[...architectures].join(' and ')}.`,
      `Write ${PLACEHOLDER} where the name has the architecture, as in etcd-v3.6.16-linux-${PLACEHOLDER}.tar.gz.`,
    );
  if (binary !== undefined && BESIDE.test(binary))
    issues.add(
      'path-taken',
      'etcd.binary',
      `${binary} is where another program of the archive goes.`,
      'Give etcd another name, such as /usr/local/bin/etcd.',
    );
  return { file: archive, sha256 };
}

function resolveSums(
  written: EtcdDocument['archiveSha256'],
  architectures: ReadonlySet<Architecture>,
  issues: IssueList,
): ReleaseArchiveSpec['sha256'] {
  if (written === undefined) return {};
  if (typeof written !== 'string') {
    const sums: { [arch in Architecture]?: string } = {};
    for (const [key, text] of Object.entries(written)) {
      const path = childPath(SUM_PATH, key);
      const arch = ARCHITECTURES.find((known) => known === key);
      if (arch === undefined)
        issues.add(
          'unlisted-value',
          path,
          `${quoteValue(key)} is not an architecture that etcd is released for.`,
          `Write ${alternatives(ARCHITECTURES)}.`,
        );
      else sums[arch] = resolveSum(text, path, issues);
    }
    return sums;
  }
  const sum = resolveSum(written, SUM_PATH, issues);
  const [arch, ...others] = architectures;
  if (others.length > 0)
    issues.add(
      'archive-sum-of-one',
      SUM_PATH,
      `There is an archive for each of ${[...architectures].join(' and ')}, and one digest.`,
      'Write a map of them by architecture, such as {amd64: 0123…, arm64: 4567…}.',
    );
  return arch === undefined ? {} : { [arch]: sum };
}

function resolveSum(text: string, path: string, issues: IssueList): string {
  if (!SUM.test(text))
    issues.add(
      'malformed-value',
      path,
      `${quoteValue(text)} is not a SHA-256.`,
      'Write the 64 hexadecimal digits that sha256sum prints, in quotes.',
    );
  return text.toLowerCase();
}
