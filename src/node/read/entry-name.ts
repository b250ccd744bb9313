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
  // A lone surrogate has no UTF-8 form: it would come back as another name.
  if (Buffer.from(path).toString() !== path) return 'is not well-formed Unicode';
  // PATH_MAX and NAME_MAX of limits.h, less the "/" and the NUL that extraction adds.
  if (Buffer.byteLength(path) > 4094) return 'is longer than 4094 bytes';
  const segments = path.split('/');
  if (segments.includes('')) return 'has an empty segment';
  if (segments.includes('.') || segments.includes('..')) return 'has a "." or ".." segment';
  if (segments.some((segment) => Buffer.byteLength(segment) > 255))
    return 'has a segment of more than 255 bytes';
  return undefined;
}
