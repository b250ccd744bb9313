import { beforeAll, describe, expect, it } from 'vitest';
import type { HostRoot } from '../../../../src/host/host-root.js';
import {
  issuePki,
  type Manifest,
  parseClusterSpec,
  planCertificates,
  renderBundles,
} from '../../../../src/index.js';
import { nodeCryptoProvider, readAuthority } from '../../../../src/node/index.js';
import type { Finding } from '../../../../src/verify/finding.js';
import { verifyBundle } from '../../../../src/verify/verify-bundle.js';
import { formatTime } from '../../../../src/x509/time.js';
import { describeWithPrograms } from '../../../programs/describe.js';
import { makeChainedAuthority } from '../../../support/chained-authority.js';
import { buildCluster } from '../../../support/cluster.js';
import { makeFurtherAuthority, readTrustOf } from '../../../support/further-authority.js';
import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

const crypto = nodeCryptoProvider();
const CA = 'etc/etcd/pki/ca.crt';

describeWithPrograms(['openssl'], 'a CA of OpenSSL', () => {
  const chain = makeChainedAuthority();
  const { root } = chain;
  /** After OpenSSL has read the clock. */
  const now = Math.ceil(Date.now() / 1000);

  describeRule('wide-trust', [
    [
      'a CA that signed nothing here beside the own one',
      'notice',
      (hosts) => hosts.edit('e1', `${PKI}/ca.crt`, (text) => text + root),
    ],
  ]);

  let roots: readonly HostRoot[];

  beforeAll(async () => {
    const ca = await readAuthority(
      chain.issuing.certificate + root,
      chain.issuing.key,
      'certificates.ca',
      now,
    );
    const spec = parseClusterSpec({
      members: [{ name: 'e1', address: '10.0.0.1' }],
      certificates: { validity: { leaf: '720h' } },
    });
    const pki = await issuePki(spec, planCertificates(spec), { crypto, now, authorities: { ca } });
    roots = [...renderBundles(spec, pki)];
  });

  /** @param asked - PEM that the document names as further CAs */
  async function wideTrustOf(files: (text: string) => string, asked?: string): Promise<readonly Finding[]> {
    const changed = roots.map(({ name, files: own }) => ({
      name,
      files: own.map((file) =>
        file.path.replace(/^\//, '') === CA
          ? { ...file, bytes: new TextEncoder().encode(files(new TextDecoder().decode(file.bytes))) }
          : file,
      ),
    }));
    const manifest = asked === undefined ? {} : { manifest: await manifestOf(asked) };
    const { findings } = await verifyBundle(changed, { crypto, at: now + 60, ...manifest });
    return findings.filter(({ rule }) => rule === 'wide-trust');
  }

  async function manifestOf(asked: string): Promise<Manifest> {
    const trust = await readTrustOf(asked, now);
    return {
      format: 2,
      generator: 'test',
      generation: 1,
      change: { action: 'generate' },
      cluster: { name: 'etcd', token: 'etcd-cluster-0' },
      authorities: [],
      trust: trust.map(({ notBefore, notAfter, ...rest }) => ({
        ...rest,
        notBefore: formatTime(notBefore),
        notAfter: formatTime(notAfter),
        generation: 1,
      })),
      certificates: [],
      hosts: [],
      document: '',
    };
  }

  describe('a CA file', () => {
    it('of our own holds the issuing CA alone', async () => {
      expect(await wideTrustOf((text) => text)).toEqual([]);
    });

    it.each([
      ['beside the issuing CA', (own: string) => own + root],
      ['in its place', () => root],
    ])('is too wide with the root %s', async (_, text) => {
      const [finding, ...more] = await wideTrustOf(text);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ level: 'warning', member: 'e1', path: `/${CA}` });
      expect(finding?.message).toContain('trusted-ca-file trusts CN=Corporate Root');
    });

    it('is wider than it need be with a CA that signed nothing here', async () => {
      const { pki } = await buildCluster('members: [{name: x, address: 10.0.0.9}]');
      const [finding] = await wideTrustOf((own) => own + (pki.authorities[0]?.certificate ?? ''));
      expect(finding).toMatchObject({ level: 'notice', member: 'e1' });
    });

    it('is as wide as the document asks for', async () => {
      const [one, other] = [await makeFurtherAuthority(now, 'One'), await makeFurtherAuthority(now, 'Other')];
      const beside = (own: string): string => own + one.certificate;
      expect(await wideTrustOf(beside, one.certificate)).toEqual([]);
      const [finding, ...more] = await wideTrustOf((own) => beside(own) + other.certificate, one.certificate);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ level: 'notice' });
      expect(finding?.message).toContain('trusts CN=Other too');
    });

    it('gets a notice of a CA above its own that the document asks for', async () => {
      expect(await wideTrustOf((own) => own + root, root)).toMatchObject([
        { level: 'notice', message: expect.stringContaining('CN=Corporate Root, above the CA') },
      ]);
    });

    it('of many CAs is a risk, whoever they are', async () => {
      const { pki } = await buildCluster('members: [{name: x, address: 10.0.0.9}]');
      const [authority] = pki.authorities;
      expect(await wideTrustOf(() => (authority?.certificate ?? '').repeat(20))).toEqual([]);
      const others = await Promise.all(
        Array.from({ length: 11 }, () => buildCluster('members: [{name: x, address: 10.0.0.9}]')),
      );
      const many = others.map((other) => other.pki.authorities[0]?.certificate ?? '').join('');
      expect(await wideTrustOf(() => many)).toMatchObject([{ level: 'warning' }]);
    });
  });
});
