import { describe, expect, it, vi } from 'vitest';
import { renderJsonSchema } from '../../scripts/json-schema.js';
import type { EtcdVersion } from '../../src/cluster-spec.js';
import { clusterDocument } from '../../src/document/schema.js';
import { FEATURE_GATES } from '../../src/etcd/feature-gates.js';
import { describeSpan, isInSpan } from '../../src/etcd/release-span.js';
import { checkEtcdSettings } from '../../src/etcd/setting/check.js';
import { isDeprecated, SETTINGS, settingInVersion, yamlPlace } from '../../src/etcd/setting/table.js';
import { etcdPatch, newestRelease, parseEtcdVersion } from '../../src/etcd/version.js';
import { parseClusterDocument, planCertificates } from '../../src/index.js';
import { nodeCryptoProvider } from '../../src/node/index.js';
import { presets } from '../../src/presets/presets.js';
import { verifyBundle } from '../../src/verify/verify-bundle.js';
import { type BuiltCluster, buildCluster } from '../support/cluster.js';
import { runCli } from './cli/fake-io.js';

/** The release after the newest, as if it were out and had nothing new. */
vi.mock('../../src/etcd-releases.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/etcd-releases.js')>();
  const newest = original.ETCD_RELEASES.at(-1) ?? '';
  const next = newest.replace(/\d+$/, (minor) => String(Number(minor) + 1));
  return {
    ETCD_RELEASES: [...original.ETCD_RELEASES, next],
    ETCD_PATCHES: { ...original.ETCD_PATCHES, [next]: { newest: 0, safe: 0 } },
  };
});

const NEXT = newestRelease();
const NEWEST = NEXT.replace(/\d+$/, (minor) => String(Number(minor) - 1));
const next = versionOf(NEXT);
const newest = versionOf(NEWEST);
const MEMBERS = 'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]';

function versionOf(text: string): EtcdVersion {
  const version = parseEtcdVersion(text);
  if (version === undefined) throw new Error(`not in the list: ${text}`);
  return version;
}

/** What a document comes to, less what is drawn anew each time. */
function textsOf({ bundles }: BuiltCluster, version: string): Readonly<Record<string, string>> {
  const files = [...bundles.values()].flatMap((bundle) =>
    bundle.files.map(({ path, bytes }): [string, string] => {
      const isDrawn = /\.(?:crt|key|pem)$/.test(path);
      const text = isDrawn ? '' : new TextDecoder().decode(bytes);
      return [`${bundle.name}:${path}`, text.replaceAll(version, 'version')];
    }),
  );
  return Object.fromEntries(files);
}

function documentOf(version: string, rest: string): string {
  return `${rest.includes('members:') ? '' : MEMBERS}\n${rest}\netcd: {version: "${version}"}\n`;
}

describe('a release that is only in the list', () => {
  it('is the newest', () => {
    expect([etcdPatch(next), describeSpan({ since: newest.release })]).toEqual([0, `${NEWEST} and ${NEXT}`]);
  });

  it('has the settings of the one before, under the same names, in the same places of the file', () => {
    const about = (version: EtcdVersion) =>
      SETTINGS.map((definition) => ({
        name: definition.name,
        isKnown: isInSpan(version, definition),
        isDeprecated: isDeprecated(definition, version),
        written: settingInVersion(definition, version)?.name,
        place: yamlPlace(definition, version),
        values:
          definition.kind.type === 'enum' &&
          Object.entries(definition.kind.values).filter(([, span]) => isInSpan(version, span)),
        takesMany: definition.kind.type === 'list' && isInSpan(version, definition.kind.many),
      }));
    expect(about(next).filter(({ isKnown }) => isKnown).length).toBeGreaterThan(80);
    expect(about(next)).toEqual(about(newest));
  });

  it('has the feature gates of the one before', () => {
    const gatesOf = (version: EtcdVersion) => FEATURE_GATES.filter((gate) => isInSpan(version, gate));
    expect(gatesOf(next).length).toBeGreaterThan(8);
    expect(gatesOf(next)).toEqual(gatesOf(newest));
    const gates = { 'feature-gates': { InitialCorruptCheck: true, FastLeaseKeepAlive: false } };
    const read = (version: EtcdVersion) => checkEtcdSettings(gates, version, 'yaml', 'etcd.settings');
    expect(read(next)).toEqual(read(newest));
  });

  it.each(Object.keys(presets))('has the certificates of the one before under the preset %s', (preset) => {
    const members = preset === 'single-member' ? 'members: [{name: e1, address: 10.0.0.1}]\n' : '';
    const plansOf = (version: string) =>
      planCertificates(parseClusterDocument(documentOf(version, `${members}preset: ${preset}`)));
    expect(plansOf(NEXT)).toEqual(plansOf(NEWEST));
    expect(plansOf(NEXT).some(({ type }) => type === 'leaf')).toBe(preset !== 'plain-http');
  });

  it.each([
    'preset: hardened',
    'preset: kubeadm\nkubernetes: {staticPod: true}\ncertificates: {key: ecdsa-p256}',
    'preset: environment-file\nkubernetes: {}\ncertificates: {key: ecdsa-p256}\ncluster: {token: t}',
  ])('has the files of the one before: %s', async (rest) => {
    const [after, before] = await Promise.all(
      [`${NEXT}.9`, `${NEWEST}.9`].map(async (version) =>
        textsOf(await buildCluster(documentOf(version, rest)), version),
      ),
    );
    expect(Object.keys(after ?? {}).length).toBeGreaterThan(5);
    expect(after).toEqual(before);
  });

  it('is what a document means that names none, and what verify assumes', async () => {
    const { spec, bundles } = await buildCluster(MEMBERS);
    expect(spec.etcd.version).toEqual(next);
    const roots = ['e1', 'e2'].map((name) => ({
      name,
      directories: [],
      files: (bundles.get(name)?.files ?? []).map(({ path, mode, bytes }) => ({
        path: path.replace(/^\//, ''),
        mode,
        bytes,
        owner: { user: 'root', group: 'root' },
      })),
    }));
    const at = Math.floor(Date.now() / 1000) + 60;
    const { findings, summary } = await verifyBundle(roots, { crypto: nodeCryptoProvider(), at });
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(summary).toMatchObject({ etcdVersion: NEXT, etcdVersionFrom: 'assumed' });
  });

  it('stands in the schema, in init and in the messages', async () => {
    const range = `3.4 to ${NEXT}`;
    expect(renderJsonSchema(clusterDocument)).toContain(`"description": "${range}, or a patch`);
    expect((await runCli(['init', 'e1=10.0.0.1'])).stdout).toMatch(
      new RegExp(`version: "${NEXT}" +# ${range},`),
    );
    expect((await runCli(['verify', '--etcd-version', '3.3', '.'])).stderr).toContain(range);
    expect(() => parseClusterDocument(documentOf('3.3', ''))).toThrow(`"${NEWEST}" or "${NEXT}", or a patch`);
  });
});
