import type { Capability } from '../../systemd/capabilities.js';
import { TEMPORARY } from '../../systemd/sandbox/protected-folders.js';
import { fitsGlob } from '../../text/glob.js';
import { isWithin, normalizePath, parentOf } from '../../text/path.js';
import type { RootIndex } from '../host-root.js';
import type { ProcessService } from '../service/service.js';
import { type Identity, identityOf } from './identity.js';
import type { Preparation } from './pre-start.js';
import { preparationsOf } from './preparation.js';

/**
 * What is at a path when etcd starts.
 *
 * @internal
 */
export type PathState =
  | {
      readonly type: 'file' | 'directory';
      /** Absolute, with links resolved. */
      readonly path: string;
      readonly mode: number | undefined;
      readonly user: string | undefined;
      readonly group: string | undefined;
    }
  | { readonly type: 'absent' }
  | { readonly type: 'unseen' };

/** @internal */
export type PresentPath = Extract<PathState, { readonly path: string }>;

/** @internal */
export type Reach =
  | { readonly type: 'granted' }
  /** Owners or modes are not told. */
  | { readonly type: 'unknown'; readonly path: string }
  | {
      readonly type: 'denied';
      readonly at: PresentPath;
      readonly need: 'enter' | 'read' | 'write' | 'execute';
    }
  | { readonly type: 'absent'; readonly path: string };

/** @internal */
export interface Access {
  readonly identity: Identity;
  /** Whether root's commands run before etcd that may change owners and modes. */
  readonly isOpen: boolean;
  readonly stateOf: (path: string) => PathState;
  /** May it open the file at an absolute path of the host for reading? */
  readonly toRead: (path: string) => Reach;
  /** May it enter the folder? */
  readonly toEnter: (path: string) => Reach;
  /** May it execute the program? */
  readonly toExecute: (path: string) => Reach;
  /** May it write the file or folder, or make it where it is not there, with its parents where `parents`? */
  readonly toWrite: (path: string, parents: boolean) => Reach;
}

const READ = 4;
const WRITE = 2;
const ENTER = 1;

type Need = Extract<Reach, { readonly type: 'denied' }>['need'];

const known = new WeakMap<ProcessService, Access>();

/**
 * Answers, for a service, whether its account may reach a path of the host (path_resolution(7); Linux `fs/namei.c`,
 * generic_permission).
 *
 * @internal
 */
export function accessOf(service: ProcessService, root: RootIndex): Access {
  const access = known.get(service) ?? makeAccess(service, root);
  known.set(service, access);
  return access;
}

function makeAccess(service: ProcessService, root: RootIndex): Access {
  const identity = identityOf(service, root);
  const { steps, isOpen } = preparationsOf(service, root, identity.name);
  const stateOf = (path: string): PathState => prepared(normalizePath(path), root, steps);
  const enter = (path: string): Reach => {
    for (const folder of foldersAbove(path)) {
      const state = stateOf(folder);
      if (state.type !== 'directory') continue;
      const reach = check(state, ENTER, identity, 'enter');
      if (reach.type !== 'granted') return reach;
      if (state.path !== folder) {
        const behind = enter(`${state.path}/.`);
        if (behind.type !== 'granted') return behind;
      }
    }
    return { type: 'granted' };
  };
  const reachFile = (path: string, bits: number, need: Need): Reach => {
    const entered = enter(path);
    if (entered.type !== 'granted') return entered;
    const state = stateOf(path);
    if (state.type === 'absent') return { type: 'absent', path };
    if (state.type === 'unseen') return { type: 'granted' };
    const behind = state.path === path ? entered : enter(state.path);
    return behind.type === 'granted' ? check(state, bits, identity, need) : behind;
  };
  return {
    identity,
    isOpen,
    stateOf,
    toRead: (path) => reachFile(normalizePath(path), READ, 'read'),
    toEnter: (path) => reachFile(normalizePath(path), ENTER, 'enter'),
    toExecute: (path) => reachFile(normalizePath(path), ENTER, 'execute'),
    toWrite: (path, parents) => {
      const wanted = normalizePath(path);
      const state = stateOf(wanted);
      if (state.type === 'directory') return reachFile(wanted, WRITE | ENTER, 'write');
      if (state.type === 'file') return reachFile(wanted, WRITE, 'write');
      if (state.type === 'unseen') return enter(wanted);
      let folder = parentOf(wanted);
      while (parents && folder !== '/' && stateOf(folder).type === 'absent') folder = parentOf(folder);
      return reachFile(folder, WRITE | ENTER, 'write');
    },
  };
}

