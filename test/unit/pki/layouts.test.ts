import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/document/presets/presets.js';
import { isInSpan } from '../../../src/etcd/release-span.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { layouts } from '../../../src/pki/layouts/layouts.js';

it.each(Object.entries(presets))(
  "the preset %s says of the peers' authority what its certificates say",
  (name, preset) => {
    const layout = Object.entries(layouts).find(([other]) => other === name)?.[1];
    expect(layout?.authorities.some(({ id }) => id === 'peer-ca')).toBe(preset.peerAuthority);
  },
);

describe.each(Object.entries(layouts))('the certificates of %s', (_, layout) => {
  it('are signed by authorities of the same table', () => {
    const authorities = layout.authorities.map(({ id }) => id);
    expect(authorities).toContain('ca');
    for (const { authority } of layout.pairs) expect(authorities).toContain(authority);
  });

  it.each(ETCD_RELEASES)(
    'have one row a role, and files and settings of their own, in etcd %s',
    (release) => {
      const rows = layout.pairs.filter((row) => isInSpan({ release }, row));
      const unique = (values: readonly string[]): void => expect(new Set(values).size).toBe(values.length);
      unique(rows.map(({ id }) => id));
      unique([...layout.authorities, ...rows].flatMap(({ files }) => [files.certificate, files.key]));
      unique([...layout.authorities, ...rows].flatMap(({ settings }) => settings.map(({ name }) => name)));
    },
  );

  it.each(ETCD_RELEASES)('let etcd %s serve and dial wherever it has to', (release) => {
    const rows = layout.pairs.filter((row) => isInSpan({ release }, row));
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
    for (const { keyUsage } of layout.authorities) expect(keyUsage).toContain('keyCertSign');
  });
});
