/** NAME_MAX of limits.h. */
const MAX_SEGMENT_OCTETS = 255;
/** PATH_MAX of limits.h, less the "/" and the NUL that extraction adds. */
const MAX_OCTETS = 4094;

/**
 * What is wrong with the path of a file in a tarball or in an output folder: it must stay below the folder it is put into on
 * every system, and read the same wherever it is printed.
 *
 * @returns a clause such as `starts with "/"`, or undefined where nothing is wrong
 * @internal
 */
export function entryNameFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'starts with "/"';
  if (/[\0-\x1f\x7f]/.test(path)) return 'contains a control character';
  // A lone surrogate has no UTF-8 form, and decoders drop a mark at the start: either would come back as another name.
  if (/\p{Surrogate}/u.test(path)) return 'is not well-formed Unicode';
  if (path.startsWith('\ufeff')) return 'starts with a byte order mark';
  const encoder = new TextEncoder();
  if (encoder.encode(path).length > MAX_OCTETS) return `is longer than ${MAX_OCTETS} bytes`;
  const segments = path.split('/');
  if (segments.includes('')) return 'has an empty segment';
  if (segments.includes('.') || segments.includes('..')) return 'has a "." or ".." segment';
  if (segments.some((segment) => encoder.encode(segment).length > MAX_SEGMENT_OCTETS))
    return `has a segment of more than ${MAX_SEGMENT_OCTETS} bytes`;
  return undefined;
}

/**
 * An entry's name without `/` and `./` in front and without `/` at its end.
 *
 * @internal
 */
export function relativeName(written: string): string {
  let [start, end] = [0, written.length];
  for (;;) {
    if (written.charAt(start) === '/') start += 1;
    else if (written.startsWith('./', start)) start += 2;
    else break;
  }
  while (end > start && written.charAt(end - 1) === '/') end -= 1;
  return written.slice(start, end);
}
