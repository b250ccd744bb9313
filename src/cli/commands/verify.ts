import { resolve } from 'node:path';
import { handshakeGrids, renderHandshakeGrid } from '../../node/handshake/grid.js';
import type { VerificationJson } from '../../node/json/verification.js';
import type { PathsVerification } from '../../node/verify-paths.js';
import { counted } from '../../text/counted.js';
import { escapeUnprintable } from '../../text/unprintable.js';
import { type Finding, type FindingLevel, LEVELS, type Verification } from '../../verify/finding.js';
import { groupFindings, listed } from '../../verify/group-findings.js';
import { atOption, readAt } from '../at.js';
import { type Command, UsageError } from '../command.js';
import { etcdVersionOption, readEtcdVersion } from '../etcd-version.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { reportFailure } from '../failure.js';
import { findingAnnotations } from '../finding-annotations.js';
import { type Format, formatOptions, readFormat } from '../format.js';
import type { CliIo } from '../io.js';
import { renderTable } from '../table.js';
import { jsonText, levelStyle, type Style, styleFor } from '../text.js';
import { readWithin, withinOption } from '../within.js';

/** @internal */
export const verify: Command = {
  name: 'verify',
  summary: 'Checks whether members would start, and whether their peers and clients would accept them.',
  usage:
    '<dir | tarball | host root>… [--against <bundle>] [--etcd-version V] [--at TIME] [--within TIME] [--fail-on LEVEL] [--handshakes] [--verbose] [--format F | --json]',
  operands: 'paths',
  options: [
    {
      name: 'against',
      value: '<bundle>',
      offer: 'folders',
      summary: 'Tells what on the hosts differs from what this bundle says they have.',
    },
    etcdVersionOption,
    atOption,
    withinOption('Warns of a certificate that ends within this time, by default 30 days.'),
    {
      name: 'fail-on',
      value: 'LEVEL',
      offer: ['error', 'warning', 'notice'],
      summary: 'Ends with 1 for findings of this level and worse: error (the default), warning or notice.',
    },
    { name: 'handshakes', summary: 'Adds every TLS handshake between members and clients.' },
    { name: 'verbose', summary: 'Adds what etcd would log, and where each rule comes from.' },
    ...formatOptions,
  ],
  examples: [
    { line: 'etcd-bundle verify bundle', what: 'A bundle' },
    { line: 'etcd-bundle verify bundle/e1.tar.gz bundle/e2.tar.gz bundle/e3.tar.gz', what: 'Its tarballs' },
    {
      line: 'etcd-bundle verify --against bundle e1 e2 e3',
      what: 'Folders with the files of hosts, against what the bundle says they have',
    },
    {
      line: 'etcd-bundle verify bundle --within 60d --fail-on warning',
      what: 'Whether a certificate ends within 60 days, for a monitor',
    },
  ],
  run: async (input, io) => {
    const { positionals, switches, values } = input;
    if (positionals.length === 0)
      throw new UsageError('operand-missing', 'Name a bundle, a tarball or the root of a host.');
    const at = readAt(input) ?? io.now();
    const etcdVersion = readEtcdVersion(input);
    const within = readWithin(input);
    const against = values.get('against');
    const failOn = readFailOn(values.get('fail-on'));
    const format = readFormat(input);
    try {
      const { verifyPaths } = await import('../../node/verify-paths.js');
      const paths = positionals.map((path) => resolve(io.cwd, path));
      const verification = await verifyPaths(paths, {
        at,
        ...(against === undefined ? {} : { against: resolve(io.cwd, against) }),
        ...(etcdVersion === undefined ? {} : { etcdVersion }),
        ...(within === undefined ? {} : { within }),
        handshakes: switches.has('handshakes'),
      });
      return print(verification, { positionals, format, failOn, verbose: switches.has('verbose') }, io);
    } catch (error) {
      return reportFailure(error, io, { format });
    }
  },
};

/** Characters of a column of places. */
const COLUMN = 64;
/** Names of members in the last line. */
const MAX_NAMES = 24;
const DAY = 86_400;

