import { type Capability, capabilitiesOf } from '../../systemd/capabilities.js';
import { directiveValues, isOn } from '../../systemd/directive-values.js';
import type { RootIndex } from '../host-root.js';
import type { ProcessService } from '../service/service.js';
import { type Account, accountsOf } from './accounts.js';

/**
 * Whom etcd runs as, by all names and numbers that files may call it.
 *
 * @internal
 */
export interface Identity {
  /** For people. */
  readonly name: string;
  readonly isRoot: boolean;
  readonly user: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<Capability>;
  /** Whose files capabilities reach: with PrivateUsers= root's and the unit's own (user_namespaces(7)); undefined for everybody's. */
  readonly mapped: ReadonlySet<string> | undefined;
  /** Whether numbers tell something: the host's accounts are there, or the unit itself gives numbers. */
  readonly isNumbered: boolean;
}

const ROOT: Account = { names: ['root', '0'], group: ['root', '0'] };

/**
 * The identity of a service: User=, Group=, SupplementaryGroups=, DynamicUser=, the host's accounts and the capabilities. An `ExecStart=`
 * with `+` or `!` keeps root's (systemd.service(5), "Special executable prefixes").
 *
 * @internal
 */
export function identityOf(service: ProcessService, root: RootIndex): Identity {
  const sections = service.type === 'unit' ? service.sections : [];
  const { prefixes = '', unit = '' } = service.type === 'unit' ? (service.start ?? {}) : {};
  const isPrivileged = /[+]|(?<!!)!(?!!)/.test(prefixes);
  const accounts = accountsOf(root);
  const dynamic = isOn(sections, 'DynamicUser') ? unit.replace(/\.service$/, '') : 'root';
  const name = isPrivileged ? 'root' : (service.user ?? dynamic);
  const isDynamic = isOn(sections, 'DynamicUser') && accounts.user(name) === undefined;
  const account = (name === 'root' ? ROOT : undefined) ??
    accounts.user(name) ?? { names: [name], group: isDynamic ? [name] : [service.group ?? name] };
  const isRoot = account.names.includes('0') || account.names.includes('root');
  const own = isPrivileged || service.group === undefined ? account.group : groupNames(root, service.group);
  const supplementary = isPrivileged
    ? []
    : directiveValues(sections, 'SupplementaryGroups')
        .flatMap((line) => line.split(/\s+/))
        .flatMap((group) => groupNames(root, group));
  const listed = account.names.flatMap((user) => accounts.groupsOf(user));
  return {
    name,
    isRoot,
    user: new Set(account.names),
    groups: new Set([...own, ...listed, ...supplementary]),
    capabilities:
      service.type === 'unit' && !/[+]/.test(prefixes)
        ? capabilitiesOf(sections, isRoot)
        : capabilitiesOf([], isRoot),
    mapped:
      isOn(sections, 'PrivateUsers') && !prefixes.includes('+')
        ? new Set(['root', '0', ...account.names, ...own])
        : undefined,
    isNumbered: root.isHost || account.names.some((text) => /^\d+$/.test(text)),
  };
}

function groupNames(root: RootIndex, group: string): readonly string[] {
  return accountsOf(root).group(group) ?? [group];
}
