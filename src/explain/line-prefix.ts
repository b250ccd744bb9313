/**
 * What a journal or a container runtime puts before the message of a program.
 *
 * @internal
 */
export interface LinePrefix {
  readonly text: string;
  readonly rest: string;
}

/** A runtime splits long lines: P stands before all parts but the last (Kubernetes, CRI logging format). */
const CONTAINER =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) ([FP])(?: |$)/;
const PREFIXES: readonly RegExp[] = [
  // journalctl -o short, months in any language: `Nov 13`, `3月 14`, `févr. 02`.
  /^[^\s\d"{]{1,12}\.? [ \d]?\d\.? \d\d:\d\d:\d\d(?:\.\d{1,9})? \S{1,256} [^\s:]{1,256}: /,
  /^\d{1,2}月 [ \d]?\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \S{1,256} [^\s:]{1,256}: /,
  /^(?:[^\s\d"{]{1,6} )?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d| [A-Z]{2,5}) \S{1,256} [^\s:]{1,256}\[\d{1,10}\]: /,
  /^(?:\[ *\d{1,12}\.\d{1,9}\]|\d{1,12}\.\d{1,9}) \S{1,256} [^\s:]{1,256}\[\d{1,10}\]: /,
  CONTAINER,
  // kubectl logs --timestamps, docker logs -t, docker compose, kubectl logs --prefix, a quoted mail.
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z (?=\S)/,
  /^[\w.-]{1,64} {1,20}\| {1,3}/,
  /^\[pod\/[\w./-]{1,256}\] /,
  /^(?:> ?){1,4}/,
  // A program that stands alone, as in copied text: `etcd[20836]: …`.
  /^[A-Za-z][\w.@-]{0,63}\[\d{1,10}\]: /,
];
const MOST = 3;

/** @internal */
export function splitPrefix(line: string): LinePrefix {
  let rest = line;
  for (let count = 0; count < MOST; count += 1) {
    const found = PREFIXES.map((prefix) => prefix.exec(rest)?.[0]).find((text) => text !== undefined);
    if (found === undefined || found === '') break;
    rest = rest.slice(found.length);
  }
  return { text: line.slice(0, line.length - rest.length), rest };
}

/**
 * The text of a container's line of which more parts follow.
 *
 * @internal
 */
export function readContainerPart(
  line: string,
): { readonly text: string; readonly isLast: boolean } | undefined {
  const found = CONTAINER.exec(line);
  return found === null ? undefined : { text: line.slice(found[0].length), isLast: found[1] === 'F' };
}
