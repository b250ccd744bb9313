import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { memberSettings } from '../../../src/bundle/service-files.js';
import { renderFlags } from '../../../src/etcd/setting/render/flags.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { endpointUrl, type FilePlan, renderRunbook } from '../../../src/index.js';
import { cleanAtExit, cleanRun, newRunName } from '../../hosts/cleanup.js';
import { createNetwork } from '../../hosts/network.js';
import { runProgram } from '../../hosts/process.js';
import { describeWithHosts } from '../../programs/describe.js';
import { type BuiltCluster, buildCluster } from '../../support/cluster.js';
import { putAll } from '../../support/put-files.js';

const NAME_SERVER = '10.77.0.9';
const SERVER: string = fileURLToPath(new URL('./dns-server.js', import.meta.url));

const DOCUMENTS: Readonly<Record<string, object>> = {
  'with TLS, known by addresses, names of their own and names alone': {
    cluster: { discoverySrv: 'example.org' },
    members: [
      { name: 'm1', address: '10.77.0.1' },
      { name: 'm2', address: ['10.77.0.2', 'node2.example.net'] },
      { name: 'm3', address: ['m3.example.org', '10.77.0.3'] },
    ],
  },
  'without TLS, as one of several clusters of a domain': {
    cluster: { discoverySrv: 'example.org', discoverySrvName: 'prod' },
    members: [1, 2, 3].map((number) => ({ name: `m${number}`, address: `10.77.0.${number}` })),
    certificates: { tls: 'none' },
  },
};

for (const release of ETCD_RELEASES) {
  describeWithHosts([`etcd-${release}`], `etcd ${release} found by DNS SRV`, (program) => {
    const etcd = program(`etcd-${release}`).path;

    it.each(documentsOf(release))('forms a cluster %s', { timeout: 120_000 }, async (_, document) => {
      const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-srv-'));
      const run = newRunName();
      const removeCleaner = cleanAtExit(run);
      const children: ChildProcess[] = [];
      onTestFinished(async () => {
        for (const child of children) child.kill('SIGKILL');
        await cleanRun(run);
        removeCleaner();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      });
      const built = await buildCluster(
        JSON.stringify({
          ...document,
          etcd: { version: release, dataDir: join(folder, 'data'), metricsUrls: [] },
        }),
      );
      const members = built.spec.members.map(({ name }, index) => ({
        name,
        addresses: [`10.77.0.${index + 1}/24`],
      }));
      const network = await createNetwork(run, [
        ...members,
        { name: 'dns', addresses: [`${NAME_SERVER}/24`] },
      ]);
      for (const host of [...members.map(({ name }) => name), 'dns']) await network.plug(host);
      writeFileSync(join(folder, 'resolv.conf'), `nameserver ${NAME_SERVER}\n`);
      const records = JSON.stringify(recordsOf(built));
      const inNamespace = (host: string): readonly string[] => ['netns', 'exec', network.namespaceOf(host)];
      const dns = spawn('ip', [...inNamespace('dns'), process.execPath, SERVER, NAME_SERVER, records]);
      children.push(dns);
      await new Promise<void>((resolve, reject) => {
        dns.stdout.once('data', () => resolve());
        dns.once('exit', () => reject(new Error('no name server')));
      });

      /** A member's own /etc/etcd/pki, data and resolv.conf, over those of the machine. */
      const onHost = (host: string, words: readonly string[]): readonly string[] => [
        ...inNamespace(host),
        'unshare',
        '--mount',
        'sh',
        '-ec',
        'mount --bind "$0/resolv.conf" /etc/resolv.conf; mount --bind "$0/$1/etc" "$0/etc"; mount --bind "$0/$1/data" "$0/data"; shift; exec "$@"',
        folder,
        host,
        ...words,
      ];
      const output: string[] = [];
      mkdirSync(join(folder, 'data'));
      mkdirSync(join(folder, 'etc'));
      for (const member of built.spec.members) {
        mkdirSync(join(folder, member.name, 'data'), { recursive: true, mode: 0o700 });
        const place = (path: string): string => path.replace(/^\/?etc\//, `${folder}/etc/`);
        putAll(join(folder, member.name), filesOf(built, member.name));
        const settings = memberSettings(built.spec, member, built.pki).map(({ name, value }) => ({
          name,
          value: name.endsWith('-file') ? place(value) : value,
        }));
        const words = renderFlags(settings).map(String);
        expect(words.join(' ')).not.toContain('--initial-cluster=');
        const child = spawn('ip', onHost(member.name, [etcd, ...words]));
        children.push(child);
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk: Buffer) => output.push(`${member.name}: ${chunk.toString()}`));
      }
      putAll(join(folder, 'm1'), filesOf(built, 'admin'));

      const pair =
        built.pki.authorities.length === 0 ? [] : ['cacert=ca.crt', 'cert=client.crt', 'key=client.key'];
      const etcdctl = async (...words: readonly string[]): Promise<string> => {
        const flags = pair.map((flag) => `--${flag.replace('=', `=${folder}/etc/etcd/admin/`)}`);
        const argv = onHost('m1', [
          join(dirname(etcd), 'etcdctl'),
          ...flags,
          '--command-timeout=3s',
          ...words,
        ]);
        const { code, stdout, stderr } = await runProgram('ip', argv, {
          env: { PATH: process.env['PATH'] ?? '', ETCDCTL_API: '3' },
        });
        return code === 0 ? stdout + stderr : `refused\n${stderr}`;
      };
      const endpoints = built.spec.members.flatMap(({ advertiseClientUrls }) =>
        advertiseClientUrls.map(endpointUrl),
      );
      const healthy = (): Promise<string> =>
        etcdctl(`--endpoints=${endpoints.join(',')}`, 'endpoint', 'health');
      await expect
        .poll(healthy, { timeout: 60_000, interval: 500 })
        .toMatch(/(?:is healthy[\s\S]*){3}/)
        .catch((error: unknown) => {
          throw new Error(`no cluster\n${output.join('').slice(-6000)}`, { cause: error });
        });
      expect((await etcdctl(`--endpoints=${endpoints[0]}`, 'member', 'list')).match(/started/g)).toHaveLength(
        3,
      );

      // A client that asks DNS, and for the domain in what the servers show it.
      const { discovery } = built.spec.cluster;
      const found = await etcdctl(
        `--discovery-srv=${discovery?.domain}`,
        ...(discovery?.serviceName === undefined ? [] : [`--discovery-srv-name=${discovery.serviceName}`]),
        ...(pair.length === 0 ? ['--insecure-discovery=true'] : ['--insecure-discovery=false']),
        ...['put', 'key', 'value'],
      );
      expect(found).toContain('OK');
    });
  });
}

/** Without TLS 3.4 finds nobody, which the document says. */
function documentsOf(release: string): readonly (readonly [string, object])[] {
  return Object.entries(DOCUMENTS).filter(
    ([, document]) => release !== '3.4' || !('certificates' in document),
  );
}

/** As an operator reads them in the runbook. */
function recordsOf({ spec, pki }: BuiltCluster): readonly { owner: string; type: string; data: string }[] {
  const [, zone = ''] = /```dns\n([\s\S]*?)\n```/.exec(renderRunbook(spec, pki)) ?? [];
  return zone.split('\n').map((line) => {
    const [owner = '', , type = '', ...data] = line.split(/\s+/);
    return { owner, type, data: data.join(' ') };
  });
}

function filesOf({ bundles }: BuiltCluster, name: string): readonly FilePlan[] {
  return bundles.get(name)?.files ?? [];
}
