import { describe, expect, it } from 'vitest';
import { layDocument, presetPart } from '../../../src/document/merge.js';
import { base } from '../../../src/presets/base.js';
import type { CompleteDocument, PresetDocument } from '../../../src/presets/preset.js';

const EMPTY: PresetDocument = {};

/** A document that has something in every map. */
const FULL: CompleteDocument = {
  cluster: { name: 'lower', token: 'lower' },
  etcd: { ...base.etcd, version: '3.5', settings: { 'heartbeat-interval': 1, 'election-timeout': 2 } },
  certificates: {
    ...base.certificates,
    key: 'rsa-2048',
    altNames: ['a', 'b'],
    validity: { ca: '1h', leaf: '2h' },
    subject: { O: 'lower', OU: 'lower' },
    caSubject: { OU: 'lower' },
    files: { ca: { certificate: 'lower', key: 'lower' }, server: { key: 'lower' } },
    commonNames: { ca: 'lower', server: 'lower' },
  },
  systemd: {
    ...base.systemd,
    unit: 'lower',
    directives: { Unit: { After: ['a', 'b'] }, Service: { Type: 'notify', Restart: 'always' } },
  },
  kubernetes: { version: '1.30', staticPod: true },
};

describe('laying a document over another', () => {
  it('changes nothing where the upper one is silent, and is the upper one where the lower is', () => {
    expect(layDocument(FULL, EMPTY)).toEqual(FULL);
    expect(layDocument(base, FULL)).toMatchObject({ ...FULL, systemd: { unit: 'lower' } });
    expect(layDocument(base, EMPTY).kubernetes).toBeUndefined();
  });

  it('merges every map key by key, and a key without a value says nothing', () => {
    const upper: PresetDocument = {
      cluster: { name: 'upper', token: undefined },
      etcd: { config: 'yaml', settings: { 'election-timeout': 20, 'max-txn-ops': 3 } },
      certificates: {
        key: 'ecdsa-p384',
        validity: { leaf: '20h' },
        subject: { OU: 'upper' },
        caSubject: { O: 'upper' },
        files: { ca: { certificate: 'upper' }, peer: { key: 'upper' } },
        commonNames: { server: 'upper' },
      },
      systemd: {
        user: 'upper',
        directives: { Service: { Restart: 'no', Nice: 5 }, Install: { Alias: 'x' } },
      },
      kubernetes: { version: '1.36' },
    };
    expect(layDocument(FULL, upper)).toEqual({
      cluster: { name: 'upper', token: 'lower' },
      etcd: {
        ...base.etcd,
        version: '3.5',
        config: 'yaml',
        settings: { 'heartbeat-interval': 1, 'election-timeout': 20, 'max-txn-ops': 3 },
      },
      certificates: {
        ...base.certificates,
        key: 'ecdsa-p384',
        altNames: ['a', 'b'],
        validity: { ca: '1h', leaf: '20h' },
        subject: { O: 'lower', OU: 'upper' },
        caSubject: { O: 'upper', OU: 'lower' },
        files: {
          ca: { certificate: 'upper', key: 'lower' },
          server: { key: 'lower' },
          peer: { key: 'upper' },
        },
        commonNames: { ca: 'lower', server: 'upper' },
      },
      systemd: {
        ...base.systemd,
        unit: 'lower',
        user: 'upper',
        directives: {
          Unit: { After: ['a', 'b'] },
          Service: { Type: 'notify', Restart: 'no', Nice: 5 },
          Install: { Alias: 'x' },
        },
      },
      kubernetes: { version: '1.36', staticPod: true },
    });
  });

  it('replaces lists, false and empty lists included', () => {
    const upper: PresetDocument = {
      certificates: { altNames: [] },
      systemd: { hardening: false, directives: { Unit: { After: [] } } },
      kubernetes: { staticPod: false },
    };
    const laid = layDocument({ ...FULL, systemd: { ...FULL.systemd, hardening: true } }, upper);
    expect(laid.certificates.altNames).toEqual([]);
    expect(laid.systemd.hardening).toBe(false);
    expect(laid.systemd.directives['Unit']).toEqual({ After: [] });
    expect(laid.kubernetes?.staticPod).toBe(false);
  });

  it('keeps the order of the lower one, then that of the upper one', () => {
    const laid = layDocument(FULL, {
      etcd: { settings: { 'a-new': 1, 'election-timeout': 1, 'heartbeat-interval': 1 } },
      systemd: { directives: { Install: { Alias: 'x' }, Service: { Nice: 1, Restart: 'no' } } },
    });
    expect(Object.keys(laid.etcd.settings)).toEqual(['heartbeat-interval', 'election-timeout', 'a-new']);
    expect(Object.keys(laid.systemd.directives)).toEqual(['Unit', 'Service', 'Install']);
    expect(Object.keys(laid.systemd.directives['Service'] ?? {})).toEqual(['Type', 'Restart', 'Nice']);
  });

  it('takes a section for nothing but a section, whatever objects inherit', () => {
    const laid = layDocument(FULL, { systemd: { directives: { toString: { Nice: 1 } } } });
    expect(laid.systemd.directives['toString']).toEqual({ Nice: 1 });
  });
});

it('a preset says nothing of members and clients', () => {
  const document = {
    ...FULL,
    version: 1 as const,
    preset: 'tuned' as const,
    members: [],
    clients: [],
  };
  expect(presetPart(document)).toEqual(FULL);
});
