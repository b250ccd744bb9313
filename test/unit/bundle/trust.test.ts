import { beforeAll, describe, expect, it } from 'vitest';
import {
  generateBundle,
  parseClusterDocument,
  readManifest,
  renderRunbook,
  trustOfManifest,
} from '../../../src/index.js';
import { archiveBundle, nodeCryptoProvider } from '../../../src/node/index.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';
import {
  FURTHER_FILE,
  type FurtherAuthority,
  makeFurtherAuthority,
} from '../../support/further-authority.js';

const NOW = Math.floor(Date.now() / 1000);
let further: FurtherAuthority;

beforeAll(async () => {
  further = await makeFurtherAuthority(NOW);
});

function documentOf(document: object = {}): string {
  return JSON.stringify({
    members: [{ name: 'e1', address: '10.0.0.1' }],
    ...document,
    certificates: { key: 'ecdsa-p256', trust: [FURTHER_FILE] },
  });
}

const build = (document: object): Promise<BuiltCluster> => buildCluster(documentOf(document), further);

describe('further CAs of clients', () => {
  it.each([
    ['hardened', '/etc/etcd/pki', 'peer-ca.crt'],
    ['kubeadm', '/etc/kubernetes/pki/etcd', 'ca.crt'],
    ['shared-certificate', '/etc/etcd/pki', 'ca.pem'],
  ])(
    'are trusted beside the own one by the servers of %s, and by nobody else',
    async (preset, folder, peers) => {
      const built = await build({ preset, ...(preset === 'kubeadm' ? { kubernetes: {} } : {}) });
      const [own, other] = built.pki.authorities.map(({ certificate }) => certificate);
      const unit = built.text('e1', 'etc/systemd/system/etcd.service');
      expect(unit.match(/(?<=--(?:peer-)?trusted-ca-file=)\S+/g)).toEqual([
        `${folder}/trusted-ca.crt`,
        `${folder}/${peers}`,
      ]);
      expect(built.text('e1', `${folder}/trusted-ca.crt`.slice(1))).toBe(`${own}${further.certificate}`);
      const texts = [...built.bundles.values()].flatMap(({ name, files }) =>
        files.map(({ path, bytes }) => ({ name, path, text: new TextDecoder().decode(bytes) })),
      );
      expect(
        texts
          .filter(({ text }) => text.includes(further.certificate))
          .map(({ name, path }) => `${name}:/${path}`),
      ).toEqual([`e1:${folder}/trusted-ca.crt`]);
      expect(built.text('e1', `${folder}/${peers}`.slice(1))).toBe(other ?? own);
    },
  );

  it('stand in a file that everybody may read, on the way to which the service is let through', async () => {
    const built = await build({});
    const file = built.bundles.get('e1')?.files.find(({ path }) => path.endsWith('/trusted-ca.crt'));
    expect(file).toMatchObject({
      mode: 0o644,
      owner: { user: 'root', group: 'root' },
      kind: 'authority-certificate',
    });
    expect(built.text('e1', 'etc/tmpfiles.d/etcd.conf')).toContain('d /etc/etcd/pki 0755 root root -\n');
  });

  it('are told to kubeadm, whose own file would be the CA alone', async () => {
    const built = await build({ preset: 'kubeadm', kubernetes: { staticPod: true } });
    const file = '/etc/kubernetes/pki/etcd/trusted-ca.crt';
    expect(built.text('e1', 'etc/kubernetes/kubeadmcfg.yaml')).toContain(
      `name: trusted-ca-file\n      value: ${file}`,
    );
    const pod = built.text('e1', 'etc/kubernetes/manifests/etcd.yaml');
    expect(pod).toContain(`--trusted-ca-file=${file}`);
    expect(pod.match(/mountPath: .*/g)).toHaveLength(2);
  });

  it('come back from the manifest, without their files', async () => {
    const document = documentOf();
    const files = new Map<string, Uint8Array>();
    const options = {
      crypto: nodeCryptoProvider(),
      now: NOW,
      document,
      generator: 'test',
      archive: archiveBundle,
      trust: further.trust,
    };
    for await (const { path, bytes } of generateBundle(parseClusterDocument(document), options))
      files.set(path, bytes);
    const manifest = readManifest(new TextDecoder().decode(files.get('bundle.json')));
    if (manifest === undefined) throw new Error('no manifest');
    expect(
      manifest.trust?.map(({ subject, keyUsage, generation }) => ({ subject, keyUsage, generation })),
    ).toEqual([
      { subject: 'CN=Further CA', keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'], generation: 1 },
    ]);
    expect(trustOfManifest(manifest)).toEqual(further.trust);
    expect(trustOfManifest({ ...manifest, trust: [] })).toEqual([]);
    expect([...files.keys()].filter((path) => path.startsWith('ca/'))).toEqual([
      'ca/ca.key',
      'ca/ca.crt',
      'ca/peer-ca.key',
      'ca/peer-ca.crt',
    ]);
  });

  it('are in the runbook, with their ends', async () => {
    const { spec, pki } = await build({});
    expect(renderRunbook(spec, pki)).toMatch(
      /^- Until 2\S+Z members let in every client with a certificate of CN=Further CA;/m,
    );
    const without = await buildCluster('members: [{name: e1, address: 10.0.0.1}]');
    expect(renderRunbook(without.spec, without.pki)).not.toContain('let in');
  });
});
