import type { Issue } from '../../errors.js';
import { presets } from '../../presets/presets.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

type Refusal = Pick<Issue, 'code' | 'message' | 'cure'>;

/** Variables that units of presets read from a host's file. */
const HOST_VARIABLES: readonly string[] = Object.values(presets).flatMap(({ hostVariables }) =>
  Object.values(hostVariables?.templates ?? {}).flatMap((template) =>
    template.flatMap((part) => (typeof part === 'string' ? [] : [part.variable])),
  ),
);

/** Directives of [Service] that other keys of the document decide. */
const DECIDED_ELSEWHERE: Readonly<Record<string, string>> = {
  ExecStart: 'Write etcd.binary and etcd.settings.',
  User: 'Write systemd.user.',
  Group: 'Write systemd.group.',
  DynamicUser: 'Write systemd.user: the bundle makes the account.',
};

/** Directives of [Service] some of whose values keep etcd from starting. */
const KEEP_FROM_STARTING: Readonly<Record<string, (value: string) => Refusal | undefined>> = {
  EnvironmentFile: (value) => {
    if (value.startsWith('-')) return undefined;
    return value === ''
      ? {
          code: 'environment-file-reset',
          message:
            'An empty EnvironmentFile= takes away those before it, and with etcd.config: environment the settings.',
          cure: 'Leave the empty value out.',
        }
      : {
          code: 'environment-file-missing',
          message: `The bundle has no ${quoteValue(value)}, and systemd does not start etcd without it ("Failed to load environment files").`,
          cure: `Write -${value} if it may be missing; etcd's own settings go into etcd.settings.`,
        };
  },
  // Its words are names, or assignments that are taken away where they are just so (systemd.exec(5)).
  UnsetEnvironment: (value) => {
    const variable = value.split(/\s+/).find((word) => isOfEtcd(word.split('=')[0] ?? ''));
    return variable === undefined
      ? undefined
      : {
          code: 'environment-of-etcd',
          message: `It would take away ${quoteValue(variable)}, a setting of etcd's own.`,
          cure: 'Leave it out, and write etcd.settings.',
        };
  },
  RootDirectory: outsideRoot,
  RootImage: outsideRoot,
};

/**
 * Refuses a directive of [Service] that another key decides, and values with which the service of this bundle would not start.
 *
 * @param path - of the directive in the document
 * @internal
 */
export function checkServiceDirective(
  name: string,
  values: readonly string[],
  path: string,
  issues: IssueList,
): void {
  const cure = Object.hasOwn(DECIDED_ELSEWHERE, name) ? DECIDED_ELSEWHERE[name] : undefined;
  if (cure !== undefined)
    issues.add('directive-decided-elsewhere', path, `${name} is set by another key of this document.`, cure);
  const refuse = Object.hasOwn(KEEP_FROM_STARTING, name) ? KEEP_FROM_STARTING[name] : undefined;
  for (const value of values) {
    const refusal = refuse?.(value);
    if (refusal !== undefined) issues.add(refusal.code, path, refusal.message, refusal.cure);
  }
}

function outsideRoot(value: string): Refusal | undefined {
  if (value === '' || value === '/') return undefined;
  return {
    code: 'service-root',
    message: `With ${quoteValue(value)} as its root the service sees neither etcd nor the files of the bundle.`,
    cure: 'Leave it out; systemd.hardening: true makes a sandbox.',
  };
}

/** ETCD_UNSUPPORTED_ARCH is not a setting. */
function isOfEtcd(variable: string): boolean {
  return /^ETCD_(?!UNSUPPORTED_ARCH$)/.test(variable) || HOST_VARIABLES.includes(variable);
}
