import type { ManifestBootstrap } from '../bundle/manifest/manifest.js';
import type { BundleState } from '../bundle/state.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import { SNAPSHOT_PATH, snapshotProgram } from '../etcd/snapshot.js';
import { leavesById } from '../pki/certificate-plan.js';
import type { UnixTime } from '../x509/time.js';
import { planChange } from './plan-update.js';
import { planRenewal } from './renew.js';
import { restoreSteps } from './restore-steps.js';
import { type Change, type HostUpdate, pathOf, type Update } from './update.js';

/**
 * What a restored cluster is.
 *
 * @public
 */
export interface RestoreOptions {
  /** Seconds since the epoch. */
  readonly now: UnixTime;
  /** initial-cluster-token: up to 128 printable ASCII characters, drawn for this restore. Another cluster of the same token would be taken for this one. */
  readonly token: string;
}

/**
 * Plans a new cluster from a snapshot, on the hosts of the one that is lost: the same members with another token, of which none starts as a new one,
 * so that a member that was forgotten waits for the others instead of coming up empty. Pairs stay as they are, but for those that have ended.
 *
 * @throws EtcdBundleError `invalid-spec` for a token that etcd does not take or the lost cluster had, `invalid-authority` where a pair has ended and
 * its CA cannot sign another one
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planRestore(state, { now, token: 'restored-2026-11-27' });
 * update.steps.map(({ title }) => title).includes('Restore e1'); // => true
 * ```
 * @public
 */
export function planRestore(state: BundleState, { now, token }: RestoreOptions): Update {
  refuseToken(state, token);
  const { manifest, spec } = state;
  const bootstrap: ManifestBootstrap = { initialCluster: planInitialCluster(spec), state: 'existing' };
  const names = spec.members.map(({ name }) => name);
  const membership = {
    joining: [],
    leaving: [],
    bootstraps: new Map(names.map((name) => [name, bootstrap])),
  };
  const planned = planChange(
    state,
    { spec, document: manifest.document },
    { membership, release: undefined, refused: [], now, token },
  );
  const renewal = planRenewal(state, { now, policy: { type: 'ending', within: 0 } });
  const certificates = [...new Set([...planned.certificates, ...renewal.certificates])];
  const hosts = withIssued(planned.hosts, renewal.hosts);
  const issued = leavesById(planned.plans);
  return {
    action: 'restore',
    spec,
    document: manifest.document,
    token,
    changes: [
      { hosts: names, what: 'data', detail: `from ${SNAPSHOT_PATH}`, effect: 'restore' },
      ...planned.changes.map(atOnce),
      ...renewal.changes,
    ],
    notices: planned.notices,
    plans: planned.plans,
    certificates,
    hosts,
    gate: [`${snapshotProgram(spec.etcd.version)} snapshot status ${SNAPSHOT_PATH} -w table`],
    steps: restoreSteps(state, {
      hosts,
      token,
      plans: certificates.flatMap((id) => issued.get(id) ?? []),
    }),
  };
}

function refuseToken({ manifest }: BundleState, token: string): void {
  const issues: Issue[] = [];
  if (!/^[\u0021-\u007e]{1,128}$/.test(token))
    issues.push({
      code: 'not-a-token',
      path: 'token',
      message: 'The token is not one that etcd takes.',
      cure: 'Give up to 128 printable ASCII characters without spaces.',
    });
  if (token === manifest.cluster.token)
    issues.push({
      code: 'former-token',
      path: 'token',
      message: 'The lost cluster has this token: what is left of it would be let in.',
      cure: 'Draw another one.',
    });
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
}

/** Nobody is left to be restarted one after the other. */
function atOnce(change: Change): Change {
  return change.effect === 'restart' ? { ...change, effect: 'restore' } : change;
}

function withIssued(hosts: readonly HostUpdate[], renewed: readonly HostUpdate[]): readonly HostUpdate[] {
  const issued = new Map(
    renewed.map(({ name, files }) => [
      name,
      new Map(files.flatMap((file) => (file.type === 'issued' ? [[file.path, file] as const] : []))),
    ]),
  );
  return hosts.map((host) => ({
    ...host,
    files: host.files.map((file) => issued.get(host.name)?.get(pathOf(file)) ?? file),
  }));
}
