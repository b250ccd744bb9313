import type { EtcdVersion } from '../../cluster-spec.js';
import { findSetting } from '../../etcd/setting-table.js';
import { compareEtcdVersions, formatEtcdVersion, hasSince, parseEtcdVersion } from '../../etcd/version.js';
import type { Rule } from '../rule.js';

/** The first patches with all fixes of 2026 (GHSA-6vch-q96h-7gc3, GHSA-xg4h-6gfc-h4m8). */
const FIXED = ['3.5.33', '3.6.14', '3.7.1'] as const;

/** Releases that get no fixes any more, and settings that the release warns of. */
export const release: Rule = {
  name: 'release',
  source: 'https://github.com/etcd-io/etcd/tree/main/CHANGELOG; GHSA-6vch-q96h-7gc3',
  *check({ version, versionFrom, members }) {
    if (versionFrom !== 'assumed') {
      const place = { member: '', path: '' };
      const text = formatEtcdVersion(version);
      if (version.release === '3.4')
        yield {
          ...place,
          level: 'warning',
          message: `etcd ${text} has reached its end of life.`,
          cure: 'Upgrade one minor release at a time.',
        };
      else if (version.patch !== undefined && isOlder(version))
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
        if (definition?.deprecated === undefined || !hasSince(version, definition.deprecated)) continue;
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

function isOlder(version: EtcdVersion): boolean {
  return FIXED.some((text) => {
    const fixed = parseEtcdVersion(text);
    return fixed?.release === version.release && compareEtcdVersions(version, fixed) < 0;
  });
}
