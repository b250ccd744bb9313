import { KINDS } from './cases.js';
import { EXCEPTIONS } from './exceptions.js';

const HEADING = '## Hosts that `verify` was tried with\n';

/** test/README.md with the table of the laboratory as the cases and exceptions have it. */
export function withLaboratoryTable(readme: string): string {
  const begin = readme.indexOf(HEADING);
  const end = readme.indexOf('\n## ', begin + HEADING.length);
  if (begin < 0 || end < 0) throw new Error(`no section: ${HEADING}`);
  return `${readme.slice(0, begin)}${HEADING}${renderSection()}${readme.slice(end)}`;
}

function renderSection(): string {
  const rows = KINDS.map(({ kind, cases }) => ({
    kind,
    hosts: cases.length,
    runs: cases.filter(({ runs }) => runs).length,
    alike: cases.filter(({ name }) => !isException(`${kind}: ${name}`)).length,
  }));
  const sum = (of: 'hosts' | 'runs' | 'alike'): number => rows.reduce((total, row) => total + row[of], 0);
  const all = { kind: 'all', hosts: sum('hosts'), runs: sum('runs'), alike: sum('alike') };
  return `
Each case of hosts/laboratory is a host: its unit, keys, accounts and folders are written into a real root, \`verify\` judges that root, and
then systemd starts the unit and etcd is asked for its health. A case says whether etcd ran when it was written, and has to do so again; at
most two of a hundred may be judged otherwise. \`npm run laboratory\` runs all of them, \`.ci/run\` every fifth. This section is made from the
cases: \`npx vitest run test/unit/laboratory-table.test.ts -u\`.

| kind | hosts | where etcd runs | judged alike |
|---|---|---|---|
${[...rows, all].map(({ kind, hosts, runs, alike }) => `| ${kind} | ${hosts} | ${runs} | ${alike} |`).join('\n')}

| judged otherwise | etcd | \`verify\` | why |
|---|---|---|---|
${EXCEPTIONS.map(({ name, why }) => `| ${name} | ${etcdRuns(name) ? 'runs' : 'does not run'} | ${etcdRuns(name) ? 'an error' : 'no error'} | ${why} |`).join('\n')}

What only the running host knows is not seen: capabilities and ACLs of files, SELinux and AppArmor, the addresses that it has, what a
script does that ExecStartPre= runs.
`;
}

function isException(name: string): boolean {
  return EXCEPTIONS.some((exception) => exception.name === name);
}

function etcdRuns(name: string): boolean {
  return KINDS.some(({ kind, cases }) => cases.some((of) => `${kind}: ${of.name}` === name && of.runs));
}
