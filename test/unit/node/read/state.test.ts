import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError, issuePki, planCertificates } from '../../../../src/index.js';
import {
  nodeCryptoProvider,
  readBundle,
  readBundleAuthorities,
  sealPrivateKey,
} from '../../../../src/node/index.js';
import { asFormat1, WRITTEN_AT, writtenBundle } from '../../../support/written-bundle.js';

const THREE =
  'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}, {name: e3, address: 10.0.0.3}]\n';
const KUBEADM = `preset: kubeadm\n${THREE}kubernetes: {version: "1.33"}\ncertificates: {key: ecdsa-p256}\n`;

interface Written {
  readonly certificates: object[];
  readonly hosts: object[];
}

/** Codes and files of what is wrong. */
async function faultsOf(work: Promise<unknown>, folder: string): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    for (const { cure } of error.issues) expect(cure).not.toBe('');
    return error.issues.map(({ code, path }) => `${code} ${path.replace(`${folder}/`, '')}`);
  }
}

describe('a bundle that is read back', () => {
  it('is the state of its cluster', async () => {
    const folder = await writtenBundle(THREE);
    const { manifest, sha256, spec, plans } = await readBundle(folder);
    expect(manifest).toMatchObject({ generation: 1, document: THREE });
    expect(sha256).toBe(
      createHash('sha256')
        .update(readFileSync(join(folder, 'bundle.json')))
        .digest('hex'),
    );
    expect(spec.members.map(({ name }) => name)).toEqual(['e1', 'e2', 'e3']);
    expect(plans).toEqual(planCertificates(spec));
  });

  it.each([
    ['hardened', THREE],
    ['kubeadm', KUBEADM],
  ])('of format 1 says the same as of format 2: %s', async (_, document) => {
    const folder = await writtenBundle(document);
    const { manifest } = await readBundle(folder);
    asFormat1(folder);
    const { change, ...read } = (await readBundle(folder)).manifest;
    expect({ ...read, change: manifest.change }).toEqual(manifest);
    expect(change).toEqual({ action: 'generate' });
  });

  it.each<[string, (manifest: Written) => void, string]>([
    [
      'a pair twice',
      ({ certificates }) => certificates.push({ ...certificates[0] }),
      'the pair server/e1 twice',
    ],
    ['a host twice', ({ hosts }) => hosts.push({ ...hosts[0] }), 'the host e1 twice'],
    ['no pair of a host', ({ certificates }) => certificates.shift(), 'not describe the pair server/e1'],
    ['no host', ({ hosts }) => hosts.shift(), 'not describe the host e1'],
    ['another host', ({ hosts }) => Object.assign(hosts[0] ?? {}, { name: 'e9' }), 'not have the host e9'],
    [
      'a pair of another host',
      ({ certificates }) =>
        Object.assign(certificates[0] ?? {}, { holder: { type: 'members', names: ['e2'] } }),
      'By its document e2 would not have the pair server/e1.',
    ],
    [
      'a key of another group',
      ({ hosts }) => {
        const files: { kind: string }[] = Object(hosts[0]).files;
        Object.assign(files.find(({ kind }) => kind === 'private-key') ?? {}, { owner: 'root:users' });
      },
      'of the host e1 would not belong to root:users.',
    ],
  ])('with %s is refused', async (_, change, message) => {
    const folder = await writtenBundle(THREE);
    const path = join(folder, 'bundle.json');
    const manifest: Written = JSON.parse(readFileSync(path, 'utf8'));
    change(manifest);
    writeFileSync(path, JSON.stringify(manifest));
    rmSync(join(folder, 'SHA256SUMS'));
    expect(await faultsOf(readBundle(folder), folder)).toContain('bundle-changed bundle.json');
    await expect(readBundle(folder)).rejects.toThrow(message);
  });

  it('of format 1 needs its tarballs', async () => {
    const folder = await writtenBundle(THREE);
    asFormat1(folder);
    for (const name of ['e1', 'e3']) rmSync(join(folder, `${name}.tar.gz`));
    expect(await faultsOf(readBundle(folder), folder)).toEqual([
      'tarball-missing e1.tar.gz',
      'tarball-missing e3.tar.gz',
    ]);
  });

  it('may have lost its tarballs, its sums and its authorities', async () => {
    const folder = await writtenBundle(THREE);
    for (const name of ['e1.tar.gz', 'SHA256SUMS', 'ca']) rmSync(join(folder, name), { recursive: true });
    expect((await readBundle(folder)).manifest.generation).toBe(1);
  });

  it('is refused where it was changed by hand, every file at once', async () => {
    const folder = await writtenBundle(THREE);
    for (const name of ['bundle.json', 'e2.tar.gz', 'admin.tar.gz']) appendFileSync(join(folder, name), ' ');
    expect(await faultsOf(readBundle(folder), folder)).toEqual([
      'bundle-changed bundle.json',
      'bundle-changed e2.tar.gz',
      'bundle-changed admin.tar.gz',
    ]);
  });

  it('is refused where a later release wrote it, or where it is none', async () => {
    const folder = await writtenBundle(THREE);
    writeFileSync(join(folder, 'bundle.json'), '{"format": 3}');
    expect(await faultsOf(readBundle(folder), folder)).toEqual(['newer-bundle bundle.json']);
    writeFileSync(join(folder, 'bundle.json'), '{"format": 0}');
    expect(await faultsOf(readBundle(folder), folder)).toEqual(['not-a-manifest bundle.json']);
    rmSync(join(folder, 'bundle.json'));
    expect(await faultsOf(readBundle(folder), folder)).toEqual(['not-a-bundle bundle.json']);
  });

  it('is refused where it was set aside for a later generation', async () => {
    const folder = await writtenBundle(THREE);
    const former = `${folder}.previous-1`;
    cpSync(folder, former, { recursive: true });
    expect(await faultsOf(readBundle(former), former)).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(folder, 'bundle.json'), 'utf8'));
    const save = (change: object) =>
      writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ ...manifest, ...change }));
    save({ generation: 2 });
    expect(await faultsOf(readBundle(former), dirname(former))).toEqual([
      'bundle-superseded bundle.previous-1',
    ]);
    // generate --force set it aside for another cluster, whose hosts know nothing of it.
    save({ generation: 2, cluster: { name: 'etcd', token: 'another' } });
    expect(await faultsOf(readBundle(former), former)).toEqual([]);
  });

  it.each([
    [
      'a key that this release no longer takes',
      `${THREE}nonsense: 1\n`,
      'unknown-key bundle.json: document: nonsense',
    ],
    ['more than any document', `${THREE}#${'x'.repeat(2 ** 20)}`, 'file-too-large bundle.json'],
  ])('tells what is wrong in the document: %s', async (_, document, fault) => {
    const folder = await writtenBundle(THREE);
    const manifest = JSON.parse(readFileSync(join(folder, 'bundle.json'), 'utf8'));
    writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ ...manifest, document }));
    rmSync(join(folder, 'SHA256SUMS'));
    expect(await faultsOf(readBundle(folder), folder)).toEqual([fault]);
  });
});

