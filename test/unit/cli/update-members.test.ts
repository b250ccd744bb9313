import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { type RunbookBlock, runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';

const DAY = 86_400;
const FOURTH = '  - {name: e4, address: 10.0.0.4}\n';
const FIFTH = '  - {name: e5, address: 10.0.0.5}\n';
/** Presets that follow a guide have its RSA keys, which take seconds. */
const P_256 = 'certificates: {key: ecdsa-p256}\n';
const THIRD = '  - {name: e3, address: 10.0.0.3}\n';

/** A bundle that was brought to each of these documents. */
async function bundle(...documents: readonly string[]): Promise<string> {
  const [first = '', ...others] = documents;
  const cwd = makeFolder({ 'cluster.yaml': first });
  expect((await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd })).stderr).toBe('');
  for (const document of others) {
    const { exitCode, stderr } = await runCli(['update', 'bundle', '-'], {
      cwd,
      now: NOW + DAY,
      stdin: document,
    });
    expect(exitCode, stderr).toBe(0);
  }
  return cwd;
}

async function planOf(cwd: string, document: string): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(['plan', 'bundle', '-'], { cwd, stdin: document });
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && line !== 'Nothing was written.')
    .map((line) => line.replace(/ {2,}/g, ' | '));
}

function blocksIn(cwd: string): readonly RunbookBlock[] {
  return runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
}

function titlesIn(cwd: string): readonly string[] {
  return [...new Set(blocksIn(cwd).map(({ title }) => title))];
}

