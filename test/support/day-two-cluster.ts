import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { hostNamesOf } from '../../src/bundle/manifest/manifest.js';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { type ClusterSpec, endpointUrl, parseClusterDocument } from '../../src/index.js';
import { readBundle } from '../../src/node/index.js';
import { ORDER_TITLE } from '../../src/plan/update-steps.js';
import type { Verification } from '../../src/verify/finding.js';
import { AT_THE_LATEST, type Host } from '../hosts/host.js';
import { runCli } from '../unit/cli/fake-io.js';
import type { HostCluster, Installable } from './host-cluster.js';
import { type RunbookBlock, runbookBlocks } from './runbook-steps.js';

/** Where the operator stands. */
const OPERATOR = '/root/bundle';

export interface Written extends Installable {
  /** Of the bundle, on this machine. */
  readonly folder: string;
}

/**
 * A bundle that was made at a moment, in a folder of its own.
 *
 * @param more - keys of etcd besides its release
 */
export async function generateOnDisk(
  document: string,
  release: EtcdRelease,
  now: number,
  more = '',
): Promise<Written> {
  const parent = mkdtempSync(join(tmpdir(), 'renewal-'));
  const text = `${document}etcd: {version: "${release}"${more}}\n`;
  writeFileSync(join(parent, 'cluster.yaml'), text);
  const folder = join(parent, 'bundle');
  const made = await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd: parent, now });
  expect(made.stderr).toBe('');
  return {
    folder,
    spec: parseClusterDocument(text),
    tarball: (name) => readFile(join(folder, `${name}.tar.gz`)),
  };
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Waits until the certificates of a cluster have ended, and starts its members again, of which none comes up. */
export async function startWithEnded({ built, members }: HostCluster<Written>, ends: number): Promise<void> {
  const { unit } = built.spec.systemd;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, ends + 5 - seconds()) * 1000));
  for (const host of members) await host.must(`systemctl restart --no-block ${unit}`);
  for (const host of members)
    await expect
      .poll(() => host.journal(unit), { timeout: AT_THE_LATEST })
      .toContain('certificate has expired or is not yet valid');
  for (const host of members)
    await expect
      .poll(async () => (await host.run(`systemctl is-active ${unit}`)).stdout, { timeout: AT_THE_LATEST })
      .toBe('activating\n');
}

export async function installControlPlane({ built, members: [first] }: HostCluster<Written>): Promise<void> {
  if (built.spec.kubernetes === undefined) return;
  await first?.put(await built.tarball('control-plane'), '/root/control-plane.tar.gz', 0o600);
  await first?.must('tar -xzf /root/control-plane.tar.gz -C /');
}

/** The new folder, where the operator stands; the runbook's blocks. */
export async function giveToOperator({
  built,
  members: [first],
}: HostCluster<Written>): Promise<readonly RunbookBlock[]> {
  await first?.must(`rm -rf ${OPERATOR}; mkdir -p ${OPERATOR}`);
  for (const file of readdirSync(built.folder, { withFileTypes: true }))
    if (file.isFile()) await first?.put(join(built.folder, file.name), `${OPERATOR}/${file.name}`, 0o600);
  return runbookBlocks(readFileSync(join(built.folder, 'RUNBOOK.md'), 'utf8'));
}

