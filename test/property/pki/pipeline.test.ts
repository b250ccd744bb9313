import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HostBundle,
  hostText,
  issuePki,
  type Pki,
  parseClusterSpec,
  planCertificates,
  renderBundles,
} from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { type ArbitraryDocument, clusterDocument } from '../../support/arbitrary-cluster.js';
import { makeFurtherAuthority } from '../../support/further-authority.js';
import { runs } from '../../support/long-tests.js';

const NOW = 1_800_000_000;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const decoder = new TextDecoder();
const further = makeFurtherAuthority(NOW);

async function build(document: ArbitraryDocument): Promise<{ pki: Pki; bundles: readonly HostBundle[] }> {
  const spec = parseClusterSpec(document);
  const options = { crypto: nodeCryptoProvider(), now: NOW, trust: (await further).trust };
  const pki = await issuePki(spec, planCertificates(spec), options);
  return { pki, bundles: [...renderBundles(spec, pki)] };
}

function forAnyCluster(
  check: (pki: Pki, bundles: readonly HostBundle[], document: ArbitraryDocument) => void,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(clusterDocument, async (document) => {
      const { pki, bundles } = await build(document);
      check(pki, bundles, document);
    }),
    { numRuns: runs(60, 6) },
  );
}

describe('for any cluster', () => {
  it("every certificate is its CA's, in time, with the usages and names of its plan", () =>
    forAnyCluster((pki, _bundles, document) => {
      const authorities = new Map(
        pki.authorities.map(({ plan, certificate }) => [plan.id, new X509Certificate(certificate)]),
      );
      for (const { plan, certificate, privateKey } of pki.leaves) {
        const read = new X509Certificate(certificate);
        const authority = authorities.get(plan.authority);
        if (authority === undefined) throw new Error(`no authority ${plan.authority}`);
        expect(read.checkIssued(authority)).toBe(true);
        expect(read.verify(authority.publicKey)).toBe(true);
        expect(read.ca).toBe(false);
        expect(Date.parse(read.validFrom) / 1000).toBe(NOW - 300);
        expect(Date.parse(read.validTo) / 1000).toBe(
          NOW + 3600 * Number.parseInt(document.certificates.validity.leaf, 10),
        );
        expect(Date.parse(read.validTo)).toBeLessThanOrEqual(Date.parse(authority.validTo));
        expect(read.keyUsage).toEqual(
          plan.extendedKeyUsage.map((usage) => (usage === 'serverAuth' ? SERVER_AUTH : CLIENT_AUTH)),
        );
        expect(namesOf(read)).toEqual(plan.altNames.map((host) => hostText(host)));
        expect(privateKey).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/);
      }
    }));

  it('authorities are authorities of different names', () =>
    forAnyCluster((pki) => {
      const read = pki.authorities.map(({ certificate }) => new X509Certificate(certificate));
      for (const authority of read) {
        expect(authority.ca).toBe(true);
        expect(authority.verify(authority.publicKey)).toBe(true);
      }
      expect(new Set(read.map(({ subject }) => subject)).size).toBe(read.length);
    }));

  it('no two certificates share a serial number or a key', () =>
    forAnyCluster((pki) => {
      const pairs = [...pki.authorities, ...pki.leaves];
      expect(new Set(pairs.map(({ serialNumber }) => serialNumber)).size).toBe(pairs.length);
      expect(new Set(pairs.map(({ privateKey }) => privateKey)).size).toBe(pairs.length);
      for (const { serialNumber, certificate } of pairs) {
        expect(new X509Certificate(certificate).serialNumber).toBe(
          serialNumber.toUpperCase().replace(/^(?:00)+/, ''),
        );
      }
    }));

  it('a server and a peer certificate name every host that is dialled, and no other member', () =>
    forAnyCluster((pki, _bundles, document) => {
      for (const { plan } of pki.leaves) {
        if (plan.holder.type !== 'members' || plan.altNames.length === 0) continue;
        const names = plan.altNames.map((host) => hostText(host));
        for (const { name, address } of document.members) {
          const own = typeof address === 'string' ? [address] : address;
          const isOwn = plan.holder.names.includes(name);
          expect(own.filter((text) => names.includes(text))).toEqual(isOwn ? own : []);
        }
      }
    }));

  it("a tarball holds its host's keys and no other's, and no CA key", () =>
    forAnyCluster((pki, bundles) => {
      const text = new Map(
        bundles.map(({ name, files }) => [name, files.map(({ bytes }) => decoder.decode(bytes)).join('\n')]),
      );
      for (const { plan, privateKey } of pki.leaves) {
        const { holder } = plan;
        const holders =
          holder.type === 'members'
            ? holder.names
            : holder.type === 'client'
              ? [`client-${holder.name}`]
              : [holder.type];
        for (const [name, contents] of text)
          expect(contents.includes(privateKey)).toBe(holders.includes(name));
      }
      for (const { privateKey } of pki.authorities) {
        for (const contents of text.values()) expect(contents).not.toContain(privateKey);
      }
    }));

  it("a member's files name other members in initial-cluster alone", () =>
    forAnyCluster((pki, bundles, document) => {
      for (const bundle of bundles.filter(({ kind }) => kind === 'member')) {
        const others = document.members.filter(({ name }) => name !== bundle.name).map(({ name }) => name);
        const isShared = pki.leaves.some(
          ({ plan }) => plan.holder.type === 'members' && plan.holder.names.length > 1,
        );
        for (const file of bundle.files) {
          if (isShared && file.kind === 'certificate') continue;
          const rest = decoder
            .decode(file.bytes)
            .split('\n')
            .filter((line) => !/initial[-_]cluster[=: "]|CLUSTER_NODES=/i.test(line))
            .join('\n');
          for (const other of others) expect(rest).not.toMatch(new RegExp(`\\b${other}\\b`));
        }
      }
    }));

  it('keys are 0600 root:root or 0640 for the service, and nothing else is secret', () =>
    forAnyCluster((_pki, bundles) => {
      for (const { files } of bundles) {
        expect(files.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort());
        for (const { path, mode, owner, kind, bytes } of files) {
          const isKey = decoder.decode(bytes).includes('PRIVATE KEY');
          expect(isKey, path).toBe(kind === 'private-key');
          if (!isKey) expect([mode, owner]).toEqual([0o644, { user: 'root', group: 'root' }]);
          else if (owner.group === 'root') expect(mode).toBe(0o600);
          else expect(mode).toBe(0o640);
        }
      }
    }));
});

function namesOf(certificate: X509Certificate): readonly string[] {
  const text = certificate.subjectAltName ?? '';
  if (text === '') return [];
  return text.split(', ').map((name) => {
    const value = name.replace(/^(?:DNS|IP Address):/, '');
    return name.startsWith('IP') && value.includes(':')
      ? new URL(`http://[${value}]/`).hostname.slice(1, -1)
      : value;
  });
}