/** Of a host in the manifest. */
function hostIn(
  cwd: string,
  name: string,
): {
  readonly bootstrap?: object;
  readonly files: readonly { readonly path: string; readonly inTarball: boolean; readonly text?: string }[];
} {
  const { hosts } = JSON.parse(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8'));
  return hosts.find((host: { readonly name: string }) => host.name === name);
}

function unitOf(cwd: string, name: string): string {
  return hostIn(cwd, name).files.find(({ path }) => path === '/etc/systemd/system/etcd.service')?.text ?? '';
}

const URLS = [1, 2, 3, 4, 5].map((number) => `e${number}=https://10.0.0.${number}:2380`);

describe('a document with other members', () => {
  it('is told of as members that come and go, and those that stay have nothing to do', async () => {
    const cwd = await bundle(CLUSTER);
    const rows = await planOf(cwd, CLUSTER.replace(THIRD, FOURTH));
    expect(rows.slice(0, 4)).toEqual([
      'e4 | new member | learner, then voter | member add, start, promote',
      'e3 | member | no longer of the cluster | stop, member remove',
      'e1, e2 | initial-cluster | + e4, - e3 | nothing: a member with data does not read it',
      'admin | endpoints | + https://10.0.0.4:2379, - https://10.0.0.3:2379 | copy, no restart',
    ]);
    expect(rows[4]).toMatch(/^server\/e3, serial number [0-9a-f]+, is valid until /);
    expect(rows.at(-1)).toBe(
      'Until then whoever has the key of such a pair is let in, unless its CA is trusted no more.',
    );
  });

  it('has nothing to do where only their order is another, now and after they have changed', async () => {
    const reordered = (...lines: readonly string[]): string => `members:\n${lines.join('')}`;
    const [first = '', second = ''] = CLUSTER.match(/^ {2}- .*\n/gm) ?? [];
    const nothing = ['Nothing to do: the hosts have what the document says.'];
    expect(await planOf(await bundle(CLUSTER), reordered(THIRD, first, second))).toEqual(nothing);
    const cwd = await bundle(CLUSTER, reordered(FOURTH, THIRD, first, second));
    expect(await planOf(cwd, `${CLUSTER}${FOURTH}`)).toEqual(nothing);
  });

  it('gives each that joins a whole host with those who are there by then, and the others nothing', async () => {
    const cwd = await bundle(CLUSTER, `${CLUSTER}${FOURTH}${FIFTH}`);
    for (const name of ['e1', 'e2', 'e3']) {
      expect(existsSync(join(cwd, `bundle/${name}.tar.gz`))).toBe(false);
      expect(hostIn(cwd, name).bootstrap).toEqual({
        initialCluster: URLS.slice(0, 3).join(','),
        state: 'new',
      });
    }
    expect(hostIn(cwd, 'e4').files.every(({ inTarball }) => inTarball)).toBe(true);
    expect(unitOf(cwd, 'e4')).toContain(`--initial-cluster=${URLS.slice(0, 4).join(',')} `);
    expect(unitOf(cwd, 'e5')).toContain(`--initial-cluster=${URLS.join(',')} `);
    expect(unitOf(cwd, 'e5')).toContain('--initial-cluster-state=existing');
  });

  it('keeps what members were started with, whatever changes later', async () => {
    const four = `${CLUSTER}${FOURTH}`;
    const settings = 'etcd: {settings: {max-txn-ops: 500}}\n';
    const cwd = await bundle(CLUSTER, four, `${four}${settings}`);
    expect(unitOf(cwd, 'e1')).toMatch(/--initial-cluster=\S*e3=https:\/\/10\.0\.0\.3:2380 /);
    expect(unitOf(cwd, 'e1')).toContain('--max-txn-ops=500');
    expect(unitOf(cwd, 'e4')).toContain('--initial-cluster-state=existing');
    const renewed = await runCli(['renew', 'bundle', '--all'], { cwd, now: NOW + DAY });
    expect(renewed.exitCode, renewed.stderr).toBe(0);
    expect(await planOf(cwd, `${four}${settings}`)).toEqual([
      'Nothing to do: the hosts have what the document says.',
    ]);
  });

  it.each([
    ['added', [CLUSTER, `${CLUSTER}${FOURTH}`]],
    ['removed', [CLUSTER, CLUSTER.replace(THIRD, '')]],
    ['exchanged', [CLUSTER, CLUSTER.replace(THIRD, `${FOURTH}${FIFTH}`)]],
  ])('is a bundle that verify finds right, where members are %s', async (_, documents) => {
    const cwd = await bundle(...documents);
    for (const input of [['bundle'], ['bundle', 'bundle.previous-1']]) {
      const { stdout } = await runCli(['verify', ...input], { cwd, now: NOW + DAY });
      expect(stdout).toContain('0 errors, 0 warnings, 0 notices');
    }
  });

  it('joins, tells clients, and lets go, each step behind a gate', async () => {
    const cwd = await bundle(CLUSTER, CLUSTER.replace(THIRD, FOURTH));
    expect(titlesIn(cwd)).toEqual([
      'Before',
      'Copy',
      'Files for e4',
      'Add e4',
      'Start e4',
      'Promote e4',
      "The operator's own files",
      'Stop e3',
      'Remove e3',
      'What is left on e3',
    ]);
    for (const title of ['Promote e4', 'Stop e3', 'Remove e3'])
      expect(blocksIn(cwd).filter((block) => block.title === title && block.kind === 'gate')).toHaveLength(1);
    const runbook = readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8');
    expect(runbook).toContain('Members are stopped and removed, the leader last');
    expect(runbook).toContain(
      `etcd ${ETCD_RELEASES.at(-1)} is at \`/usr/local/bin/etcd\` on \`e4\`, etcdctl beside it.`,
    );
  });

  it('removes one of two before it is stopped, because both have to agree', async () => {
    const cwd = await bundle(CLUSTER, CLUSTER.replace(THIRD, '').replace(/ {2}- .*e2.*\n/, ''));
    expect(titlesIn(cwd).slice(-7)).toEqual([
      'The order of the removals',
      'Stop e2',
      'Remove e2',
      'What is left on e2',
      'Remove e3',
      'Stop e3',
      'What is left on e3',
    ]);
  });

  it('takes a static pod away before its member is removed, and starts no kubelet too early', async () => {
    const head = `preset: kubeadm\nkubernetes: {version: "1.36", staticPod: true}\n${P_256}`;
    const cwd = await bundle(`${head}${CLUSTER}`, `${head}${CLUSTER.replace(THIRD, FOURTH)}`);
    const linesOf = (title: string): readonly string[] =>
      blocksIn(cwd).find((block) => block.title === title && block.kind === 'commands')?.commands ?? [];
    expect(linesOf('Files for e4')[0]).toBe('systemctl disable --now kubelet');
    expect(linesOf('Stop e3')).toEqual([
      'mv /etc/kubernetes/manifests/etcd.yaml /etc/kubernetes/etcd.yaml',
      'sleep 20',
    ]);
    expect(linesOf('What is left on e3')[0]).toMatch(
      /^\[ -e \/etc\/kubernetes\/etcd\.yaml \] && systemctl disable --now kubelet && /,
    );
    expect(hostIn(cwd, 'e1').files.every(({ inTarball }) => !inTarball)).toBe(true);
    const pod = hostIn(cwd, 'e4').files.find(({ path }) => path === '/etc/kubernetes/manifests/etcd.yaml');
    expect(pod?.text).toContain('--initial-cluster-state=existing');
  });

  it('has the key of the tokens, which is on hosts alone, come from another member', async () => {
    const jwt =
      'etcd: {settings: {auth-token: "jwt,sign-method=ES256,pub-key=/etc/etcd/jwt.pub,priv-key=/etc/etcd/jwt.key"}}\n';
    const cwd = await bundle(`${CLUSTER}${jwt}`, `${CLUSTER}${FOURTH}${jwt}`);
    const borrowed = blocksIn(cwd).find(({ title }) => title === 'What e4 gets from e1');
    expect(borrowed?.commands).toEqual([
      'ssh root@10.0.0.1 tar -cf - -C / etc/etcd/jwt.key | ssh root@10.0.0.4 tar -xpf - -C /',
    ]);
    expect(hostIn(cwd, 'e4').files.find(({ path }) => path === '/etc/etcd/jwt.key')?.inTarball).toBe(false);
    expect(await planOf(cwd, `${CLUSTER}${FOURTH}${jwt}`)).toEqual([
      'Nothing to do: the hosts have what the document says.',
    ]);
  });

  it('issues no pair again because ends are spread over other members', async () => {
    const spread = 'certificates: {validity: {spread: 240h}}\n';
    const rows = await planOf(await bundle(`${CLUSTER}${spread}`), `${CLUSTER}${FOURTH}${spread}`);
    expect(rows.filter((row) => row.includes('certificate'))).toEqual([]);
  });

  it('has all who share a pair get it anew, with the names of those who come', async () => {
    const head = `preset: shared-certificate\n${P_256}`;
    const [, , row] = await planOf(await bundle(`${head}${CLUSTER}`), `${head}${CLUSTER}${FOURTH}`);
    expect(row).toMatch(
      /^e1–e3 \| server certificate \| \+ IP:10\.0\.0\.4, holders e1,e2,e3 -> e1,e2,e3,e4 \| copy/,
    );
  });

  it('says what is found by DNS, and by kube-apiserver', async () => {
    const found = `cluster: {discoverySrv: example.org}\n${CLUSTER}`;
    const cwd = await bundle(found, `${found}${FOURTH}`);
    expect(unitOf(cwd, 'e4')).toContain(`--initial-cluster=${URLS.slice(0, 4).join(',')} `);
    expect(unitOf(cwd, 'e4')).not.toContain('discovery-srv');
    expect(hostIn(cwd, 'e1').bootstrap).toBeUndefined();
    expect(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8')).toContain('in the zone of example.org');
    const head = `preset: kubeadm\nkubernetes: {version: "1.36"}\n${P_256}`;
    expect(await planOf(await bundle(`${head}${CLUSTER}`), `${head}${CLUSTER}${FOURTH}`)).toContain(
      'kube-apiserver keeps the endpoints of --etcd-servers until it is started with others: give it those of this document before a member leaves.',
    );
  });

  it('is not made from a generation that has had another', async () => {
    const cwd = await bundle(CLUSTER, `${CLUSTER}${FOURTH}`);
    const { exitCode, stdout } = await runCli(['update', 'bundle.previous-1', '-', '--json'], {
      cwd,
      stdin: `${CLUSTER}${FIFTH}`,
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).issues).toMatchObject([{ code: 'bundle-superseded' }]);
  });
});
