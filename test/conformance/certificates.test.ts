import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate as PeculiarCertificate, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { Certificate, type Extension } from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostText, type IssuedLeaf, type IssuedPair, PRESET_NAMES } from '../../src/index.js';
import { presets } from '../../src/presets/presets.js';
import { describeWithPrograms } from '../programs/describe.js';
import { type BuiltCluster, buildCluster } from '../support/cluster.js';
import { describeLong } from '../support/long-tests.js';
import { askGo, type GoQuestion } from './x509/go.js';

// Every certificate of every example that has some, in the key type of its example, and of the default preset in every key type.

const KEYS = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072'];

interface Subject {
  readonly title: string;
  readonly document: string;
}

const SUBJECTS: readonly Subject[] = [
  ...PRESET_NAMES.filter((name) => presets[name].document.certificates?.tls !== 'none').map((name) => ({
    title: name,
    document: readFileSync(new URL(`../../examples/${name}/cluster.yaml`, import.meta.url), 'utf8'),
  })),
  ...KEYS.map((key) => ({
    title: key,
    document: JSON.stringify({
      members: [
        { name: 'e1', address: ['10.0.0.1', 'fd00::1'], altNames: ['*.example.org', '::ffff:192.0.2.1'] },
      ],
      certificates: {
        key,
        subject: { O: 'Größe & Söhne', C: 'de' },
        validity: { ca: '300000h', leaf: '250000h' },
      },
    }),
  })),
];

/** What zlint says against a certificate, and why that stays. */
const EXPLAINED: readonly {
  readonly lint: string;
  /** Where it may be said; absent: everywhere. */
  readonly title?: string;
  readonly why: string;
}[] = [
  {
    lint: 'w_ext_subject_key_identifier_missing_sub_cert',
    why: 'RFC 5280, 4.2.1.2 says SHOULD for leaves; kubeadm and Go leave it out, and nobody builds a path upwards from a leaf',
  },
  {
    lint: 'e_key_usage_and_extended_key_usage_inconsistent',
    title: 'kubeadm',
    why: "keyEncipherment beside clientAuth alone: kubeadm's own usages, which its preset keeps for RSA keys",
  },
];

/** In the short sample: the default, and another key. */
const SAMPLED: readonly string[] = ['hardened', 'ecdsa-p384'];

for (const subject of SUBJECTS) certificatesOf(subject);

