import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderKubeadmConfig } from '../../../src/kubernetes/kubeadm-config.js';
import { describeWithHosts, describeWithPrograms } from '../../programs/describe.js';
import type { Program } from '../../programs/programs.js';
import { put, putAll } from '../../support/put-files.js';
import { memberOf, type Part, specOf } from '../../unit/kubernetes/cluster.js';
import { bundleFiles, kubeadm, temporaryFolder } from './kubeadm.js';
import { KUBEADM_NAMES, KUBEADMS, NEWEST_KUBEADM } from './releases.js';

const LEAVES = ['etcd-server', 'etcd-peer', 'etcd-healthcheck-client', 'apiserver-etcd-client'] as const;
const PAIRS = ['etcd/server', 'etcd/peer', 'etcd/healthcheck-client', 'apiserver-etcd-client'] as const;

/** RSA keys take their time on a busy machine. */
const SLOW = 120_000;

const documents: readonly [string, Part][] = [
  ['RSA', {}],
  ['P-256', { certificates: { key: 'ecdsa-p256' } }],
  ['P-256, usages bit for bit', { certificates: { key: 'ecdsa-p256', usages: 'kubeadm-compatible' } }],
  ['P-384', { certificates: { key: 'ecdsa-p384' } }],
  ['IPv6', { members: [{ name: 'e1', address: 'fd00::1' }], certificates: { key: 'ecdsa-p256' } }],
  [
    'further names and addresses',
    {
      members: [
        {
          name: 'e1',
          address: ['10.0.0.1', 'fd00::1', 'e1.example.org'],
          altNames: ['e1.example.net', '10.0.0.9'],
        },
        { name: 'e2', address: '10.0.0.2' },
      ],
      certificates: { key: 'ecdsa-p256', altNames: ['z.example.org', '*.example.org', '192.0.2.1'] },
    },
  ],
];

/** Fields that differ with every signing: numbers, times, keys, signatures. */
function contentsOf(openssl: Program, path: string): readonly string[] {
  const hidden = ['no_serial', 'no_validity', 'no_pubkey', 'no_sigdump', 'no_header', 'no_version'];
  const text = execFileSync(
    openssl.path,
    ['x509', '-in', path, '-noout', '-text', '-certopt', hidden.join(',')],
    { encoding: 'utf8' },
  );
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:[0-9A-F]{2}:){19}[0-9A-F]{2}$/.test(line));
}

describeWithPrograms([...KUBEADM_NAMES, 'openssl'], 'our certificates before kubeadm', (program) => {
  it.each([
    ['kubeadm-1.37', { version: '1.37', kubeadmApi: 'v1beta4' }, 'rsa-2048'],
    ['kubeadm-1.36', { version: '1.36', kubeadmApi: 'v1beta4' }, 'ecdsa-p384'],
    ['kubeadm-1.36', { version: '1.36', kubeadmApi: 'v1beta3' }, 'ecdsa-p256'],
    ['kubeadm-1.26', { version: '1.26', kubeadmApi: 'v1beta2' }, 'ecdsa-p256'],
  ] as const)(
    '%s uses what is there, for every member: %o',
    async (name, kubernetes, key) => {
      const folder = temporaryFolder();
      const directory = join(folder, 'pki');
      const spec = specOf({ kubernetes, certificates: { key, directory } });
      const bundles = await bundleFiles(spec);
      for (const member of spec.members) {
        const root = join(folder, member.name);
        putAll(root, bundles.get(member.name) ?? []);
        const own = specOf({ kubernetes, certificates: { key, directory: join(root, directory) } });
        const config = put(join(root, 'kubeadmcfg.yaml'), renderKubeadmConfig(memberOf(own, member.name)));
        for (const [index, phase] of LEAVES.entries()) {
          expect(kubeadm(program(name), ['init', 'phase', 'certs', phase, '--config', config])).toBe(
            `[certs] Using existing ${PAIRS[index]} certificate and key on disk\n`,
          );
        }
        expect(kubeadm(program(name), ['init', 'phase', 'certs', 'etcd-ca', '--config', config])).toBe(
          '[certs] Using existing etcd/ca keyless certificate authority\n',
        );
      }
    },
    SLOW,
  );

  it.each(documents)(
    'the newest kubeadm signs the same from the same document: %s',
    async (_, part) => {
      const folder = temporaryFolder();
      const at = (name: string) => {
        const certificates = { ...(part['certificates'] ?? {}), directory: join(folder, name) };
        return specOf({ ...part, certificates, kubernetes: { version: NEWEST_KUBEADM.version } });
      };
      const ours = at('ours');
      const bundles = await bundleFiles(ours);
      for (const { name } of ours.members) {
        putAll(join(folder, name), bundles.get(name) ?? []);
        const config = put(
          join(folder, `${name}.yaml`),
          renderKubeadmConfig(memberOf(at(`theirs-${name}`), name)),
        );
        for (const phase of ['etcd-ca', ...LEAVES])
          kubeadm(program(NEWEST_KUBEADM.program), ['init', 'phase', 'certs', phase, '--config', config]);
        for (const pair of ['etcd/ca', ...PAIRS]) {
          const own = contentsOf(program('openssl'), join(folder, name, folder, 'ours', `${pair}.crt`));
          const theirs = contentsOf(program('openssl'), join(folder, `theirs-${name}`, `${pair}.crt`));
          expect(own).toEqual(deliberate(theirs, ours.certificates));
        }
      }
    },
    SLOW,
  );

  it(
    'kubeadm 1.26 names and addresses them the same, with O=system:masters in clients',
    async () => {
      const folder = temporaryFolder();
      const kubernetes = { version: '1.26', kubeadmApi: 'v1beta3' };
      const ours = specOf({ kubernetes, certificates: { directory: join(folder, 'ours') } });
      putAll(folder, (await bundleFiles(ours)).get('e1') ?? []);
      const theirs = specOf({ kubernetes, certificates: { directory: join(folder, 'theirs') } });
      const config = put(join(folder, 'kubeadmcfg.yaml'), renderKubeadmConfig(memberOf(theirs)));
      for (const phase of ['etcd-ca', ...LEAVES])
        kubeadm(program('kubeadm-1.26'), ['init', 'phase', 'certs', phase, '--config', config]);
      for (const pair of ['etcd/ca', ...PAIRS]) {
        const own = contentsOf(program('openssl'), join(folder, folder, 'ours', `${pair}.crt`));
        const other = contentsOf(program('openssl'), join(folder, 'theirs', `${pair}.crt`));
        expect(own).toEqual(
          other.map((line) => line.replace('Subject: O = system:masters, CN', 'Subject: CN')),
        );
      }
    },
    SLOW,
  );
});

