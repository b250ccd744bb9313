import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderBundleSchema } from '../../../../scripts/json-schema.js';
import { manifest as manifestSchema } from '../../../../src/bundle/manifest/schema.js';
import { manifestWriter } from '../../../../src/bundle/manifest/write.js';
import { generateBundle, type Manifest, parseClusterDocument, readManifest } from '../../../../src/index.js';
import { archiveBundle, nodeCryptoProvider, readTarball } from '../../../../src/node/index.js';

const NOW = 1_800_000_000;
const DOCUMENT = `
members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}, {name: e3, address: 10.0.0.3}]
clients: [{name: backup}]
etcd: {version: "3.6.5"}
kubernetes: {version: "1.33"}
`;

let files: ReadonlyMap<string, Uint8Array>;
let manifest: Manifest;

beforeAll(async () => {
  const made = generateBundle(parseClusterDocument(DOCUMENT), {
    crypto: nodeCryptoProvider(),
    now: NOW,
    document: DOCUMENT,
    generator: 'test',
    archive: archiveBundle,
  });
  const all = new Map<string, Uint8Array>();
  for await (const { path, bytes } of made) all.set(path, bytes);
  files = all;
  const read = readManifest(textOf('bundle.json'));
  if (read === undefined) throw new Error('no manifest');
  manifest = read;
});

