import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { verifyPaths } from '../../../../src/node/verify-paths.js';
import type { Finding } from '../../../../src/verify/finding.js';

export const MEMBERS = [
  ['infra0', '10.0.0.6'],
  ['infra1', '10.0.0.7'],
  ['infra2', '10.0.0.8'],
] as const;
export const LEAVES = [
  'etcd-server',
  'etcd-peer',
  'etcd-healthcheck-client',
  'apiserver-etcd-client',
] as const;
/** RSA keys take their time on a busy machine. */
export const SLOW = 180_000;

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verify-makers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function verify(...paths: readonly string[]): Promise<readonly Finding[]> {
  const { findings } = await verifyPaths(paths, {
    at: Math.floor(Date.now() / 1000) + 60,
    etcdVersion: { release: '3.6' },
  });
  return findings;
}

export function errors(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ level }) => level === 'error')
    .map(({ rule, member, message }) => `${rule} ${member} ${message}`);
}

export function rules(findings: readonly Finding[], level: Finding['level']): readonly string[] {
  return [...new Set(findings.filter((finding) => finding.level === level).map(({ rule }) => rule))].sort();
}
