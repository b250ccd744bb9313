import type { RootFile, RootIndex } from '../../host/host-root.js';
import { textOf } from '../../host/host-root.js';
import type { MemberView } from '../../host/member-view.js';
import { usesOf } from '../dials/pair-uses.js';
import type { Rule } from '../rule.js';

/** Files in tmpfiles.d of one host. */
const MAX_TMPFILES = 200;

interface Access {
  readonly user: string;
  readonly group: string;
  readonly mode: number;
}

/** @internal */
export const keyAccess: Rule = {
  name: 'key-access',
  summary: 'The user of the unit may read its keys.',
  levels: ['error'],
  source: 'systemd.exec(5), User=; tmpfiles.d(5), z; open(2), EACCES',
  *check(view) {
    for (const member of view.members) {
      const { service, root, label } = member;
      if (service.type === 'layout' || service.user === undefined || service.user.includes('%')) continue;
      const tmpfiles = tmpfilesOf(root);
      const paths = [
        ...usesOf(view, label).pairs.flatMap(({ pair, role }) =>
          role !== 'client' ? [pair.certificate, pair.key] : [],
        ),
        ...usesOf(view, label).trusts.flatMap(({ trust, setting }) =>
          setting.endsWith('trusted-ca-file') ? [trust.file] : [],
        ),
      ];
      for (const { path, file } of paths) {
        const access = file === undefined ? undefined : accessOf(file, path, tmpfiles);
        if (access === undefined || mayRead(access, member, service.user, service.group)) continue;
        yield {
          level: 'error',
          member: label,
          path,
          message: `The unit runs etcd as ${service.user}, which may not read a file of ${access.user}:${access.group} with mode ${octal(access.mode)}.`,
          cure: `chown root:${service.group ?? service.user} ${path} && chmod 0640 ${path}`,
          etcdSays: `open ${path}: permission denied`,
        };
      }
    }
  },
};

/** @internal */
export const keyModes: Rule = {
  name: 'key-modes',
  summary: 'Only its owner and group may read a private key.',
  levels: ['warning'],
  source: 'kubeadm client-go keyutil, WriteKey; NIST SP 800-57 part 1, 5.3',
  *check({ pemFiles }) {
    const tmpfiles = new Map<RootIndex, readonly Tmpfile[]>();
    for (const { root, file } of pemFiles) {
      const lines = tmpfiles.get(root) ?? tmpfilesOf(root);
      tmpfiles.set(root, lines);
      const access =
        file.key === undefined || file.file === undefined ? undefined : accessOf(file.file, file.path, lines);
      const mode = access?.mode ?? file.file?.mode;
      if (file.key === undefined || mode === undefined || (mode & 0o007) === 0) continue;
      yield {
        level: 'warning',
        member: root.name,
        path: file.path,
        message: `The private key has mode ${octal(mode)}: everyone on the host may ${(mode & 0o004) === 0 ? 'change' : 'read'} it.`,
        cure: `chmod ${(mode & 0o040) === 0 ? '0600' : '0640'} ${file.path}`,
      };
    }
  },
};

interface Tmpfile {
  readonly type: string;
  readonly target: string;
  readonly mode: string;
  readonly user: string;
  readonly group: string;
}

/** The lines of tmpfiles.d that change what is there. */
function tmpfilesOf(root: RootIndex): readonly Tmpfile[] {
  const files = [...root.files]
    .filter(([name]) => /\/tmpfiles\.d\/[^/]+\.conf$/.test(name))
    .slice(0, MAX_TMPFILES);
  return files.flatMap(([, file]) =>
    textOf(file, 65_536)
      .split('\n')
      .filter((line) => /^\s*[zZ]/.test(line))
      .map((line) => {
        const [type = '', target = '', mode = '', user = '', group = ''] = line.trim().split(/\s+/);
        return { type, target, mode, user, group };
      }),
  );
}

/** As tmpfiles.d leaves it, otherwise as it lies there; undefined where nobody told. */
function accessOf(file: RootFile, path: string, tmpfiles: readonly Tmpfile[]): Access | undefined {
  const line = tmpfiles.find(
    ({ type, target }) => target === path || (type.startsWith('Z') && path.startsWith(`${target}/`)),
  );
  const { owner, mode } = file;
  if (line === undefined)
    return owner === undefined || mode === undefined || owner.user === '' ? undefined : { ...owner, mode };
  const bits = Number.parseInt(line.mode.replace(/^[~:]/, ''), 8);
  return {
    user: isUnset(line.user) ? (owner?.user ?? 'root') : line.user,
    group: isUnset(line.group) ? (owner?.group ?? 'root') : line.group,
    mode: Number.isNaN(bits) ? (mode ?? 0o644) : bits,
  };
}

function isUnset(name: string): boolean {
  return name === '' || name === '-';
}

function mayRead(
  { user, group, mode }: Access,
  { root }: MemberView,
  service: string,
  primary: string | undefined,
): boolean {
  // Numbers mean nothing without the host's accounts.
  const isNumbered = /^\d+$/.test(user) || /^\d+$/.test(group);
  if (isNumbered && !/^\d+$/.test(service) && idOf(root, '/etc/passwd', service) === undefined) return true;
  if (user === service || user === idOf(root, '/etc/passwd', service)) return (mode & 0o400) !== 0;
  const groups = groupsOf(root, service, primary);
  if (groups.includes(group)) return (mode & 0o040) !== 0;
  return (mode & 0o004) !== 0;
}

/** Names and numbers of the groups; a user that systemd-sysusers makes has a group of its own name. */
function groupsOf(root: RootIndex, user: string, primary: string | undefined): readonly string[] {
  const own = primary ?? user;
  const listed = accounts(root, '/etc/group').flatMap(([name = '', , id = '', members = '']) =>
    name === own || members.split(',').includes(user) ? [name, id] : [],
  );
  const numbered = accounts(root, '/etc/passwd').find(([name]) => name === user)?.[3];
  return [own, ...listed, ...(numbered === undefined || primary !== undefined ? [] : [numbered])];
}

function idOf(root: RootIndex, path: string, name: string): string | undefined {
  return accounts(root, path).find(([first]) => first === name)?.[2];
}

function accounts(root: RootIndex, path: string): readonly (readonly string[])[] {
  const file = root.files.get(path);
  return file === undefined
    ? []
    : textOf(file)
        .split('\n')
        .map((line) => line.split(':'));
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
