/** Programs that start the command behind their own words, with those of their options that have a value. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  catatonit: [],
  chpst: ['-u', '-U', '-b', '-e', '-/', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-r', '-t'],
  chrt: [],
  chroot: [],
  command: [],
  'dumb-init': [],
  env: ['-u', '-C', '--unset', '--chdir'],
  exec: ['-a'],
  gosu: [],
  ionice: ['-c', '-n', '-p'],
  nice: ['-n'],
  nohup: [],
  numactl: [],
  prlimit: [],
  runuser: ['-u', '-g', '-G', '-s'],
  setpriv: [],
  setsid: [],
  's6-setuidgid': [],
  setuidgid: [],
  'start-stop-daemon': [],
  stdbuf: ['-i', '-o', '-e'],
  'su-exec': [],
  sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t'],
  'systemd-cat': ['-t', '-p'],
  taskset: [],
  timeout: ['-k', '-s'],
  tini: ['-p', '-e'],
};
/** Those with a word of their own before the command: a user, a time, a mask, a folder. */
const WITH_OPERAND: readonly string[] = [
  ...['chroot', 'chrt', 'taskset', 'timeout'],
  ...['gosu', 's6-setuidgid', 'setuidgid', 'su-exec'],
];
const USER_OPERAND: readonly string[] = ['gosu', 's6-setuidgid', 'setuidgid', 'su-exec'];

/**
 * A command without what only sets the scene for it.
 *
 * @internal
 */
export interface BareCommand {
  readonly words: readonly string[];
  /** `NAME=value` of env(1). */
  readonly assignments: readonly string[];
  readonly user?: string;
}

/**
 * Takes `env`, `nice`, `sudo -u etcd` and their like off a command. `su -c` stays: its command is a script.
 *
 * @internal
 */
export function withoutPrefixes(words: readonly string[]): BareCommand {
  let bare: BareCommand = { words, assignments: [] };
  for (let round = 0; round < 8; round += 1) {
    const name = (bare.words[0] ?? '').replace(/^.*\//, '');
    if (!Object.hasOwn(PREFIXES, name)) break;
    const next = name === 'start-stop-daemon' ? daemonCommand(bare.words) : behindOptions(name, bare.words);
    const user = next.user ?? bare.user;
    bare = {
      words: next.words,
      assignments: [...bare.assignments, ...next.assignments],
      ...(user === undefined ? {} : { user }),
    };
  }
  return bare;
}

function behindOptions(name: string, words: readonly string[]): BareCommand {
  const valued = PREFIXES[name] ?? [];
  const assignments: string[] = [];
  let user: string | undefined;
  let at = 1;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (/^[A-Za-z_]\w*=/.test(word) && (name === 'env' || name === 'sudo')) assignments.push(word);
    else if (!word.startsWith('-')) break;
    else if (valued.includes(word)) {
      at += 1;
      if (word === '-u' && name !== 'env') user = words[at]?.replace(/^:/, '').split(':')[0];
    } else if (/^--(?:user|reuid)=/.test(word)) user = word.replace(/^.*?=/, '');
  }
  if (WITH_OPERAND.includes(name)) {
    if (USER_OPERAND.includes(name)) user = words[at]?.split(':')[0];
    at += 1;
  }
  return {
    words: words.slice(at),
    assignments,
    ...(user === undefined || user === 'root' ? {} : { user }),
  };
}

/** `start-stop-daemon --start --exec /usr/bin/etcd -- --name e1` */
function daemonCommand(words: readonly string[]): BareCommand {
  const given = (...names: readonly string[]): string | undefined => {
    for (const [index, word] of words.entries()) {
      if (names.includes(word)) return words[index + 1];
      const [name = '', value] = word.split(/=(.*)/s);
      if (names.includes(name) && value !== undefined) return value;
    }
    return undefined;
  };
  const binary = given('--exec', '-x', '--startas', '-a');
  const dashes = words.indexOf('--');
  const user = given('--chuid', '-c')?.split(':')[0];
  return {
    words: binary === undefined ? [] : [binary, ...(dashes < 0 ? [] : words.slice(dashes + 1))],
    assignments: [],
    ...(user === undefined || user === 'root' ? {} : { user }),
  };
}
