import { describe, expect, it } from 'vitest';
import type { Verification } from '../../../src/verify/finding.js';
import { makeFolder, NOW, runCli } from '../cli/fake-io.js';

// What the document says and no preset does: a bundle of it has nothing that etcd would stumble over.

const members = [1, 2, 3].map((number) => ({ name: `m${number}`, address: `10.77.0.${number}` }));

const DOCUMENTS: Readonly<Record<string, object>> = {
  'a group and an instance of a template': {
    etcd: { config: 'environment', configFile: '/etc/default/etcd' },
    systemd: { unit: 'devstack@etcd', user: 'etcd', group: 'kube-cert', uid: 232, gid: 233 },
  },
  'root with a group for keys': { systemd: { user: 'root', group: 'kube-cert' } },
  'YAML elsewhere': { etcd: { config: 'yaml', configFile: '/etc/pgsql/etcd.yml' } },
  'file names of a guide': {
    preset: 'shared-certificate',
    certificates: {
      directory: '/etc/etcd',
      files: {
        ca: { certificate: 'ca.crt', key: 'ca.key' },
        server: { certificate: 'etcd-server.crt', key: 'etcd-server.key' },
      },
    },
  },
  'names of the members in files and subjects': {
    certificates: {
      directory: '/etc/ssl/etcd/ssl',
      authorities: ['ca'],
      pairs: ['server', 'healthcheck-client'],
      files: {
        server: { certificate: 'member-{member}.pem', key: 'member-{member}-key.pem' },
        'healthcheck-client': { certificate: 'admin-{member}.pem', key: 'admin-{member}-key.pem' },
      },
      commonNames: { server: 'etcd-member-{member}', 'healthcheck-client': 'etcd-admin-{member}' },
    },
  },
  'Ed25519 keys': { certificates: { key: 'ed25519' } },
  'P-521 keys, in 3.4': { etcd: { version: '3.4' }, certificates: { key: 'ecdsa-p521' } },
  'TLS without client certificates': { certificates: { clientCertAuth: false } },
  'TLS without client certificates, under one CA': {
    etcd: { version: '3.4' },
    certificates: { clientCertAuth: false, authorities: ['ca'], pairs: ['server'] },
  },
};

describe('a bundle', () => {
  it.each(Object.entries(DOCUMENTS))('of %s has no error', async (_, document) => {
    const cwd = makeFolder({ 'cluster.yaml': JSON.stringify({ members, ...document }) });
    const generated = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect(generated).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout } = await runCli(['verify', 'out', '--json'], { cwd, now: NOW + 60 });
    const { findings, summary }: Verification = JSON.parse(stdout);
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(exitCode).toBe(0);
    expect(summary.members.length).toBe(members.length);
  });
});
