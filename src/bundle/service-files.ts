import type { ClusterSpec, EtcdSetting, MemberSpec } from '../cluster-spec.js';
import { planMemberSettings } from '../etcd/member-settings.js';
import { renderEnvironment } from '../etcd/setting/render/environment.js';
import { renderFlags } from '../etcd/setting/render/flags.js';
import { renderYaml } from '../etcd/setting/render/yaml.js';
import { planUnitDirectives } from '../etcd/unit-directives.js';
import type { Pki } from '../pki/pki.js';
import { planTlsSettings } from '../pki/tls-settings.js';
import { presets } from '../presets/presets.js';
import { type EnvironmentVariable, renderEnvironmentFile } from '../systemd/environment-file.js';
import { renderEtcdUnit } from '../systemd/etcd-unit.js';
import type { ExecWord } from '../systemd/quote.js';
import { renderSysusers } from '../systemd/sysusers.js';
import type { FilePlan } from './file-plan.js';
import { flagWord } from './flag-word.js';
import type { ManifestBootstrap } from './manifest/manifest.js';
import { textFile } from './text-file.js';
import { renderMemberTmpfiles } from './tmpfiles.js';

/**
 * All settings of one member, in the order in which they are written.
 *
 * @internal
 */
export function memberSettings(
  spec: ClusterSpec,
  member: MemberSpec,
  pki: Pki,
  bootstrap?: ManifestBootstrap,
): readonly EtcdSetting[] {
  return planMemberSettings(spec, member, {
    token: pki.token,
    tls: planTlsSettings(member.name, pki),
    ...(bootstrap === undefined ? {} : { bootstrap }),
  });
}

/**
 * What makes a member run under systemd: the unit, its settings in the one style that the document names, the user and the
 * directories.
 *
 * @param certificates - paths of those that the service reads
 * @internal
 */
export function serviceFiles(
  spec: ClusterSpec,
  member: MemberSpec,
  settings: readonly EtcdSetting[],
  pki: Pki,
  certificates: readonly string[],
): readonly FilePlan[] {
  const { unit, user, group, uid, gid } = spec.systemd;
  const tmpfiles = textFile(
    '/etc/tmpfiles.d/etcd.conf',
    0o644,
    'tmpfiles',
    renderMemberTmpfiles(spec, member, pki),
  );
  // Under the kubelet there is no service, only the directory for its data.
  if (spec.kubernetes?.staticPod === true) return [tmpfiles];
  const configuration = planConfiguration(spec, member, settings, pki.token);
  const unitText = renderEtcdUnit({
    directives: planUnitDirectives(spec, member, certificates),
    exec: { binary: spec.etcd.binary, words: configuration.words },
    ...(configuration.environmentFile === undefined
      ? {}
      : { environmentFile: configuration.environmentFile }),
    user,
    group,
  });
  const sysusers = renderSysusers({
    user,
    group,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    description: 'etcd',
    home: spec.etcd.dataDir,
  });
  return [
    textFile(`/etc/systemd/system/${unit}.service`, 0o644, 'systemd-unit', unitText),
    ...configuration.files,
    ...(sysusers === '' ? [] : [textFile(`/etc/sysusers.d/${unit}.conf`, 0o644, 'sysusers', sysusers)]),
    { ...tmpfiles, path: `etc/tmpfiles.d/${unit}.conf` },
  ];
}

interface Configuration {
  readonly files: readonly FilePlan[];
  /** Arguments of etcd. */
  readonly words: readonly ExecWord[];
  readonly environmentFile?: string;
}

function planConfiguration(
  spec: ClusterSpec,
  member: MemberSpec,
  settings: readonly EtcdSetting[],
  token: string,
): Configuration {
  const { config, configFile, version } = spec.etcd;
  const host = presets[spec.preset].hostVariables;
  if (configFile === undefined) return { files: [], words: renderFlags(settings) };
  switch (config) {
    case 'yaml':
      return {
        files: [textFile(configFile, 0o644, 'etcd-config', renderYaml(settings, version))],
        words: [`--config-file=${configFile}`],
      };
    case 'environment':
      return {
        files: [environmentFile(configFile, renderEnvironment(settings))],
        words: [],
        environmentFile: configFile,
      };
    case 'flags': {
      const variables = host?.variables({ spec, member, settings, token }) ?? [];
      return {
        files: [environmentFile(configFile, variables)],
        words: settings.map((setting) => flagWord(setting, host?.templates ?? {}, variables)),
        environmentFile: configFile,
      };
    }
  }
}

function environmentFile(path: string, variables: readonly EnvironmentVariable[]): FilePlan {
  return textFile(path, 0o644, 'environment', renderEnvironmentFile(variables));
}