/** Where we differ on purpose: keyEncipherment means nothing with an ECDSA key (RFC 5480, 3; kubernetes/kubeadm#3328). */
function deliberate(lines: readonly string[], { key, usages }: ReturnType<typeof specOf>['certificates']) {
  const isDropped = key.startsWith('ecdsa') && usages === 'rfc5280';
  return isDropped ? lines.map((line) => line.replace(', Key Encipherment', '')) : lines;
}

describeWithHosts([...KUBEADM_NAMES, 'openssl'], "people's habits on a member", (program) => {
  const programs = KUBEADMS.map(({ program: name, version }) => [name, version] as const);

  it.each(programs)(
    '%s certs check-expiration shows the four certificates and the CA',
    async (name, version) => {
      const root = temporaryFolder();
      const spec = specOf({ kubernetes: { version }, certificates: { key: 'ecdsa-p256' } });
      putAll(root, (await bundleFiles(spec)).get('e1') ?? []);
      put(join(root, 'kubeadmcfg.yaml'), renderKubeadmConfig(memberOf(spec)));
      const table = kubeadm(program(name), [
        'certs',
        'check-expiration',
        '--rootfs',
        root,
        '--config',
        '/kubeadmcfg.yaml',
      ]);
      for (const leaf of LEAVES) expect(table).toMatch(new RegExp(`^${leaf} .* 364d +etcd-ca +yes`, 'm'));
      expect(table).toMatch(/^etcd-ca .* 9y +yes/m);
    },
  );

  it.each(programs)(
    '%s certs renew works where the CA key is, and keeps what our certificates say',
    async (name, version) => {
      const root = temporaryFolder();
      const spec = specOf({ kubernetes: { version }, certificates: { key: 'ecdsa-p256', caKeyOn: ['e1'] } });
      putAll(root, (await bundleFiles(spec)).get('e1') ?? []);
      put(join(root, 'kubeadmcfg.yaml'), renderKubeadmConfig(memberOf(spec)));
      for (const [index, leaf] of LEAVES.entries()) {
        const path = join(root, 'etc/kubernetes/pki', `${PAIRS[index]}.crt`);
        const before = { contents: contentsOf(program('openssl'), path), text: readFileSync(path, 'utf8') };
        const command = ['certs', 'renew', leaf, '--rootfs', root, '--config', '/kubeadmcfg.yaml'];
        expect(kubeadm(program(name), command)).toContain('renewed');
        expect(deliberate(contentsOf(program('openssl'), path), spec.certificates)).toEqual(before.contents);
        expect(readFileSync(path, 'utf8')).not.toBe(before.text);
      }
    },
  );

  it('leaves folders, names and modes as kubeadm does', async () => {
    const folder = temporaryFolder();
    const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
    const { version } = NEWEST_KUBEADM;
    const spec = specOf({
      kubernetes: { version },
      certificates: { key: 'ecdsa-p256', caKeyOn: ['e1'] },
    });
    putAll(ours, (await bundleFiles(spec)).get('e1') ?? []);
    put(join(theirs, 'kubeadmcfg.yaml'), renderKubeadmConfig(memberOf(spec)));
    for (const phase of ['etcd-ca', ...LEAVES])
      kubeadm(program(NEWEST_KUBEADM.program), [
        'init',
        'phase',
        'certs',
        phase,
        '--rootfs',
        theirs,
        '--config',
        '/kubeadmcfg.yaml',
      ]);
    expect(modesBelow(join(ours, 'etc/kubernetes/pki'))).toEqual(
      modesBelow(join(theirs, 'etc/kubernetes/pki')),
    );
  });
});

function modesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => `${(statSync(join(folder, name)).mode & 0o777).toString(8)} ${name}`)
    .sort();
}