describe('the authorities of a bundle', () => {
  const read = async (folder: string, now = WRITTEN_AT) =>
    readBundleAuthorities(folder, await readBundle(folder), now);

  it.each([
    ['hardened', THREE, ['ca', 'peer-ca']],
    ['kubeadm', KUBEADM, ['ca']],
    ['plain http', `preset: plain-http\n${THREE}`, []],
  ])('sign again for the same cluster: %s', async (_, document, ids) => {
    const folder = await writtenBundle(document);
    const state = await readBundle(folder);
    const authorities = await readBundleAuthorities(folder, state, WRITTEN_AT);
    expect(Object.keys(authorities)).toEqual(ids);
    const pki = await issuePki(state.spec, planCertificates(state.spec), {
      crypto: nodeCryptoProvider(),
      now: WRITTEN_AT,
      authorities,
    });
    expect(pki.authorities.map(({ serialNumber }) => serialNumber)).toEqual(
      state.manifest.authorities.map(({ certificates: [signing] }) => signing?.serialNumber),
    );
  });

  it('are missed all at once', async () => {
    const folder = await writtenBundle(THREE);
    rmSync(join(folder, 'ca/ca.key'));
    rmSync(join(folder, 'ca/peer-ca.crt'));
    expect(await faultsOf(read(folder), folder)).toEqual([
      'authority-missing ca/ca.key',
      'authority-missing ca/peer-ca.crt',
    ]);
  });

  it('are those that the hosts trust, with their own keys, unencrypted and valid', async () => {
    const folder = await writtenBundle(THREE);
    const other = await writtenBundle(THREE);
    const key = join(folder, 'ca/ca.key');
    renameSync(key, `${key}.kept`);
    cpSync(join(other, 'ca/ca.key'), key);
    expect(await faultsOf(read(folder), folder)).toEqual(['authority-key-mismatch ca/ca.key']);
    cpSync(join(other, 'ca/ca.crt'), join(folder, 'ca/ca.crt'));
    expect(await faultsOf(read(folder), folder)).toEqual(['bundle-changed ca/ca.crt']);
    writeFileSync(key, await sealPrivateKey(readFileSync(`${key}.kept`, 'utf8'), 'x'));
    expect(await faultsOf(read(folder), folder)).toEqual(['encrypted-authority-key ca/ca.key']);
    const century = 3_153_600_000;
    expect(await faultsOf(read(other, WRITTEN_AT + century), other)).toEqual([
      'authority-expired ca/ca.crt',
      'authority-expired ca/peer-ca.crt',
    ]);
  });
});
