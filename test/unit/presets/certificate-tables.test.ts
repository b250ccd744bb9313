import { describe, expect, it } from 'vitest';
import { isInSpan } from '../../../src/etcd/release-span.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { presets } from '../../../src/presets/presets.js';

describe.each(Object.entries(presets))('the certificates of %s', (_, { certificates: table }) => {
  it('are signed by authorities of the same table', () => {
    const authorities = table.authorities.map(({ id }) => id);
    expect(authorities).toContain('ca');
    for (const { authority } of table.pairs) expect(authorities).toContain(authority);
  });

  it.each(ETCD_RELEASES)(
    'have one row a role, and files and settings of their own, in etcd %s',
    (release) => {
      const rows = table.pairs.filter((row) => isInSpan({ release }, row));
      const unique = (values: readonly string[]): void => expect(new Set(values).size).toBe(values.length);
      unique(rows.map(({ id }) => id));
      unique([...table.authorities, ...rows].flatMap(({ files }) => [files.certificate, files.key]));
      unique([...table.authorities, ...rows].flatMap(({ settings }) => settings.map(({ name }) => name)));
    },
  );

  it.each(ETCD_RELEASES)('let etcd %s serve and dial wherever it has to', (release) => {
    const rows = table.pairs.filter((row) => isInSpan({ release }, row));
    const usagesOf = (setting: string): readonly string[] =>
      rows.find(({ settings }) => settings.some(({ name }) => name === setting))?.extendedKeyUsage ?? [];
    for (const [serving, dialling] of [
      ['cert-file', 'client-cert-file'],
      ['peer-cert-file', 'peer-client-cert-file'],
    ] as const) {
      const usages = usagesOf(serving);
      if (usages.length === 0) continue;
      expect(usages).toContain('serverAuth');
      // etcd dials with the pair it serves with, unless it has one for that (etcd-io/etcd#9785).
      expect(usagesOf(dialling).length > 0 ? usagesOf(dialling) : usages).toContain('clientAuth');
    }
  });

  it('sign with keys that may sign', () => {
    for (const { keyUsage } of table.authorities) expect(keyUsage).toContain('keyCertSign');
  });
});