function print(
  { handshakes, ...verification }: PathsVerification,
  {
    positionals,
    format,
    failOn,
    verbose,
  }: {
    readonly positionals: readonly string[];
    readonly format: Format;
    readonly failOn: FindingLevel;
    readonly verbose: boolean;
  },
  io: CliIo,
): ExitCode {
  const style = styleFor(io.stdout, io);
  const { findings } = verification;
  if (format === 'github') {
    io.stdout.write(findingAnnotations(findings, positionals, io));
  } else if (format === 'json') {
    const grids = handshakes === undefined ? {} : { handshakes: handshakeGrids(handshakes) };
    io.stdout.write(jsonText({ format: 1, ...verification, ...grids } satisfies VerificationJson));
  } else {
    io.stdout.write(
      `${verbose ? renderVerbose(findings, style) : renderBrief(findings, style)}${renderHandshakes(handshakes)}${renderSummary(verification, style)}`,
    );
  }
  // What a handshake is refused for is among the findings.
  const isWrong = findings.some(({ level }) => LEVELS.indexOf(level) <= LEVELS.indexOf(failOn));
  return isWrong ? exitCodes.wrong : exitCodes.done;
}

function renderHandshakes(handshakes: PathsVerification['handshakes']): string {
  if (handshakes === undefined) return '';
  if (handshakes.length === 0) return 'No handshakes: nobody here connects to a member over TLS.\n';
  return `${renderHandshakeGrid(handshakes).split('\n').map(escapeUnprintable).join('\n')}\n`;
}

function renderBrief(findings: readonly Finding[], style: Style): string {
  if (findings.length === 0) return '';
  const rows = groupFindings(findings).map(({ finding: { level, message, cure }, members, paths }) => [
    level,
    listed(members, COLUMN),
    listed(paths, COLUMN),
    `${message} ${cure}`,
  ]);
  return renderTable(rows, style, ['LEVEL', 'MEMBER', 'PATH', 'FINDING'], (cell) => painted(cell, style));
}

/** A level, with blanks behind it or without. */
function painted(cell: string, style: Style): string {
  const level = cell.trimEnd();
  return cell.replace(level, levelStyle(level, style)(level));
}

function renderVerbose(findings: readonly Finding[], style: Style): string {
  return groupFindings(findings)
    .map(({ finding: { rule, level, message, cure, etcdSays, source }, members, paths }) => {
      const where = [members.join(', '), paths.join(', ')].filter((part) => part !== '').join(': ');
      return [
        style.wrap(
          `${painted(level, style)} ${escapeUnprintable(rule)} ${style.bold(escapeUnprintable(where))}`.trimEnd(),
          2,
        ),
        `  ${style.wrap(escapeUnprintable(message), 2)}`,
        `  ${style.wrap(escapeUnprintable(cure), 2)}`,
        ...(etcdSays === '' ? [] : [`  logged as: ${escapeUnprintable(etcdSays)}`]),
        `  ${style.wrap(style.dim(escapeUnprintable(source)), 2)}`,
        '',
      ].join('\n');
    })
    .join('\n');
}

function renderSummary({ findings, summary }: Verification, style: Style): string {
  const groups = groupFindings(findings);
  const [errors = 0, warnings = 0, notices = 0] = LEVELS.map(
    (level) => groups.filter(({ finding }) => finding.level === level).length,
  );
  const { members, clusters, etcdVersion, etcdVersionFrom, at, expiries } = summary;
  const who =
    members.length === 0
      ? 'no member'
      : `${counted(members.length, 'member')}${clusters.length > 1 ? ` of ${clusters.length} clusters` : ''} (${shownNames(clusters)})`;
  const [first] = expiries;
  const days =
    first === undefined ? 0 : Math.floor((Date.parse(first.notAfter) - Date.parse(at)) / 1000 / DAY);
  const until =
    first === undefined
      ? ''
      : `First to expire: ${first.subject} of ${first.member}, ${first.path}, on ${first.notAfter} (${days < 0 ? 'past' : `${days} days`}).\n`;
  return escapeUnprintable(
    `${who}, checked as etcd ${etcdVersion}${etcdVersionFrom === 'assumed' ? ', which is assumed' : ''}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(notices, 'notice')}.`,
  ).concat('\n', until === '' ? '' : `${style.dim(escapeUnprintable(until.trimEnd()))}\n`);
}

/** The first names, clusters apart, and how many more there are. */
function shownNames(clusters: readonly (readonly string[])[]): string {
  let room = MAX_NAMES;
  const shown = clusters.map((labels) => {
    const some = labels.slice(0, room);
    room -= some.length;
    return some;
  });
  const names = shown.filter((some) => some.length > 0).map((some) => some.join(', '));
  const more = clusters.flat().length - shown.flat().length;
  return `${names.join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function readFailOn(text = 'error'): FindingLevel {
  const level = LEVELS.find((known) => known === text);
  if (level === undefined)
    throw new UsageError('option-value', `--fail-on takes ${LEVELS.join(', ')}, not ${text}.`);
  return level;
}
