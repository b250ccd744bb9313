import { findSetting, isDeprecated } from '../../etcd/setting/table.js';
import { formatEtcdVersion } from '../../etcd/version.js';
import { ETCD_PATCHES } from '../../etcd-releases.js';
import type { Rule } from '../rule.js';

/** @internal */
export const release: Rule = {
  name: 'release',
  summary: 'The release gets fixes, and accepts its settings without warning.',
  levels: ['warning', 'notice'],
  source: 'https://github.com/etcd-io/etcd/tree/main/CHANGELOG; GHSA-6vch-q96h-7gc3',
  *check({ version, versionFrom, members }) {
    if (versionFrom !== 'assumed') {
      const place = { member: '', path: '' };
      const text = formatEtcdVersion(version);
      const safePatch = ETCD_PATCHES[version.release].safe;
      if (safePatch === undefined)
        yield {
          ...place,
          level: 'warning',
          message: `etcd ${text} has reached its end of life.`,
          cure: 'Upgrade one minor release at a time.',
        };
      else if (version.patch !== undefined && version.patch < safePatch)
        yield {
          ...place,
          level: 'warning',
          message: `etcd ${text} lacks security fixes.`,
          cure: `Upgrade to the newest patch of ${version.release}.`,
        };
    }
    for (const { label, settings } of members) {
      for (const { name, path } of settings.entries.values()) {
        const definition = findSetting(name);
        if (definition === undefined || !isDeprecated(definition, version)) continue;
        yield {
          level: 'notice',
          member: label,
          path,
          message: `etcd ${formatEtcdVersion(version)} accepts ${name} but warns.`,
          cure: definition.renamedTo === undefined ? 'Leave it out.' : `Write ${definition.renamedTo}.`,
        };
      }
    }
  },
};