function textOf(path: string): string {
  return Buffer.from(files.get(path) ?? []).toString();
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('the manifest', () => {
  it('reads back as it was written', () => {
    expect(JSON.parse(textOf('bundle.json'))).toEqual(manifest);
    expect(textOf('bundle.json')).toBe(
      `${JSON.stringify(JSON.parse(textOf('bundle.json')), undefined, 2)}\n`,
    );
  });

  it('holds what its files repeat once, and writes it everywhere', () => {
    const writer = manifestWriter('e"1=https://10.0.0.1:2380');
    const text = '--initial-cluster=e"1=https://10.0.0.1:2380 e"1=https://10.0.0.1:2380\n';
    const [host] = manifest.hosts;
    const [certificate] = manifest.certificates;
    const { certificates, hosts, ...frame } = manifest;
    if (host === undefined || certificate === undefined) throw new Error('an empty manifest');
    const repeating = { ...host, files: host.files.map((file) => ({ ...file, text })) };
    for (const each of [repeating, host]) writer.addHost(each);
    writer.addCertificate(certificate);
    expect(JSON.parse(Buffer.concat([...writer.finish(frame)]).toString())).toEqual({
      ...frame,
      certificates: [certificate],
      hosts: [repeating, host],
    });
  });

  it('never lies in memory in one piece, nor do the names of all members for each of them', () => {
    const names = Array.from({ length: 500 }, (_, index) => `e${index}=https://10.0.0.1:2380`).join();
    const { certificates, document, hosts, ...head } = manifest;
    const writer = manifestWriter(names);
    const [file] = hosts[0]?.files ?? [];
    if (file === undefined) throw new Error('an empty manifest');
    const large = hosts.map((host) => ({
      ...host,
      files: Array.from({ length: 50 }, () => ({ ...file, text: `${'é€😀'.repeat(99)}${names}` })),
    }));
    for (const host of large) writer.addHost(host);
    const pieces = [...writer.finish({ ...head, document })];
    const whole = Buffer.concat(pieces);
    expect(whole.toString()).toBe(
      `${JSON.stringify({ ...head, certificates: [], document, hosts: large }, undefined, 2)}\n`,
    );
    const held = [...new Set(pieces.map(({ buffer }) => buffer))];
    expect(Math.max(...held.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(2 ** 16);
    expect(held.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(whole.length / 4);
  });

  it('is a manifest without hosts and certificates, too', () => {
    const { certificates, hosts, ...frame } = manifest;
    expect(JSON.parse(Buffer.concat([...manifestWriter('').finish(frame)]).toString())).toEqual({
      ...frame,
      certificates: [],
      hosts: [],
    });
  });

  it('says what was done, when, and for which etcd', () => {
    expect(manifest).toMatchObject({
      format: 2,
      generation: 1,
      change: { action: 'generate', at: '2027-01-15T08:00:00Z' },
      etcdVersion: '3.6.5',
      cluster: { name: 'etcd' },
      document: DOCUMENT,
    });
    expect(manifest).not.toHaveProperty('former');
  });

  it('lists every file of every tarball, with its text unless it is a secret', async () => {
    expect(manifest.hosts.map(({ name }) => name)).toEqual([
      'e1',
      'e2',
      'e3',
      'control-plane',
      'admin',
      'client-backup',
    ]);
    for (const { name, tarball, files: listed } of manifest.hosts) {
      const bytes = files.get(`${name}.tar.gz`) ?? new Uint8Array();
      expect(tarball).toEqual({ path: `${name}.tar.gz`, sha256: sha256(bytes) });
      const packed = await readTarball(bytes, name);
      expect(listed.map(({ path }) => path).toSorted()).toEqual(
        packed.map(({ path }) => `/${path}`).toSorted(),
      );
      for (const file of listed) {
        const found = packed.find(({ path }) => `/${path}` === file.path);
        expect(file).toMatchObject({ sha256: sha256(found?.bytes ?? ''), generation: 1, inTarball: true });
        const isSecret = file.kind === 'private-key' || file.kind === 'authority-key';
        expect([file.path, file.text]).toEqual([
          file.path,
          isSecret ? undefined : Buffer.from(found?.bytes ?? []).toString(),
        ]);
      }
    }
  });

  it('describes each certificate as Node reads it', () => {
    const texts = manifest.hosts.flatMap(({ files: listed }) =>
      listed.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])),
    );
    const all = [
      ...manifest.certificates,
      ...manifest.authorities.flatMap((one) => one.certificates.map((own) => ({ ...own, path: one.path }))),
    ];
    expect(all.length).toBeGreaterThan(15);
    for (const certificate of all) {
      const read = texts
        .filter(({ path }) => path === certificate.path)
        .map(({ text }) => new X509Certificate(text))
        .find(({ serialNumber }) => serialNumber.toLowerCase() === certificate.serialNumber);
      expect(certificate).toMatchObject({
        fingerprint: read?.fingerprint256.replaceAll(':', '').toLowerCase(),
        publicKey: sha256(read?.publicKey.export({ type: 'spki', format: 'der' }) ?? ''),
        generation: 1,
      });
    }
  });

  it('says who holds each pair, where, and which authority signed it', () => {
    expect(manifest.certificates.find(({ id }) => id === 'peer/e2')).toMatchObject({
      role: 'peer',
      holder: { type: 'members', names: ['e2'] },
      authority: 'peer-ca',
      path: '/etc/etcd/pki/peer.crt',
      keyPath: '/etc/etcd/pki/peer.key',
    });
    expect(manifest.authorities.map(({ id, phase, path }) => [id, phase, path])).toEqual([
      ['ca', 'settled', '/etc/etcd/pki/ca.crt'],
      ['peer-ca', 'settled', '/etc/etcd/pki/peer-ca.crt'],
    ]);
  });

  it('holds no private key', () => {
    const text = textOf('bundle.json');
    expect(text).not.toContain('PRIVATE KEY');
    const [, line = ''] = textOf('ca/ca.key').split('\n');
    expect(line).toHaveLength(64);
    expect(text).not.toContain(line);
  });

  it('is what the sums cover, with everything but the authorities', () => {
    const lines = [...files]
      .filter(([path]) => !path.startsWith('ca/') && path !== 'SHA256SUMS')
      .map(([path, bytes]) => `${sha256(bytes)}  ${path}`);
    expect(textOf('SHA256SUMS').trimEnd().split('\n')).toEqual(lines);
  });

  it('has a JSON Schema that is current', () => {
    const committed = new URL('../../../../schema/bundle.schema.json', import.meta.url);
    expect(readFileSync(committed, 'utf8')).toBe(renderBundleSchema(manifestSchema));
  });

  it('is read for what it is alone', () => {
    const json: Record<string, unknown> = JSON.parse(textOf('bundle.json'));
    for (const other of [
      '',
      '[]',
      '{}',
      JSON.stringify({ ...json, format: 3 }),
      JSON.stringify({ ...json, hosts: 1 }),
    ])
      expect(readManifest(other)).toBeUndefined();
  });
});

describe('a manifest of format 1', () => {
  const certificate = {
    id: 'server/e1',
    role: 'server',
    subject: 'CN=e1',
    issuer: 'CN=etcd-ca',
    serialNumber: '0a',
    altNames: ['IP:10.0.0.1'],
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['serverAuth'],
    key: 'ecdsa-p256',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
    fingerprint: 'f'.repeat(64),
    tarballs: ['e1.tar.gz'],
    path: '/etc/etcd/pki/server.crt',
  };
  const old = {
    format: 1,
    generator: 'etcd-bundle 0.1.0',
    cluster: { name: 'etcd', token: 't' },
    tarballs: ['e1', 'admin', 'client-backup'].map((name) => ({
      path: `${name}.tar.gz`,
      kind: name === 'e1' ? 'member' : name.replace(/-.*/, ''),
      sha256: 'a'.repeat(64),
      files: [
        { path: 'etc/x', mode: '0644', owner: 'root:root', kind: 'certificate', sha256: 'b'.repeat(64) },
      ],
    })),
    certificates: [
      {
        ...certificate,
        id: 'ca',
        role: 'ca',
        subject: 'CN=etcd-ca',
        keyUsage: ['keyCertSign'],
        path: '/etc/etcd/pki/ca.crt',
      },
      certificate,
      { ...certificate, id: 'admin', role: 'admin', tarballs: ['admin.tar.gz'] },
      { ...certificate, id: 'client/backup', role: 'client', tarballs: ['client-backup.tar.gz'] },
    ],
    document: 'members: []',
  };

  it('is read into the same shape', () => {
    const read = readManifest(JSON.stringify(old));
    expect(read).toMatchObject({
      format: 2,
      generation: 1,
      change: { action: 'generate' },
      document: 'members: []',
    });
    expect(read?.authorities).toMatchObject([{ id: 'ca', phase: 'settled', path: '/etc/etcd/pki/ca.crt' }]);
    expect(read?.certificates.map(({ id, authority, holder }) => [id, authority, holder])).toEqual([
      ['server/e1', 'ca', { type: 'members', names: ['e1'] }],
      ['admin', 'ca', { type: 'admin' }],
      ['client/backup', 'ca', { type: 'client', name: 'backup' }],
    ]);
    expect(read?.hosts[0]).toEqual({
      name: 'e1',
      kind: 'member',
      tarball: { path: 'e1.tar.gz', sha256: 'a'.repeat(64) },
      files: [
        {
          path: '/etc/x',
          mode: '0644',
          owner: 'root:root',
          kind: 'certificate',
          sha256: 'b'.repeat(64),
          generation: 1,
          inTarball: true,
        },
      ],
    });
    expect(read?.etcdVersion).toBeUndefined();
  });
});
