import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readValue, VALUE_KINDS } from '../../../src/systemd/values/value-table.js';
import { runProgram } from '../../hosts/process.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { runs } from '../../support/long-tests.js';

interface Trial {
  readonly section: string;
  readonly directive: string;
  readonly value: string;
}

/** That of the oldest distribution that is tested. */
const VERSION = '252';
const SYSTEMD = '/usr/lib/systemd/systemd';
/** Values that came after it, and directives whose values that are none systemd passes over without a word. */
const NEWER =
  /^(?:Type=notify-reload|PrivateTmp=disconnected|PrivateUsers=(?:self|identity|full|managed)|ProtectControlGroups=(?:private|strict)|CPUSchedulingPolicy=(?:ext|7)|\w+Action=(?:soft-reboot|kexec|halt)(?:-force|-immediate)?|On\w+JobMode=(?:restart-dependencies|lenient))$/;
const SILENT = ['CapabilityBoundingSet', 'AmbientCapabilities'];
/** What people write, right and wrong, for any directive. */
const VALUES =
  `yes no on off true false 1 0 Yes TRUE y t jaa ja enabled maybe 50 50% 150% 12.5% 12.55% 12.555% 101% 5‰ 50.5% % 100
  2G 2GB 2g 2Gi 2GiB 512M 512MB 1.5G 1.G .5G 1G512M 512M1G 1024 1024K 1024k 65536 65536k 65536K 65536:65536 1024:512 512:1024 infinity unlimited
  max -1 +5 -5 -30 19 20 -20 -21 0x10 0b11 0o17 010 09 1e3 1_000 1,000 3.5 ' ' 1000 1001 -1000 -1001 -2000 10000 10001 262144 262145 4294967295 4294967296
  18446744073709551616 90 90s 90sec 90secs 1min 1minute 1minutes 5m 5min30s 1.5h 500ms 1month 2M 1y 1d12h 5.s 5. .5 5parsecs 0 infinity infinite never
  0644 0999 644 77777 u=rwx 0o644 07777 SIGTERM TERM sigterm SIGFOO 15 64 65 SIGRTMIN SIGRTMIN+3 RTMAX-2 SIGRTMIN-1 SIGRTMIN+31
  notify notfy simple Simple forking oneshot exec idle dbus always on-failure onfailure on-success allways no none main all control-group process mixed
  full strict Full read-only readonly tmpfs restart terminate abort kill reboot reboot-force continue stop inherit private shared init
  default invisible auto closed avoid omit realtime best-effort other batch fifo rr ext slave info debug warn warning error journal syslog null
  file:/var/log/etcd file:etcd append:/x fd:name tty socket /srv srv srv/x /srv/ -/srv -srv +/srv -+/srv +-/srv !/srv |/srv |!/srv !|/srv ~ -~ / . ..
  etcd /var/lib/etcd etcd/../x a/b private private/x a:b /a:/b /a:b :/b /a: network network.target network-online.target etcd.service etcd@.service
  etcd@1.service @1.service foo/bar.service .service etcd.servic system.slice etcd.slice A=b A= =b A-B=c 1A=b 'A=b c' root 65534 65535 e:f a.b -root
  AF_INET AF_INET6 AF_UNIX AF_FOO ~AF_INET inet none CAP_CHOWN cap_chown CAP_FOO ~CAP_CHOWN /a:ro /a:/b:rbind -/a:/b idle fail replace inactive main cgroup`
    .split(/\s+/)
    .filter((value) => value !== '');
const TRIALS: readonly Trial[] = [...VALUE_KINDS].flatMap(([section, kinds]) =>
  [...kinds.keys()].flatMap((directive) => ['', ...VALUES].map((value) => ({ section, directive, value }))),
);

describeWithPrograms(['systemd-analyze'], 'the kinds of values', () => {
  const folder = mkdtempSync(join(tmpdir(), 'values-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('take what systemd takes, and nothing else, of every directive', async () => {
    const trials = await taken(TRIALS);
    expect(await disagreements(folder, trials, 'words too')).toEqual([]);
  });

  it('take what systemd takes of drawn values', async () => {
    const directives = [...VALUE_KINDS].flatMap(([section, kinds]) =>
      [...kinds.keys()].map((directive) => ({ section, directive })),
    );
    const piece = fc.constantFrom(...VALUES, ...'0123456789.:%KMGBsmh-+~/ '.split(''));
    const trial = fc
      .tuple(fc.constantFrom(...directives), fc.array(piece, { minLength: 1, maxLength: 4 }))
      .map(([of, pieces]): Trial => ({ ...of, value: pieces.join('').trim() }));
    const drawn = fc.sample(trial, { numRuns: runs(4000) }).filter(({ value }) => !/%./.test(value));
    expect(await disagreements(folder, await taken(drawn), 'outcome')).toEqual([]);
  });
});