function certificatesOf({ title, document }: Subject): void {
  const suite = SAMPLED.includes(title) ? describe : describeLong;
  suite(`the certificates of ${title}`, () => {
    let built: BuiltCluster;
    let folder: string;

    beforeAll(async () => {
      built = await buildCluster(document);
      folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-certificates-'));
      for (const authority of built.pki.authorities)
        writeFileSync(caPath(authority.plan.id), authority.certificate);
      for (const [index, leaf] of built.pki.leaves.entries())
        writeFileSync(leafPath(index), leaf.certificate);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    const caPath = (id: string): string => join(folder, `${id}.pem`);
    const leafPath = (index: number): string => join(folder, `leaf-${index}.pem`);
    const eachLeaf = (check: (leaf: IssuedLeaf, path: string) => void): void => {
      for (const [index, leaf] of built.pki.leaves.entries()) check(leaf, leafPath(index));
    };
    const all = (): readonly IssuedPair[] => [...built.pki.authorities, ...built.pki.leaves];

    it('name the same hosts to node:crypto and @peculiar/x509', () => {
      eachLeaf(({ plan, certificate }) => {
        const names = plan.altNames.map((host) => hostText(host));
        const peculiar = new PeculiarCertificate(certificate).getExtension(SubjectAlternativeNameExtension);
        expect(peculiar?.names.items.map(({ value }) => value.toLowerCase()) ?? []).toEqual(names);
        const text = new X509Certificate(certificate).subjectAltName ?? '';
        expect(text === '' ? [] : text.split(', ')).toHaveLength(names.length);
      });
    });

    it('say to pkijs what their plan says, under the identifiers of their CA', () => {
      for (const [index, { plan, certificateDer }] of built.pki.leaves.entries()) {
        const leaf = Certificate.fromBER(new Uint8Array(certificateDer));
        const signer = built.pki.authorities.find((authority) => authority.plan.id === plan.authority);
        const authority = Certificate.fromBER(new Uint8Array(signer?.certificateDer ?? []));
        expect(leaf.version).toBe(2);
        expect(Buffer.from(leaf.issuer.valueBeforeDecode)).toEqual(
          Buffer.from(authority.subject.valueBeforeDecode),
        );
        const find = (certificate: Certificate, oid: string): Extension | undefined =>
          certificate.extensions?.find(({ extnID }) => extnID === oid);
        expect(
          find(leaf, '2.5.29.35')?.parsedValue.keyIdentifier.valueBlock.valueHexView,
          String(index),
        ).toEqual(find(authority, '2.5.29.14')?.parsedValue.valueBlock.valueHexView);
        // Key usage and basic constraints are critical; purposes, identifiers, and names beside a subject are not (RFC 5280, 4.2.1).
        for (const { extnID, critical } of [...(leaf.extensions ?? []), ...(authority.extensions ?? [])])
          expect(critical, extnID).toBe(extnID === '2.5.29.15' || extnID === '2.5.29.19');
        expect(new Set(leaf.extensions?.map(({ extnID }) => extnID)).size).toBe(leaf.extensions?.length);
      }
    });

    describeWithPrograms(['go-x509'], 'by Go', (program) => {
      it('load with their keys, serve and dial', () => {
        const at = Math.floor(Date.now() / 1000);
        const questions = built.pki.leaves.flatMap(({ plan, certificate, privateKey: key }): GoQuestion[] => {
          const roots =
            built.pki.authorities.find((authority) => authority.plan.id === plan.authority)?.certificate ??
            '';
          const pair: GoQuestion = { ask: 'pair', certificate, key };
          const chains = plan.extendedKeyUsage.map(
            (usage): GoQuestion => ({
              ask: 'chain',
              certificate,
              roots,
              usage: usage === 'serverAuth' ? 'serverAuth' : 'clientAuth',
              at,
            }),
          );
          if (!plan.extendedKeyUsage.includes('serverAuth')) return [pair, ...chains];
          const hosts = plan.altNames.map((name) => hostText(name)).filter((name) => !name.startsWith('*'));
          return [
            pair,
            ...chains,
            ...hosts.map((host): GoQuestion => ({ ask: 'handshake', certificate, key, roots, at, host })),
          ];
        });
        const pools = built.pki.authorities.map(
          ({ certificate }): GoQuestion => ({ ask: 'pool', roots: certificate }),
        );
        const answers = askGo(program('go-x509').path, [...pools, ...questions]);
        expect(answers.map(({ says }) => says).filter((says) => says !== '')).toEqual([]);
        expect(answers.length).toBeGreaterThan(built.pki.leaves.length);
      });
    });

    describeWithPrograms(['openssl'], 'by OpenSSL', (program) => {
      it('verify under x509_strict, for each of their purposes', () => {
        eachLeaf(({ plan }, path) => {
          for (const usage of plan.extendedKeyUsage) {
            const purpose = usage === 'serverAuth' ? 'sslserver' : 'sslclient';
            const args = [
              'verify',
              '-x509_strict',
              '-purpose',
              purpose,
              '-CAfile',
              caPath(plan.authority),
              path,
            ];
            expect(execFileSync(program('openssl').path, args, { encoding: 'utf8' })).toBe(`${path}: OK\n`);
          }
        });
      });

      it('answer to the names of their plan', () => {
        eachLeaf(({ plan }, path) => {
          for (const host of plan.altNames.filter((name) => !hostText(name).startsWith('*'))) {
            const flag = host.type === 'ip' ? '-checkip' : '-checkhost';
            const output = execFileSync(
              program('openssl').path,
              ['x509', '-noout', flag, hostText(host), '-in', path],
              { encoding: 'utf8' },
            );
            expect(output).toMatch(/does match certificate/);
          }
        });
      });

      it('belong to their keys', () => {
        for (const { certificate, privateKey } of all()) {
          const publicOf = (args: readonly string[], input: string): string =>
            execFileSync(program('openssl').path, args, { input, encoding: 'utf8' });
          expect(publicOf(['pkey', '-pubout'], privateKey)).toBe(
            publicOf(['x509', '-noout', '-pubkey'], certificate),
          );
          expect(publicOf(['pkey', '-check', '-noout'], privateKey)).toContain('Key is valid');
        }
      });
    });

    describeWithPrograms(['certtool'], 'by GnuTLS', (program) => {
      it('verify', () => {
        eachLeaf(({ plan }, path) => {
          const args = ['--verify', '--load-ca-certificate', caPath(plan.authority), '--infile', path];
          expect(execFileSync(program('certtool').path, args, { encoding: 'utf8' })).toContain(
            'Chain verification output: Verified.',
          );
        });
      });
    });

    describeWithPrograms(['zlint'], 'by zlint', (program) => {
      it('break no rule of RFC 5280', () => {
        for (const { certificate, subject } of all()) {
          const path = join(folder, 'lint.pem');
          writeFileSync(path, certificate);
          const output = execFileSync(program('zlint').path, ['-includeSources', 'RFC5280,RFC5480', path], {
            encoding: 'utf8',
          });
          const results: Record<string, { result: string }> = JSON.parse(output);
          const remarks = Object.entries(results).filter(
            ([, { result }]) => !['pass', 'NA', 'NE'].includes(result),
          );
          const unexplained = remarks.filter(
            ([name]) => !EXPLAINED.some((entry) => entry.lint === name && (entry.title ?? title) === title),
          );
          expect(unexplained, subject).toEqual([]);
        }
      });
    });
  });
}
