import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { messageCatalogue } from '../../../src/explain/catalogue.js';
import type { MessageProgram, Wording } from '../../../src/explain/known-message.js';
import { describeWithPrograms } from '../../programs/describe.js';

const PROGRAMS = ETCD_RELEASES.flatMap((release) => [`etcd-${release}`, `etcdctl-${release}`] as const);
/** etcd 3.4 has no etcdutl. */
const UTILITIES = ['etcdutl-3.5', 'etcdutl-3.6', 'etcdutl-3.7'] as const;
const TOOLS = ['kubeadm-1.26', 'kubeadm-1.36', 'kube-apiserver-1.36', 'cfssl', 'cfssljson'] as const;
/** Of Debian: openssl keeps most of its texts in these. */
const LIBRARIES = /^lib(?:crypto|ssl)\.so/;
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'];
/** Put together while it runs from pieces that stand nowhere as text: gRPC's status codes, alarms by name. */
const NOT_IN_ETCD = [
  'code = DeadlineExceeded',
  'alarm:',
  'read tcp',
  'of type []string',
  'Temporary failure in',
  'for "etcd',
];
/**
 * Where a text is put together while it runs: Go writes `: ` between an error and what it wraps, `%q` the quotes around a value, `%v`
 * the brackets around a list; names of flags, variables and calls are values themselves.
 */
const JOINTS =
  /"?\[?\{[a-z-]+\}\]?"?|: |\b(?:dial|listen) (?:tcp|unix)\b|\(EOF\)|\binitial-cluster-state\b|\bETCD_|\byaml\b|^context deadline exceeded\b/;
const EDGES = /^[\s:'"/\](){}[]+|[\s:'"/\](){}[]+$/g;
const SHORTEST = 6;

const all = messageCatalogue.flatMap(({ messages }) =>
  messages.flatMap(({ id, by, wordings }) =>
    wordings.map((wording) => ({ id, wording, by: wording.by ?? by })),
  ),
);
const wordings = all
  .filter(({ by, wording }) => by === undefined && isOfKnownRelease(wording))
  .filter(({ wording: { text } }) => !NOT_IN_ETCD.some((foreign) => text.includes(foreign)));

describeWithPrograms([...PROGRAMS, ...UTILITIES], 'the wordings of the catalogue', (program) => {
  const binaries = ETCD_RELEASES.map((release) => ({
    release,
    bytes: Buffer.concat(
      [...PROGRAMS, ...UTILITIES]
        .filter((name) => name.endsWith(release))
        .map((name) => readFileSync(program(name).path)),
    ),
  }));

  it('are many', () => expect(wordings.length).toBeGreaterThan(400));

  it.each(wordings)('$id: $wording.text', ({ wording }) => {
    const missing = binaries
      .filter(({ release }) => saysItIn(wording, release))
      .map(({ bytes }) => textsOf(wording).filter((text) => !bytes.includes(text)));
    // Where no release is named, one that says it is enough: releases word things anew without telling.
    if (wording.releases === undefined) expect(missing).toContainEqual([]);
    else expect(missing.flat()).toEqual([]);
  });
});

describeWithPrograms(
  [...TOOLS, 'openssl', 'systemd-analyze'],
  'the wordings of other programs',
  (program) => {
    const bytes: Readonly<Record<Exclude<MessageProgram, 'other' | 'systemd'>, Buffer>> = {
      kubeadm: read([program('kubeadm-1.26').path, program('kubeadm-1.36').path]),
      'kube-apiserver': read([program('kube-apiserver-1.36').path]),
      cfssl: read([program('cfssl').path, program('cfssljson').path]),
      openssl: read([program('openssl').path, ...libraries()]),
    };
    const foreign = all.flatMap(({ id, wording, by }) =>
      by === undefined || by === 'other' || by === 'systemd' ? [] : [{ id, wording, by }],
    );

    it('are many', () => expect(foreign.length).toBeGreaterThan(50));

    it.each(foreign)('$by, $id: $wording.text', ({ wording, by }) => {
      expect(textsOf(wording).filter((text) => !bytes[by].includes(text))).toEqual([]);
    });
  },
);

describe('wordings that no program here says', () => {
  it('are marked: of releases before 3.4, of an old Go, or of builds for other processors', () => {
    const marked = all.filter(({ wording }) => !isOfKnownRelease(wording));
    expect(new Set(marked.map(({ wording: { releases } }) => releases))).toEqual(
      new Set(['before 3.4', 'built with Go 1.12', 'on other processors']),
    );
    expect(marked.length).toBeLessThan(30);
  });
});

function read(paths: readonly string[]): Buffer {
  return Buffer.concat(paths.map((path) => readFileSync(path)));
}

function libraries(): readonly string[] {
  return LIBRARY_FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => LIBRARIES.test(name))
      .map((name) => join(folder, name)),
  );
}

function isOfKnownRelease({ releases }: Wording): boolean {
  return releases === undefined || /^\d/.test(releases);
}

function saysItIn({ releases }: Wording, release: string): boolean {
  if (releases === undefined) return true;
  if (releases.endsWith(' and later')) return release >= releases.slice(0, 3);
  return releases.split(' and ').includes(release);
}

function textsOf({ text, also }: Wording): readonly string[] {
  return [text, also ?? '']
    .flatMap((whole) => whole.split(JOINTS))
    .map((piece) => piece.replace(EDGES, ''))
    .filter((piece) => piece.length >= SHORTEST);
}
