import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { isLong } from '../support/long-tests.js';
import { findProgram, type Program, type ProgramName } from './programs.js';

/** Gives a suite the programs it asked for. */
export type ProgramLookup<Name extends ProgramName> = (name: Name) => Program;

const hostPrograms = ['systemd-nspawn', 'debootstrap', 'ip', 'nsenter'] as const;
/** Programs that answer at once, and the newest of those that take long: what the short sample asks (test/support/long-tests.ts). */
const SAMPLED: readonly ProgramName[] = [
  'etcd-3.7',
  'kubeadm-1.36',
  'openssl',
  'certtool',
  'go-x509',
  'zlint',
  'cfssl',
  'cfssljson',
  'systemd-analyze',
  'mount',
  'shellcheck',
  'publint',
  'attw',
];

/**
 * A suite that needs real programs. Where one is missing the suite is skipped and its title says which;
 * under `ETCD_BUNDLE_REQUIRE_PROGRAMS=1` it fails instead. A suite that asks a program beyond the short sample is long.
 */
export function describeWithPrograms<const Name extends ProgramName>(
  names: readonly Name[],
  title: string,
  body: (program: ProgramLookup<Name>) => void,
): void {
  const long = names.filter((name) => !SAMPLED.includes(name));
  if (!isLong && long.length > 0) {
    describeAsLong(title, `with ${long.join(', ')}`);
    return;
  }
  const found = new Map<ProgramName, Program>();
  for (const name of names) {
    const program = findProgram(name);
    if (program !== undefined) found.set(name, program);
  }
  const missing = names.filter((name) => !found.has(name));
  describeUnlessMissing(missing, title, () =>
    body((name) => {
      const program = found.get(name);
      if (program === undefined) throw new Error(`the suite did not ask for ${name}`);
      return program;
    }),
  );
}

/** The same for a suite that boots hosts (test/hosts/hosts.ts), with the programs it needs besides. All of them are long. */
export function describeWithHosts<const Name extends ProgramName>(
  names: readonly Name[],
  title: string,
  body: (program: ProgramLookup<Name | (typeof hostPrograms)[number]>) => void,
): void {
  if (!isLong) {
    describeAsLong(title, 'on hosts');
    return;
  }
  const lacking = missingForHosts();
  if (lacking.length > 0) describeUnlessMissing(lacking, title, () => {});
  else describeWithPrograms([...new Set([...hostPrograms, ...names])], title, body);
}

function describeAsLong(title: string, why: string): void {
  describe.skip(`${title} (not run; long, ${why}: ETCD_BUNDLE_LONG_TESTS=1)`, () => it('runs', () => {}));
}

function describeUnlessMissing(missing: readonly string[], title: string, body: () => void): void {
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const reason = `missing: ${missing.join(', ')}; see test/programs/install`;
  const refuse = (): never => {
    throw new Error(reason);
  };
  if (process.env['ETCD_BUNDLE_REQUIRE_PROGRAMS'] === '1') {
    describe(title, () => it('has what it needs', refuse));
  } else {
    describe.skip(`${title} (not run; ${reason})`, () => it('has what it needs', refuse));
  }
}

function missingForHosts(): readonly string[] {
  if (process.platform !== 'linux') return ['Linux'];
  if (process.getuid?.() !== 0) return ['root'];
  return maySetUpNamespaces() ? [] : ['CAP_SYS_ADMIN'];
}

/** Root in a container may lack what mounting and namespaces take: CAP_SYS_ADMIN, bit 21 (capabilities(7)). */
function maySetUpNamespaces(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> 21n) & 1n) === 1n;
}
