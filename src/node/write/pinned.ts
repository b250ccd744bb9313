import { dirname, isAbsolute, join, relative } from 'node:path';
import type { FileSystem } from './file-system.js';
import type { OpenFolder } from './open-folder.js';

/**
 * A file system in which certain folders are held by a descriptor. Paths are written as ever, and errors have them; but a name below a
 * pinned folder begins at the folder that was pinned, so that nobody who may write to a folder above can lead it elsewhere.
 *
 * @internal
 */
export interface PinnedFileSystem extends FileSystem {
  /** Holds a folder from now on. */
  readonly pin: (path: string) => Promise<OpenFolder>;
  /** Holds a folder that is open. */
  readonly adopt: (path: string, folder: OpenFolder) => void;
  readonly release: () => Promise<void>;
}

/** @internal */
export function pinFolders(fs: FileSystem): PinnedFileSystem {
  const pins = new Map<string, OpenFolder>();
  /** For what happens to the name itself. */
  const name = (path: string): string => {
    if (!isAbsolute(path)) return path;
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const pin = pins.get(folder);
      if (pin !== undefined && folder !== path) return join(pin.inside, relative(folder, path));
      if (folder === dirname(folder)) return path;
    }
  };
  /** For what happens in the folder of that name. */
  const inside = (path: string): string => pins.get(path)?.inside ?? name(path);
  const adopt = (path: string, folder: OpenFolder): void => {
    const former = pins.get(path);
    pins.set(path, folder);
    void former?.close();
  };
  return {
    pin: async (path) => {
      const folder = await atPath(path, fs.openFolder(name(path)));
      adopt(path, folder);
      return folder;
    },
    adopt,
    release: async () => {
      const folders = [...pins.values()];
      pins.clear();
      await Promise.all(folders.map((folder) => folder.close().catch(() => undefined)));
    },
    // Deno's access(2) looks at the link in /proc and not at what it leads to; the dot is behind it.
    access: (path, mode) => atPath(path, fs.access(`${inside(path)}/.`, mode)),
    chmod: (path, mode) => atPath(path, fs.chmod(inside(path), mode)),
    lstat: (path) => atPath(path, fs.lstat(name(path))),
    mkdir: (path, mode) => atPath(path, fs.mkdir(name(path), mode)),
    open: (path, flags, mode) =>
      atPath(path, fs.open(flags === 'r' ? inside(path) : name(path), flags, mode)),
    openFolder: (path) => atPath(path, fs.openFolder(name(path))),
    readdir: (path) => atPath(path, fs.readdir(inside(path))),
    readFile: (path) => atPath(path, fs.readFile(name(path))),
    readChunks: (path) => fs.readChunks(name(path)),
    readlink: (path) => atPath(path, fs.readlink(name(path))),
    rename: (from, to) => atPath(from, fs.rename(name(from), name(to))),
    rm: (path, options) => atPath(path, fs.rm(name(path), options)),
    rmdir: (path) => atPath(path, fs.rmdir(name(path))),
    stat: (path) => atPath(path, fs.stat(inside(path))),
    unlink: (path) => atPath(path, fs.unlink(name(path))),
  };
}

/**
 * An error tells the path that was asked for.
 *
 * @internal
 */
export async function atPath<T>(path: string, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    if (error instanceof Error && 'path' in error) error.path = path;
    throw error;
  }
}
