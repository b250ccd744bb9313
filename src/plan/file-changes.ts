import { clientEndpoints } from '../bundle/client-files.js';
import type { ManifestHost } from '../bundle/manifest/manifest.js';
import { memberSettings } from '../bundle/service-files.js';
import type { ClusterSpec } from '../cluster-spec.js';
import type { Pki } from '../pki/pki.js';
import { effectOf } from './effect.js';
import type { Membership } from './membership.js';
import { isSame, type RenderedHost } from './rendered-host.js';
import type { Change } from './update.js';

/**
 * What changes of a cluster are told by.
 *
 * @internal
 */
export interface ToldCluster {
  /** Values by the names of a member's settings; none where it is no member. */
  readonly settingsOf: (member: string) => ReadonlyMap<string, string>;
  /** That clients dial. */
  readonly endpoints: ReadonlySet<string>;
}

/** @internal */
export interface ToldClusters {
  readonly before: ToldCluster;
  readonly after: ToldCluster;
}

/** @internal */
export function toldOf(
  spec: ClusterSpec,
  pkiOf: (host: string) => Pki,
  bootstraps: Membership['bootstraps'],
): ToldCluster {
  const members = new Map(spec.members.map((member) => [member.name, member]));
  return {
    settingsOf: (name) => {
      const member = members.get(name);
      const settings =
        member === undefined ? [] : memberSettings(spec, member, pkiOf(name), bootstraps.get(name));
      return new Map(settings.map((setting) => [setting.name, setting.value]));
    },
    endpoints: new Set(clientEndpoints(spec).split(',')),
  };
}

/**
 * Settings and endpoints by their names, whatever else changes by its file.
 *
 * @internal
 */
export function fileChanges(host: RenderedHost, told: ToldClusters): readonly Change[] {
  const { plan, files, former, leaves } = host;
  const isPair = (path: string): boolean =>
    leaves.some(({ files: own }) => own.certificate === path || own.key === path);
  if (former === undefined)
    return [
      { hosts: [plan.name], what: `new ${plan.kind}`, detail: 'its own tarball, whole', effect: 'copy' },
    ];
  const changed = files.filter((file) => !isPair(file.path) && !isSame(file));
  if (changed.length === 0) return [];
  const named = plan.kind === 'member' ? settingChanges(plan.name, told) : endpointChanges(plan.name, told);
  if (named.length > 0) return named;
  return changed.map(({ path, kind, former: known }) => ({
    hosts: [plan.name],
    what: path,
    detail: known === undefined ? 'new' : 'changed',
    effect: plan.kind === 'member' ? effectOf(kind) : 'copy',
  }));
}

function settingChanges(name: string, { before, after }: ToldClusters): readonly Change[] {
  const [was, is] = [before.settingsOf(name), after.settingsOf(name)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({
      hosts: [name],
      what: key,
      detail: `${was.get(key) ?? 'default'} -> ${is.get(key) ?? 'default'}`,
      effect: 'restart',
    }));
}

function endpointChanges(name: string, { before, after }: ToldClusters): readonly Change[] {
  const details = [
    ...[...after.endpoints].filter((url) => !before.endpoints.has(url)).map((url) => `+ ${url}`),
    ...[...before.endpoints].filter((url) => !after.endpoints.has(url)).map((url) => `- ${url}`),
  ];
  return details.length === 0
    ? []
    : [{ hosts: [name], what: 'endpoints', detail: details.join(', '), effect: 'copy' }];
}

/** @internal */
export function goneClients(
  former: readonly ManifestHost[],
  hosts: readonly RenderedHost[],
): readonly Change[] {
  const names = new Set(hosts.map(({ plan }) => plan.name));
  return former
    .filter(({ name, kind }) => kind !== 'member' && !names.has(name))
    .map(({ name, kind }) => ({
      hosts: [name],
      what: kind,
      detail: 'no longer of the cluster',
      effect: 'none',
    }));
}
