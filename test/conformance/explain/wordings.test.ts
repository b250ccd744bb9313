import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messageCatalogue } from '../../../src/explain/catalogue.js';
import type { Wording } from '../../../src/explain/known-message.js';
import { describeWithPrograms } from '../../programs/describe.js';

const RELEASES = ['3.4', '3.5', '3.6', '3.7'] as const;
const PROGRAMS = RELEASES.flatMap((release) => [`etcd-${release}`, `etcdctl-${release}`] as const);
/** Put together while it runs from pieces that stand nowhere as text: gRPC's status codes, alarms by name. */
const NOT_IN_ETCD = [
  'code = DeadlineExceeded',
  'alarm:',
  'read tcp',
  'of type []string',
  'Temporary failure in',
];
/**
 * Where a text is put together while it runs: Go writes `: ` between an error and what it wraps, `%q` the quotes around a value, `%v`
 * the brackets around a list; names of flags, variables and calls are values themselves.
 */
const JOINTS =
  /"?\[?\{[a-z-]+\}\]?"?|: |\b(?:dial|listen) tcp\b|\(EOF\)|\binitial-cluster-state\b|\bETCD_|\byaml\b|^context deadline exceeded\b/;
const EDGES = /^[\s:"\](){}[]+|[\s:"\](){}[]+$/g;
const SHORTEST = 6;

const wordings = messageCatalogue
  .filter(({ title }) => title !== 'systemd')
  .flatMap(({ messages }) =>
    messages.flatMap(({ id, wordings }) => wordings.map((wording) => ({ id, wording }))),
  )
  .filter(({ wording: { text } }) => !NOT_IN_ETCD.some((foreign) => text.includes(foreign)));

describeWithPrograms([...PROGRAMS], 'the wordings of the catalogue', (program) => {
  const binaries = RELEASES.map((release) => ({
    release,
    bytes: Buffer.concat(
      ([`etcd-${release}`, `etcdctl-${release}`] as const).map((name) => readFileSync(program(name).path)),
    ),
  }));

  it('are many', () => expect(wordings.length).toBeGreaterThan(200));

  it.each(wordings)('$id: $wording.text', ({ wording }) => {
    const missing = binaries
      .filter(({ release }) => saysItIn(wording, release))
      .map(({ bytes }) => textsOf(wording).filter((text) => !bytes.includes(text)));
    // Where no release is named, one that says it is enough: releases word things anew without telling.
    if (wording.releases === undefined) expect(missing).toContainEqual([]);
    else expect(missing.flat()).toEqual([]);
  });
});

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
