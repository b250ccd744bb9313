import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { AuthorityFiles } from '../../cluster-spec.js';
import { MAX_DOCUMENT } from '../../document/bounds.js';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { quoteValue } from '../../text/quote-value.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { readLimited } from './read-limited.js';

/**
 * A document as it was read.
 *
 * @public
 */
export interface DocumentSource {
  /** Without a byte order mark. */
  readonly text: string;
  /** Absolute folder that paths in the document are relative to. */
  readonly folder: string;
}

/**
 * An authority's PEM files as they were read, not looked into.
 *
 * @public
 */
export interface AuthorityBytes {
  /** Contents of the file: PEM as a rule, but nothing is read of it yet. */
  readonly certificate: Uint8Array;
  /** Contents of the file, a secret: whoever takes them clears them. */
  readonly key: Uint8Array;
}

/** What is wrong with the path itself, not with the machine. */
const PATH_FAULTS: Readonly<Record<string, string>> = {
  ELOOP: 'is a link that leads to itself',
  ENAMETOOLONG: 'is too long for a path',
};

/**
 * How a document is read from disk.
 *
 * @public
 */
export interface ReadDocumentOptions {
  /** What `-` reads; without it, `-` is a file name. */
  readonly stdin?: AsyncIterable<Uint8Array | string> | undefined;
  /** What a relative path is relative to. Default: the working folder of the process. */
  readonly folder?: string | undefined;
}

/**
 * Reads a document.
 *
 * @param path - of the file, or `-` for standard input: paths in such a document are relative to `folder`
 * @throws EtcdBundleError `invalid-spec` if there is no such file or it is not UTF-8 text of at most 1 MiB, `system` where it cannot be
 * read
 * @example
 * ```ts
 * const { text } = await readDocument('cluster.yaml');
 * const spec = parseClusterDocument(text);
 * ```
 * @public
 */
export async function readDocument(path: string, options: ReadDocumentOptions = {}): Promise<DocumentSource> {
  const { stdin, folder = '.' } = options;
  const isStdin = path === '-' && stdin !== undefined;
  const file = resolve(folder, path);
  const shownPath = isStdin ? '' : path;
  const bytes = await readInput(isStdin ? stdin : file, shownPath, 'The document');
  const text = isIssue(bytes) ? bytes : decode(bytes, shownPath);
  if (typeof text !== 'string') throw new EtcdBundleError('invalid-spec', [text]);
  return { text, folder: isStdin ? resolve(folder) : dirname(file) };
}

/**
 * Reads the files of an existing authority.
 *
 * @param files - from the spec; relative paths are relative to `folder`
 * @param folder - {@link DocumentSource.folder}
 * @param path - of the authority in the document, such as `certificates.ca`
 * @throws EtcdBundleError `invalid-authority` naming each file that is missing or too large, `system` where one cannot be read
 * @example
 * ```ts
 * const files = { certificate: 'ca/ca.crt', key: 'ca/ca.key' };
 * const { certificate, key } = await readAuthorityFiles(files, 'bundle', 'certificates.ca');
 * key.fill(0); // as soon as it is read
 * ```
 * @public
 */
export async function readAuthorityFiles(
  files: AuthorityFiles,
  folder: string,
  path: string,
): Promise<AuthorityBytes> {
  const read = (name: keyof AuthorityFiles) => readPemFile(files[name], folder, `${path}.${name}`);
  const certificate = await read('certificate');
  const key = await read('key');
  if (isIssue(certificate) || isIssue(key))
    throw new EtcdBundleError('invalid-authority', [certificate, key].filter(isIssue));
  return { certificate, key };
}

/**
 * Reads a PEM file that a document names.
 *
 * @param folder - what the path is relative to
 * @param path - of the key in the document
 * @returns its bytes, or what is wrong with it
 * @throws EtcdBundleError `system` where it cannot be read
 * @internal
 */
export function readPemFile(file: string, folder: string, path: string): Promise<Uint8Array | Issue> {
  return readInput(resolve(folder, file), path, quoteValue(file), true);
}

/** @param what - as a message names it, such as `"ca.crt"` */
async function readInput(
  source: string | AsyncIterable<Uint8Array | string>,
  path: string,
  what: string,
  namedByDocument = false,
): Promise<Uint8Array | Issue> {
  try {
    if (typeof source === 'string' && isNamedPipe(source)) {
      const cure = 'Name a file, or a pipe of this process, such as /dev/fd/3.';
      return { code: 'named-pipe', path, message: `${what} is a named pipe.`, cure };
    }
    const bytes = await readLimited(source, MAX_DOCUMENT);
    if (bytes !== undefined) return bytes;
    const cure = 'A document and the files it names are at most 1 MiB each.';
    return { code: 'file-too-large', path, message: `${what} is too large.`, cure };
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { code: 'no-such-file', path, message: `${what} does not exist.`, cure: 'Check the path.' };
    if (code === 'EISDIR')
      return { code: 'file-is-folder', path, message: `${what} is a folder.`, cure: 'Name a file in it.' };
    const fault = namedByDocument && code !== undefined ? PATH_FAULTS[code] : undefined;
    if (fault !== undefined)
      return { code: 'unusable-path', path, message: `${what} ${fault}.`, cure: 'Check the path.' };
    throw describeSystemError(error, 'read it');
  }
}

/** Reading one waits until somebody writes. Pipes that this process was given have somebody. */
function isNamedPipe(file: string): boolean {
  return !/^\/(?:dev\/(?:fd\/|stdin$)|proc\/)/.test(file) && statSync(file).isFIFO();
}

function decode(bytes: Uint8Array, path: string): string | Issue {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { code: 'not-utf-8', path, message: 'The document is not UTF-8.', cure: 'Save it as UTF-8.' };
  }
}

function isIssue(value: Uint8Array | Issue): value is Issue {
  return !(value instanceof Uint8Array);
}
