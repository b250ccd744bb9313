import { describe, expect, it } from 'vitest';
import { FEATURE_GATES } from '../../../../src/etcd/feature-gates.js';
import { firstVersions, isInSpan } from '../../../../src/etcd/release-span.js';
import { findSetting, SETTINGS, settingInVersion, yamlPlace } from '../../../../src/etcd/setting/table.js';
import { ETCD_RELEASES } from '../../../../src/etcd-releases.js';
import { version } from '../fixture.js';

function nameIn(name: string, release: string): string | undefined {
  const definition = findSetting(name);
  if (definition === undefined) throw new Error(`not in the table: ${name}`);
  return settingInVersion(definition, version(release))?.name;
}

describe('the setting table', () => {
  it('has each flag once', () => {
    const names = SETTINGS.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has every flag in some release, and renames only to flags that it has', () => {
    expect(SETTINGS.filter((definition) => firstVersions(definition).length === 0)).toEqual([]);
    expect(SETTINGS.filter(({ renamedTo }) => renamedTo !== undefined && !findSetting(renamedTo))).toEqual(
      [],
    );
  });

  it('has the flag that came before each gate', () => {
    const flags = FEATURE_GATES.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
    expect(flags).toHaveLength(6);
    expect(flags.filter((flag) => findSetting(flag)?.kind.type !== 'boolean')).toEqual([]);
  });

  it('places nothing in the file of a version that does not know the flag', () => {
    const placed = SETTINGS.flatMap((definition) =>
      ETCD_RELEASES.map((release) => ({ definition, version: { release } }))
        .filter((pair) => yamlPlace(pair.definition, pair.version) !== undefined)
        .filter((pair) => !isInSpan(pair.version, pair.definition)),
    );
    expect(placed).toEqual([]);
  });

  it('gives no two settings of a version the same place', () => {
    for (const release of ETCD_RELEASES) {
      const keys = SETTINGS.flatMap((definition) => {
        const place = yamlPlace(definition, { release });
        return place === undefined ? [] : [`${place.section ?? ''}/${place.key}`];
      });
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('settingInVersion', () => {
  it.each([
    ['experimental-corrupt-check-time', '3.5', 'experimental-corrupt-check-time'],
    ['experimental-corrupt-check-time', '3.6', 'corrupt-check-time'],
    ['experimental-corrupt-check-time', '3.7', 'corrupt-check-time'],
    ['corrupt-check-time', '3.4', 'experimental-corrupt-check-time'],
    ['compact-hash-check-time', '3.5.4', undefined],
    ['compact-hash-check-time', '3.5.5', 'experimental-compact-hash-check-time'],
    ['experimental-backend-bbolt-freelist-type', '3.5', 'backend-bbolt-freelist-type'],
    ['backend-bbolt-freelist-type', '3.4', 'experimental-backend-bbolt-freelist-type'],
    ['peer-skip-client-san-verification', '3.5', 'experimental-peer-skip-client-san-verification'],
    ['experimental-peer-skip-client-san-verification', '3.6', 'peer-skip-client-san-verification'],
    ['warning-unary-request-duration', '3.5', undefined],
    ['log-output', '3.4', 'log-outputs'],
    ['log-output', '3.5', 'log-outputs'],
    ['log-outputs', '3.4', 'log-outputs'],
    ['max-snapshots', '3.7', 'max-snapshots'],
    ['enable-v2', '3.6', undefined],
  ])('%s in %s is %s', (name, release, expected) => {
    expect(nameIn(name, release)).toBe(expected);
  });
});