/** Each command as it stands. These hosts have no sshd: what scp would copy is put there. */
export async function runBlock(
  cluster: HostCluster<Written>,
  { title, host, commands }: RunbookBlock,
  hostOf: (name: string) => Host = cluster.hosts.host,
): Promise<void> {
  const { built, members, hosts } = cluster;
  const [first] = members;
  for (const command of commands) {
    const [, file, address, place = ''] = /^scp (\S+) root@([^:]+):(\S+)$/.exec(command) ?? [];
    if (file !== undefined) {
      const target = hosts.all.find(({ addresses }) => addresses.includes(address ?? ''));
      // The first host is the operator's machine, too.
      const source = file.startsWith('/') ? join(first?.root ?? '', file) : join(built.folder, file);
      const path = place.endsWith('/') ? `${place}${basename(file)}` : place;
      if (target !== first || path !== file) await target?.put(source, path, 0o600);
      continue;
    }
    if (host === 'control-plane' && existsSync(join(built.folder, 'control-plane.tar.gz')))
      await first?.put(join(built.folder, 'control-plane.tar.gz'), '/root/control-plane.tar.gz', 0o600);
    const isMember = hosts.all.some(({ name }) => name === host);
    const variables = `set -a; . ${built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
    const line = host === 'operator' ? `cd ${OPERATOR}; ${variables}\n${command}` : command;
    const target = isMember ? hostOf(host) : first;
    const answer = await target?.run(line, { timeout: 120_000 });
    const journal = answer?.code === 0 || !isMember ? '' : await target?.journal(built.spec.systemd.unit);
    const said = `${answer?.stdout}${answer?.stderr}${journal?.slice(-3000)}`;
    expect(answer?.code, `${title}, on ${host}: ${command}\n${said}`).toBe(0);
  }
}

/** The blocks that go forth, those of restarts in the order that the runbook's own command prints: the leader's last. */
export async function leaderLast(
  cluster: HostCluster<Written>,
  blocks: readonly RunbookBlock[],
): Promise<readonly RunbookBlock[]> {
  const forth = blocks.filter(({ kind }) => kind !== 'back');
  const order = forth.find(({ title }) => title === ORDER_TITLE);
  if (order === undefined) return forth;
  const { built, members } = cluster;
  const variables = `set -a; . ${built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
  const printed = await members[0]?.must(`${variables}\n${order.commands.join('\n')}`);
  const names = printed?.trimEnd().split('\n') ?? [];
  // That of the control plane starts no member again.
  const isRestart = ({ title }: RunbookBlock): boolean =>
    title.endsWith(', and a restart') && !title.includes(' for control-plane,');
  const first = forth.findIndex(isRestart);
  const restarts = names.flatMap((name) =>
    forth.filter((block) => isRestart(block) && block.title.includes(` for ${name},`)),
  );
  expect(restarts).toHaveLength(forth.filter(isRestart).length);
  return [...forth.slice(0, first), ...restarts, ...forth.slice(first + restarts.length)];
}

/** That the hosts have what the bundle says, and nothing is wrong with it. */
export async function expectAsBundle(cluster: HostCluster<Written>): Promise<void> {
  const { built, members } = cluster;
  const roots = members.map(({ root }) => root);
  const findings = await findingsAgainst(built, built.folder, roots);
  expect(findings.filter(({ level, rule }) => level === 'error' || isOfHost(rule))).toEqual([]);
}

/** By their names, the members that are not as a bundle has them: the rules that say so. */
export async function differing(
  { built, members }: HostCluster<Written>,
  folder: string = built.folder,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const answers = members.map(async ({ name, root }) => {
    const findings = await findingsAgainst(built, folder, [root]);
    return [name, [...new Set(findings.map(({ rule }) => rule).filter(isOfHost))].sort()] as const;
  });
  return Object.fromEntries((await Promise.all(answers)).filter(([, rules]) => rules.length > 0));
}

/** But those of the operator's files, which every host has here and which the first alone has anew. */
async function findingsAgainst(
  { spec }: Written,
  folder: string,
  roots: readonly string[],
): Promise<Verification['findings']> {
  const { stdout } = await runCli(['verify', '--against', folder, ...roots, '--json'], { now: seconds() });
  const { findings }: Verification = JSON.parse(stdout);
  return findings.filter(({ path }) => path?.startsWith(`${spec.cluster.directory}/admin/`) !== true);
}

function isOfHost(rule: string): boolean {
  return rule.startsWith('host-');
}

interface Ending {
  readonly serialNumber: string;
  readonly notAfter: string;
}

/** That `expiry` of the hosts says what the bundle says: which pairs they hold, and when each ends. */
export async function expectEndings({ built, members }: HostCluster<Written>): Promise<void> {
  const { manifest } = await readBundle(built.folder);
  const names = new Set(members.map(({ name }) => name));
  const said = await runCli(['expiry', ...members.map(({ root }) => root), '--json'], { now: seconds() });
  const { endings }: { readonly endings: readonly Ending[] } = JSON.parse(said.stdout);
  const found = new Map(endings.map(({ serialNumber, notAfter }) => [serialNumber, notAfter]));
  // The first member is a control-plane machine, too, and has the pair of either.
  const held = manifest.certificates.filter(
    ({ holder, role }) =>
      role !== 'apiserver-etcd-client' && hostNamesOf(holder).some((name) => names.has(name)),
  );
  expect(held.length).toBeGreaterThan(0);
  for (const { id, serialNumber, notAfter } of held) expect(found.get(serialNumber), id).toBe(notAfter);
}

export async function pids({ built, members }: HostCluster<Written>): Promise<readonly string[]> {
  return Promise.all(
    members.map((host) => host.must(`systemctl show --property MainPID ${built.spec.systemd.unit}`)),
  );
}

/** What each member presents to clients and to peers. */
export async function serials({ built, members: [first] }: HostCluster<Written>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const url of portsOf(built.spec)) {
    const place = url.slice('https://'.length);
    const answer = await first?.must(
      `echo | openssl s_client -connect ${place} 2>/dev/null | openssl x509 -noout -serial`,
    );
    found.push(answer?.trim() ?? '');
  }
  return found;
}

function portsOf({ members }: ClusterSpec): readonly string[] {
  return members.flatMap(({ advertiseClientUrls, initialAdvertisePeerUrls }) =>
    [...advertiseClientUrls.slice(0, 1), ...initialAdvertisePeerUrls.slice(0, 1)].map(endpointUrl),
  );
}