/** `/etc` and `/etc/etcd` of `/etc/etcd/ca.crt`. The root itself is open to all on a host, whatever folder a copy lies in. */
function foldersAbove(path: string): readonly string[] {
  const segments = path.split('/').slice(1, -1);
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
}

function prepared(path: string, root: RootIndex, steps: readonly Preparation[]): PathState {
  if (path === '/') return { type: 'directory', path, mode: 0o755, user: 'root', group: 'root' };
  const entry = root.entry(path);
  let state: PathState =
    entry.type === 'absent' || entry.type === 'unseen'
      ? entry
      : {
          type: entry.type,
          path: entry.path,
          mode: entry.mode,
          user: entry.owner?.user,
          group: entry.owner?.group,
        };
  for (const step of steps) state = apply(step, path, state, root);
  return state;
}

function apply(step: Preparation, path: string, state: PathState, root: RootIndex): PathState {
  const isItself = step.isGlob ? fitsGlob(path, step.path) : path === step.path;
  if (!isItself && step.creates === 'directory' && isWithin(step.path, path) && state.type === 'absent')
    return { type: 'directory', path, mode: modeOfParent(path), user: 'root', group: 'root' };
  const isInside = !isItself && reaches(step, path, root);
  if (!isItself && !isInside) return state;
  const { user, group, mode, creates } = step;
  if (state.type === 'absent' || state.type === 'unseen') {
    if (creates === undefined || !isItself || (state.type === 'unseen' && creates !== 'directory'))
      return state;
    return { type: creates, path, mode: mode ?? 0o755, user: user ?? 'root', group: group ?? 'root' };
  }
  if (step.isForNew) return state;
  return {
    ...state,
    // What DynamicUser= keeps below /var/lib/private is mounted in its place.
    path: isItself && step.reach === 'with-owner' ? path : state.path,
    user: user ?? state.user,
    group: group ?? state.group,
    mode: isInside && step.reach === 'with-owner' ? state.mode : adjusted(mode, state, step),
  };
}

/** systemd's own `tmpfiles.d/tmp.conf` has made these before. */
function modeOfParent(path: string): number {
  return TEMPORARY.includes(path) ? 0o1777 : 0o755;
}

function reaches(step: Preparation, path: string, root: RootIndex): boolean {
  if (step.reach === 'itself') return false;
  const isBelow = step.isGlob
    ? foldersAbove(path).some((folder) => fitsGlob(folder, step.path))
    : isWithin(path, step.path);
  if (!isBelow || step.reach === 'inside') return isBelow;
  const top = root.entry(step.path);
  return top.type === 'directory' && top.owner?.user !== step.user;
}

/** `Z` gives files no right to be executed unless they had it: that is of `~` alone, and of no matter here. */
function adjusted(mode: number | undefined, state: PresentPath, { reach }: Preparation): number | undefined {
  if (mode === undefined) return state.mode;
  return reach === 'inside' && state.type === 'directory' && state.mode !== undefined
    ? mode | ((mode & 0o444) >> 2)
    : mode;
}

function check(at: PresentPath, wanted: number, identity: Identity, need: Need): Reach {
  const { mode, user, group } = at;
  if (mode === undefined) return { type: 'granted' };
  const has = (bits: number): boolean => (bits & wanted) === wanted;
  if (isCapable(at, wanted, identity)) return { type: 'granted' };
  const [owner, inGroup, others] = [has(mode >> 6), has(mode >> 3), has(mode)];
  if (owner && inGroup && others) return { type: 'granted' };
  if (user === undefined || group === undefined || user === '')
    return identity.isRoot && owner && identity.mapped === undefined
      ? { type: 'granted' }
      : { type: 'unknown', path: at.path };
  const isNumbered = /^\d+$/.test(user) || /^\d+$/.test(group);
  if (isNumbered && !identity.isNumbered) return { type: 'unknown', path: at.path };
  const isGranted = identity.user.has(user) ? owner : identity.groups.has(group) ? inGroup : others;
  return isGranted ? { type: 'granted' } : { type: 'denied', at, need };
}

function isCapable({ type, mode, user, group }: PresentPath, wanted: number, identity: Identity): boolean {
  const { capabilities, mapped } = identity;
  if (mapped !== undefined && !(mapped.has(user ?? '') && mapped.has(group ?? ''))) return false;
  // A program that nobody may execute, root may not either.
  if (type === 'file' && (wanted & ENTER) !== 0 && ((mode ?? 0) & 0o111) === 0) return false;
  const holds = (name: Capability): boolean => capabilities.has(name);
  const isReading = (wanted & WRITE) === 0 && (type === 'directory' || wanted === READ);
  return holds('CAP_DAC_OVERRIDE') || (isReading && holds('CAP_DAC_READ_SEARCH'));
}
