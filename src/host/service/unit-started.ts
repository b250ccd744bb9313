import { baseName } from '../../text/path.js';
import type { RootIndex } from '../host-root.js';
import type { ProcessService } from './service.js';
import { unitText } from './unit-fragments.js';

/** Directives of other units that start the units they name (systemd.unit(5), systemd.timer(5), systemd.socket(5)). */
const STARTING = /^(?:Wants|Requires|BindsTo|Upholds|OnSuccess|Unit|Service)$/;

/**
 * Of the members of a host those that something starts, and those that lie there. Where nothing starts any of them, or the root is a part
 * of a host, which is enabled once it is there, all of them count.
 *
 * @internal
 */
export function startedMembers(
  root: RootIndex,
  services: readonly ProcessService[],
): { readonly started: readonly ProcessService[]; readonly idle: readonly ProcessService[] } {
  if (!root.isHost || services.length < 2) return { started: services, idle: [] };
  const isIdle = ({ type, start }: ProcessService): boolean =>
    type === 'unit' && start !== undefined && !isStarted(root, start.unit);
  const idle = services.filter(isIdle);
  if (idle.length === 0 || !services.some((service) => service.type === 'unit' && !idle.includes(service)))
    return { started: services, idle: [] };
  return { started: services.filter((service) => !idle.includes(service)), idle };
}

/**
 * Whether a link in `<target>.wants` or `.requires` starts a unit under one of its names, or another unit names it. Of a template its
 * instances are asked for.
 *
 * @internal
 */
export function isStarted(root: RootIndex, unit: string): boolean {
  const names = namesOf(root, unit);
  const isOne = (name: string): boolean => names.has(name) || names.has(templateOf(name));
  for (const path of root.files.keys()) {
    if (!path.includes('/systemd/')) continue;
    const name = baseName(path);
    if (/\.(?:wants|requires|upholds)\/[^/]+$/.test(path)) {
      if (isOne(name)) return true;
      continue;
    }
    const [, prefix, kind] = /^(.+)\.(service|target|socket|timer|path|conf)$/.exec(name) ?? [];
    if (kind === undefined || isOne(name)) continue;
    // Without Unit= or Service= they start the service of their own name.
    if (/^(?:socket|timer|path)$/.test(kind) && isOne(`${prefix}.service`)) return true;
    if (
      unitText(root, path)
        .split('\n')
        .some((line) => startsOne(line, isOne))
    )
      return true;
  }
  return false;
}

function startsOne(line: string, isOne: (name: string) => boolean): boolean {
  const equals = line.indexOf('=');
  const [name, value] = [line.slice(0, equals).trim(), line.slice(equals + 1)];
  if (STARTING.test(name)) return value.split(/\s+/).some(isOne);
  // "etcd" is short for "etcd.service" (systemctl(1)).
  return (
    name.startsWith('Exec') &&
    startsUnits(value) &&
    value.split(/[\s'";&|]+/).some((word) => isOne(word) || isOne(`${word}.service`))
  );
}

/** The unit's own name, and those of links to it. */
function namesOf(root: RootIndex, unit: string): ReadonlySet<string> {
  const names = new Set([unit]);
  for (const [path, { linkTo }] of root.files)
    if (linkTo?.endsWith(`/${unit}`) && path.includes('/systemd/') && path.endsWith('.service'))
      names.add(baseName(path));
  return names;
}

/** `etcd@.service` of `etcd@e1.service`. */
function templateOf(name: string): string {
  return name.replace(/@[^@]+(\.service)$/, '@$1');
}

function startsUnits(command: string): boolean {
  const at = command.search(/\bsystemctl\b/);
  return at >= 0 && /\b(?:re)?start\b/.test(command.slice(at));
}
