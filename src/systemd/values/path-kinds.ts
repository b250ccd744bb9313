import { failedToParse, hasSpecifier, type ValueKind } from './value-kind.js';
import { oneOf } from './word-kinds.js';

/** @internal */
export const absolutePath: ValueKind = {
  what: 'an absolute path',
  reading: 'whole',
  resets: true,
  takes: isPath,
  says: notPath,
};

/** `-` says that it may be missing. */
export const optionalPath: ValueKind = {
  ...absolutePath,
  ...behind(/^-/),
};

/** @internal */
export const workingDirectory: ValueKind = {
  ...optionalPath,
  what: 'an absolute path or ~',
  isFatal: (value) => !value.startsWith('-'),
  takes: (text) => /^-?~$/.test(text) || optionalPath.takes(text),
  says: (text, directive) =>
    text.startsWith('-') ? notPath(text.slice(1), directive) : fatalFault(text, directive),
};

/** @internal */
export const fatalPath: ValueKind = {
  ...absolutePath,
  isFatal: () => true,
  says: fatalFault,
};

/** @internal */
export const conditionPath: ValueKind = {
  ...absolutePath,
  ...behind(/^\|?!?/),
};

/** @internal */
export const namespacePaths: ValueKind = {
  ...absolutePath,
  ...behind(/^-?\+?/),
  reading: 'quoted words',
};

/** @internal */
export const mountPaths: ValueKind = { ...absolutePath, reading: 'quoted words' };

/** A source and, behind a colon, where it is seen; of two that are no paths the first is told. */
export const boundPaths: ValueKind = {
  ...absolutePath,
  reading: 'quoted words',
  takes: (word) => boundParts(word).every(isPath) && boundFault(word) === undefined,
  says: (word, directive) => {
    const part = boundParts(word).find((path) => !isPath(path));
    return part === undefined
      ? `Invalid option string, ignoring setting: ${boundFault(word)}`
      : notPath(part, directive);
  },
};

/**
 * Below /run, /var/lib and the like.
 *
 * @param links - whether a link to the folder may have its name behind a colon
 * @internal
 */
export function ownFolders(links: boolean): ValueKind {
  return {
    what: 'a relative path',
    reading: 'quoted words',
    resets: true,
    takes: (word) => folderFault(word, links) === undefined,
    meant: (word) => {
      const [, below = ''] = /^\/(?:run|var\/(?:lib|cache|log)|etc)\/(.+)$/.exec(word) ?? [];
      return below !== '' && folderFault(below, links) === undefined ? below : undefined;
    },
    says: (word, directive) => folderFault(word, links)?.replace('{}', `${directive}=`) ?? '',
  };
}

/**
 * Where a standard stream leads.
 *
 * @param files - what stands before the colon of a file
 * @internal
 */
export function standardStream(names: string, files: readonly string[], what: string): ValueKind {
  const plain = oneOf(names, what);
  const pathOf = (text: string): string | undefined => {
    const [kind = '', path] = text.split(/:(.*)/s);
    return files.includes(kind) ? path : undefined;
  };
  return {
    ...plain,
    what: `${plain.what.replace(' or ', ', ')}, or ${files.map((file) => `${file}:`).join(', ')} and an absolute path`,
    takes: (text) => plain.takes(text) || text.startsWith('fd:') || isPath(pathOf(text) ?? ''),
    says: (text, directive) => {
      const path = pathOf(text);
      return path === undefined ? failedToParse(what)(text, directive) : fatalFault(path, directive);
    },
  };
}

/** An absolute one that leads nowhere up (systemd `src/basic/path-util.c`, path_simplify_and_warn). */
function isPath(text: string): boolean {
  return hasSpecifier(text) || (text.startsWith('/') && !text.split('/').includes('..'));
}

/** A path before which something may stand. */
function behind(prefix: RegExp): Pick<ValueKind, 'takes' | 'says'> {
  return {
    takes: (text) => isPath(text.replace(prefix, '')),
    says: (text, directive) => notPath(text.replace(prefix, ''), directive),
  };
}

function lacking(path: string): 'absolute' | 'normalized' {
  return path.startsWith('/') ? 'normalized' : 'absolute';
}

/** Where systemd does not go on without it. */
function fatalFault(text: string, directive: string): string {
  return `${directive}= path is not ${lacking(text)}: ${text}`;
}

function notPath(text: string, directive: string): string {
  return `${directive}= path is not ${lacking(text)}, ignoring: ${text}`;
}

function boundParts(word: string): readonly string[] {
  return word.replace(/^-/, '').split(':').slice(0, 2);
}

/** What stands behind both paths and is no option. */
function boundFault(word: string): string | undefined {
  const options = word.split(':').slice(2).join(':');
  return ['', 'rbind', 'norbind'].includes(options) ? undefined : options;
}

/** What is wrong with a folder or the link behind it; `{}` stands for the directive. */
function folderFault(word: string, links: boolean): string | undefined {
  const parts = word.split(':').filter((part) => part !== '');
  for (const [index, part] of parts.slice(0, 2).entries()) {
    if (index === 1 && !links)
      return `Destination parameter is not supported for ConfigurationDirectory, ignoring: ${word}`;
    if (part.startsWith('/')) return `{} path is absolute, ignoring: ${part}`;
    const names = part.split('/').filter((name) => name !== '' && name !== '.');
    if (names.length === 0 || names.includes('..')) return `{} path is not normalized, ignoring: ${part}`;
    if (index === 0 && names[0] === 'private')
      return `{} path can't be 'private', ignoring assignment: ${word}`;
  }
  return parts.length === 0 ? '' : undefined;
}
