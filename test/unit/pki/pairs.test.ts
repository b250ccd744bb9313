import { describe, expect, it } from 'vitest';
import { PAIR_ROLES, type PairRole } from '../../../src/certificate-roles.js';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { endpointUrl } from '../../../src/net/endpoint.js';
import { hostText } from '../../../src/net/host.js';
import type { CertificatePlan, LeafPlan } from '../../../src/pki/certificate-plan.js';
import { planCertificates } from '../../../src/pki/plan.js';
import { presets } from '../../../src/presets/presets.js';

const OTHERS = PAIR_ROLES.filter((role) => role !== 'server');

/** Every set of pairs that has a server, and both numbers of authorities. */
const SETS = Array.from({ length: 2 ** OTHERS.length }, (_, bits): readonly PairRole[] => [
  'server',
  ...OTHERS.filter((_role, index) => (bits & (1 << index)) !== 0),
]).filter((pairs) => pairs.includes('peer') || !pairs.includes('peer-client'));

function plan(certificates: object, version: string, more: object = {}): readonly CertificatePlan[] {
  return planCertificates(
    parseClusterSpec({
      members: [
        { name: 'e1', address: '10.0.0.1' },
        { name: 'e2', address: '10.0.0.2' },
      ],
      etcd: { version },
      certificates,
      ...more,
    }),
  );
}

/** A member's own, by the setting that points to them. */
function heldBy(plans: readonly CertificatePlan[], name: string): readonly LeafPlan[] {
  return plans.flatMap((one) =>
    one.type === 'leaf' && one.holder.type === 'members' && one.holder.names.includes(name) ? [one] : [],
  );
}

describe.each(ETCD_RELEASES)('etcd %s', (version) => {
  it.each(SETS.map((pairs) => [pairs.join(', '), pairs] as const))(
    'serves and dials wherever it has to with %s',
    (_, pairs) => {
      const choices = pairs.includes('peer') ? [['ca'], ['ca', 'peer-ca']] : [['ca']];
      for (const authorities of choices) {
        for (const clientCertAuth of [true, false]) {
          const plans = plan({ pairs, authorities, clientCertAuth }, version);
          const leaves = heldBy(plans, 'e1');
          const settings = [...leaves, ...plans.filter(({ type }) => type === 'authority')].flatMap(
            (one) => one.settings,
          );
          const names = settings.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          const files = leaves.flatMap((one) => [one.files.certificate, one.files.key]);
          expect(new Set(files).size).toBe(files.length);
          const holderOf = (setting: string): LeafPlan | undefined =>
            leaves.find((leaf) => leaf.settings.some(({ name }) => name === setting));
          for (const [serving, dialling, authority] of [
            ['cert-file', 'client-cert-file', 'ca'],
            ['peer-cert-file', 'peer-client-cert-file', authorities.at(-1)],
          ] as const) {
            const server = holderOf(serving);
            expect(server?.extendedKeyUsage).toContain('serverAuth');
            expect(server?.authority).toBe(authority);
            // etcd dials with the pair it serves with, unless it has one for that (etcd-io/etcd#9785).
            const client = holderOf(dialling) ?? server;
            expect(client?.extendedKeyUsage).toContain('clientAuth');
            expect(client?.authority).toBe(authority);
          }
          expect(holderOf('peer-cert-file')?.altNames).toContainEqual(
            expect.objectContaining({ address: '10.0.0.1' }),
          );
          expect(names.includes('client-cert-auth')).toBe(clientCertAuth);
          // With it alone etcd asks for certificates, whatever client-cert-auth says.
          expect(names.includes('trusted-ca-file')).toBe(clientCertAuth);
          expect(names).toContain('peer-trusted-ca-file');
        }
      }
    },
  );
});

it('leaves out what nobody is asked for', () => {
  const ids = plan({ clientCertAuth: false }, '3.7').map(({ id }) => id);
  expect(ids).toEqual([
    'ca',
    'peer-ca',
    'server/e1',
    'peer/e1',
    'peer-client/e1',
    'server/e2',
    'peer/e2',
    'peer-client/e2',
  ]);
});

describe('a preset', () => {
  const withCertificates = Object.keys(presets).filter((name) => name !== 'plain-http');

  it.each(withCertificates.flatMap((name) => ['hardened', 'kubeadm'].map((other) => [name, other] as const)))(
    '%s: its certificates, written out over %s, are the same',
    (name, other) => {
      const address = '10.0.0.1';
      const spec = parseClusterSpec({ preset: name, members: [{ name: 'e1', address }] });
      const [member] = spec.members;
      const { ca, peerCa, altNames, loopbackNames, validity, caKeyOn, ...rest } = spec.certificates;
      expect([ca, peerCa]).toEqual([undefined, undefined]);
      const written = {
        ...rest,
        altNames: altNames.map(hostText),
        loopbackNames: loopbackNames.map(hostText),
        caKeyOn,
      };
      const urls = {
        listenPeerUrls: member?.listenPeerUrls.map(endpointUrl),
        initialAdvertisePeerUrls: member?.initialAdvertisePeerUrls.map(endpointUrl),
      };
      const over = parseClusterSpec({
        preset: other,
        members: [{ name: 'e1', address, ...urls }],
        certificates: written,
      });
      expect(over.certificates).toEqual(spec.certificates);
      expect(planCertificates(over)).toEqual(planCertificates(spec));
      expect(validity).toEqual(over.certificates.validity);
    },
  );
});
