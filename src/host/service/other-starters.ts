import { beginningOf, mentions, type RootIndex } from '../host-root.js';

/**
 * A file by which something that is not read here may start etcd.
 *
 * @internal
 */
export interface OtherStarter {
  readonly path: string;
  /** What reads it, for people. */
  readonly by: string;
}

interface Kind {
  readonly by: string;
  readonly path: RegExp;
  readonly line: RegExp;
  /** What the whole file has to hold as well. */
  readonly text?: readonly RegExp[];
}

/** What starts etcd on hosts and is not understood, by the file that it reads and the line there that tells. */
const KINDS: readonly Kind[] = [
  // developer.hashicorp.com/nomad, Job Specification
  {
    by: 'Nomad',
    path: /\.nomad(?:\.hcl|\.json)?$|\/nomad\.d\/[^/]+\.(?:hcl|json)$/,
    line: /\b(?:image|command)\b.*\betcd\b(?!ctl)/,
  },
  // systemd.nspawn(5)
  { by: 'systemd-nspawn', path: /\.nspawn$/, line: /^Parameters=.*\betcd\b/ },
  // monit(1)
  {
    by: 'monit',
    path: /^\/etc\/(?:monit\/.*|monitrc|monit\.d\/.*)$/,
    line: /^\s*start\b.*\/etcd\b/,
  },
  // docs.talos.dev, MachineConfig
  {
    by: 'Talos',
    path: /(?:^|\/)(?:config|controlplane|talos[^/]*)\.ya?ml$/,
    line: /^ {2,4}etcd:\s*$/,
    text: [/^machine:/m, /^cluster:/m],
  },
  // cloudinit.readthedocs.io, Instance metadata; coreos.github.io/ignition
  { by: 'cloud-init', path: /(?:^|\/)(?:user-data|cloud-config)(?:\.txt|\.ya?ml)?$/, line: /^\s+etcd[23]?:/ },
  { by: 'Ignition', path: /\.(?:ign|bu|fcc)$/, line: /\betcd[\w@.-]{0,64}\.service\b/ },
];
const MAX_FOUND = 10;
/** Characters of a line that are looked at. */
const MAX_LINE = 4_096;

/**
 * What else on a host seems to start etcd, to be named where no member was found.
 *
 * @internal
 */
export function otherStarters(root: RootIndex): readonly OtherStarter[] {
  const found = [...root.files].flatMap(([path, file]): readonly OtherStarter[] => {
    const kind = KINDS.find((one) => one.path.test(path));
    if (kind === undefined || !mentions(file, 'etcd')) return [];
    const text = beginningOf(file);
    if (kind.text?.every((pattern) => pattern.test(text)) === false) return [];
    const isEtcds = text.split('\n').some((line) => kind.line.test(line.slice(0, MAX_LINE)));
    return isEtcds ? [{ path, by: kind.by }] : [];
  });
  return found.slice(0, MAX_FOUND);
}