/** Those of directives that the installed version has. */
async function taken(trials: readonly Trial[]): Promise<readonly Trial[]> {
  const { stdout } = await runProgram(SYSTEMD, ['--dump-configuration-items']);
  const known = new Set(stdout.split('\n').map((line) => line.split('=')[0]));
  return trials.filter(({ directive }) => known.has(directive) && !SILENT.includes(directive));
}

/** @param compared - of values that people write systemd's own words are held against ours too */
async function disagreements(
  folder: string,
  trials: readonly Trial[],
  compared: 'outcome' | 'words too',
): Promise<readonly string[]> {
  const isOld = (await runProgram(SYSTEMD, ['--version'])).stdout.startsWith(`systemd ${VERSION} `);
  const said = await analyze(folder, trials);
  return trials.flatMap((trial) => {
    const { section, directive, value } = trial;
    const { lines, isFatal } = said.get(trial) ?? { lines: [], isFatal: false };
    const { dropped } = readValue(section, directive, value);
    const line = `${directive}=${value}`;
    if (!isOld || NEWER.test(line)) return [];
    const told = dropped.map(({ says }) => says ?? '');
    const isAlike =
      lines.length > 0 === told.length > 0 &&
      (compared === 'outcome' || (lines[0] ?? '').startsWith(told[0] ?? '')) &&
      isFatal === dropped.some((one) => one.isFatal);
    return isAlike
      ? []
      : [`${line}: systemd ${JSON.stringify(lines)}${isFatal ? ' FATAL' : ''}, we ${JSON.stringify(told)}`];
  });
}

/** What is obsolete systemd says besides. */
const BESIDES = /^(?:Unit uses |Standard output type |Special user nobody)/;

/** What systemd says of each line. One that keeps it from loading a unit is the last that it reads, so those have a unit each. */
async function analyze(
  folder: string,
  trials: readonly Trial[],
): Promise<ReadonlyMap<Trial, { readonly lines: readonly string[]; readonly isFatal: boolean }>> {
  const isAlone = ({ section, directive, value }: Trial): boolean =>
    readValue(section, directive, value).dropped.some(({ isFatal }) => isFatal);
  const units = [
    trials.filter((trial) => !isAlone(trial)),
    ...trials.filter(isAlone).map((trial) => [trial]),
  ];
  const paths = units.map((_, index) => join(folder, `values-${index}.service`));
  const found = new Map<Trial, { lines: string[]; isFatal: boolean }>();
  const byPlace = new Map<string, Trial>();
  for (const [index, unit] of units.entries()) {
    const lines = ['[Service]', 'ExecStart=/bin/true'];
    let current = 'Service';
    for (const trial of unit) {
      if (trial.section !== current) lines.push(`[${trial.section}]`);
      current = trial.section;
      lines.push(`${trial.directive}=${trial.value}`);
      byPlace.set(`${index}:${lines.length}`, trial);
      found.set(trial, { lines: [], isFatal: false });
    }
    writeFileSync(paths[index] ?? '', `${lines.join('\n')}\n`);
  }
  const { stderr } = await runProgram('systemd-analyze', ['verify', '--man=no', ...paths], {
    timeout: 100_000,
  });
  for (const line of stderr.split('\n')) {
    const [, index = '', number = '', text = ''] = /^\S*values-(\d+)\.service:(\d+): (.*)$/.exec(line) ?? [];
    const trial = byPlace.get(`${index}:${number}`);
    if (trial !== undefined && !BESIDES.test(text)) found.get(trial)?.lines.push(text);
    const [, refused] = /^Unit values-(\d+)\.service has a bad unit file setting/.exec(line) ?? [];
    const [only] = units[Number(refused ?? -1)] ?? [];
    const result = only === undefined ? undefined : found.get(only);
    if (result !== undefined) result.isFatal = true;
  }
  return found;
}
