import type { ReleaseSpan } from '../../release-span.js';
import type { ListKind, SettingDefinition, SettingKind } from '../definition.js';

export const ALL: ReleaseSpan = {};

export const BOOLEAN: SettingKind = { type: 'boolean' };
/** Go's uint and uint64 on the 64-bit machines that etcd supports. */
export const UNSIGNED: SettingKind = { type: 'integer', min: 0n, max: 2n ** 64n - 1n };
/** Go's int, where etcd has no use for a negative number. */
export const COUNT: SettingKind = { type: 'integer', min: 0n, max: 2n ** 63n - 1n };
export const DURATION: SettingKind = { type: 'duration', min: '0' };
export const TEXT: SettingKind = { type: 'text', form: 'any' };
export const PATH: SettingKind = { type: 'text', form: 'path' };

/** URL lists, which etcd's configuration file takes as one string. */
export const URLS: ListKind = { type: 'list', item: 'any', yaml: 'string', many: ALL };

/** The certificate restrictions took one value each before 3.5.15 (etcd-io/etcd#18015). */
export const RESTRICTION: ListKind = {
  type: 'list',
  item: 'any',
  yaml: 'list',
  many: { since: { '3.5': 15 } },
};

/**
 * A setting that began as `experimental-…` and lost the prefix, mostly in 3.6 (etcd `embed/config.go`,
 * experimentalFlagMigrationMap). 3.6 knows both names and warns of the old one.
 */
export function promoted(
  name: string,
  kind: SettingKind,
  experimental: ReleaseSpan,
  promotion: ReleaseSpan = { since: '3.6' },
): readonly SettingDefinition[] {
  return [
    { name, ...promotion, kind },
    { name: `experimental-${name}`, ...experimental, kind, renamedTo: name, deprecated: { since: '3.6' } },
  ];
}
