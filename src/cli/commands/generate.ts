import { join, resolve } from 'node:path';
import type { ClusterSpec } from '../../cluster-spec.js';
import type { DocumentNotice } from '../../document/notices.js';
import type { GenerateOptions } from '../../node/generate.js';
import type { ReleasePrograms } from '../../node/programs/release-archives.js';
import type { DocumentSource } from '../../node/read/document.js';
import type { OutputResult } from '../../node/write/output.js';
import type { OutputFile, StreamedOutputFile } from '../../node/write/output-file.js';
import type { IssueOptions } from '../../pki/issue.js';
import { escapeUnprintable } from '../../text/unprintable.js';
import {
  CA_PASSPHRASE_USAGE,
  caPassphraseOption,
  type PassphraseSource,
  readPassphrase,
  readPassphraseSource,
} from '../ca-passphrase.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { reportFailure } from '../failure.js';
import { type Format, formatOptions, readFormat } from '../format.js';
import type { CliIo } from '../io.js';
import { reportNotices } from '../notices.js';
import { createProgress, type Progress } from '../progress.js';
import { jsonText, styleFor } from '../text.js';

/** @internal */
export const generate: Command = {
  name: 'generate',
  summary: 'Writes a bundle: the authorities, one tarball per host, a manifest and a runbook.',
  usage: `<cluster.yaml> --out <dir> [--force] ${CA_PASSPHRASE_USAGE} [--dry-run] [--format F | --json]`,
  operands: 'paths',
  options: [
    { name: 'out', short: 'o', value: '<dir>', offer: 'folders', summary: 'Folder to write, new or empty.' },
    {
      name: 'force',
      summary: 'Replaces the bundle in the folder and keeps the old one as <dir>.previous-<n>.',
    },
    caPassphraseOption('Writes all CA keys under a passphrase, and opens brought ones with it.'),
    { name: 'dry-run', summary: 'Prints what would be written and writes nothing.' },
    ...formatOptions,
  ],
  examples: [
    { line: 'etcd-bundle generate cluster.yaml --out bundle', what: 'A bundle in a new folder' },
    { line: 'etcd-bundle generate cluster.yaml --out bundle --dry-run', what: 'What it would write' },
    {
      line: 'etcd-bundle generate cluster.yaml --out bundle --force',
      what: 'All keys anew; the former bundle is kept beside it',
    },
  ],
  run: async (input, io) => {
    const options = readOptions(input, io);
    const progress = createProgress('certificates', io);
    let source: DocumentSource | undefined;
    try {
      const { readDocument } = await import('../../node/read/document.js');
      // Node's own stream takes longer to open than most documents to read.
      const stdin = options.document === '-' ? io.stdin : undefined;
      source = await readDocument(options.document, { stdin, folder: io.cwd });
      const caPassphrase =
        options.caPassphrase === undefined
          ? undefined
          : await readPassphrase(options.caPassphrase, io, { isNew: !options.dryRun });
      const given = { ...source, caPassphrase };
      return await (options.dryRun ? preview : write)(given, options, io, progress);
    } catch (error) {
      progress.erase();
      const document = { name: options.document, text: source?.text };
      return reportFailure(error, io, { format: options.format, document });
    }
  },
};

interface GenerateInput {
  readonly document: string;
  /** Absolute; empty for a dry run that names none. */
  readonly out: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly format: Format;
  readonly caPassphrase: PassphraseSource | undefined;
}

interface GenerateSource extends DocumentSource {
  /** Absent where CA keys are written as they are. */
  readonly caPassphrase: string | undefined;
}

function readOptions(input: CommandInput, io: CliIo): GenerateInput {
  const { positionals, switches, values } = input;
  const [document, ...more] = positionals;
  const dryRun = switches.has('dry-run');
  const out = values.get('out');
  if (document === undefined)
    throw new UsageError('operand-missing', 'Name a cluster.yaml, or - for standard input.');
  if (more.length > 0)
    throw new UsageError(
      'operand-superfluous',
      `Only one document is read at a time; leave out ${more.join(' ')}.`,
    );
  if (out === undefined && !dryRun)
    throw new UsageError('option-missing', 'Name the output folder with --out <dir>.');
  return {
    document,
    out: out === undefined ? '' : resolve(io.cwd, out),
    force: switches.has('force'),
    dryRun,
    format: readFormat(input),
    caPassphrase: readPassphraseSource(input),
  };
}

async function write(
  source: GenerateSource,
  options: GenerateInput,
  io: CliIo,
  progress: Progress,
): Promise<ExitCode> {
  const { writeOutput } = await import('../../node/write/output.js');
  const { generateStored } = await import('../../node/generate.js');
  const { spilledText } = await import('../../node/spilled-text.js');
  const spec = await readSpec(source);
  let programs: ReleasePrograms | undefined;
  const waiting = spilledText();
  // Asked for one by one, once the folder has been looked at: before that no key is read or made.
  const files = async function* (): AsyncGenerator<OutputFile | StreamedOutputFile, void, undefined> {
    programs = await readPrograms(spec, source);
    const issuing = await issueOptions(spec, source, io);
    const given = { ...issuing, document: source.text, onIssued: progress.show };
    yield* generateStored(spec, programs, given, waiting);
  };
  const result = await io
    .whileWriting(() => writeOutput(options.out, files(), { force: options.force, signal: io.signal }))
    .finally(() => {
      programs?.close();
      waiting.close();
    });
  progress.erase();
  const notices = await noticesOf(spec);
  if (options.format === 'json') io.stdout.write(jsonText({ ...result, notices }));
  else {
    io.stdout.write(describeResult(result, io));
    reportNotices(notices, io, { format: options.format, document: { name: options.document } });
  }
  return exitCodes.done;
}

async function preview(
  source: GenerateSource,
  options: GenerateInput,
  io: CliIo,
  progress: Progress,
): Promise<ExitCode> {
  const { previewBundle } = await import('../../node/preview.js');
  const { renderPreview } = await import('../preview-text.js');
  const spec = await readSpec(source);
  if (options.out !== '') {
    const { checkOutputFolder } = await import('../../node/write/output.js');
    await checkOutputFolder(options.out, options);
  }
  const programs = await readPrograms(spec, source);
  programs?.close();
  const issuing = await issueOptions(spec, source, io);
  const plan = await previewBundle(spec, { ...issuing, onIssued: progress.show }, programs);
  progress.erase();
  const notices = await noticesOf(spec);
  if (options.format === 'json') io.stdout.write(jsonText({ ...plan, notices }));
  else {
    io.stdout.write(renderPreview(plan, styleFor(io.stdout, io)));
    reportNotices(notices, io, { format: options.format, document: { name: options.document } });
  }
  return exitCodes.done;
}

async function readPrograms(
  spec: ClusterSpec,
  { folder }: DocumentSource,
): Promise<ReleasePrograms | undefined> {
  if (spec.etcd.archive === undefined) return undefined;
  const { readReleaseArchives } = await import('../../node/programs/release-archives.js');
  return readReleaseArchives(spec, folder);
}

async function readSpec({ text }: DocumentSource): Promise<ClusterSpec> {
  const { parseClusterDocument } = await import('../../document/parse.js');
  return parseClusterDocument(text);
}

async function noticesOf(spec: ClusterSpec): Promise<readonly DocumentNotice[]> {
  const { documentNotices } = await import('../../document/notices.js');
  return documentNotices(spec);
}

async function issueOptions(
  spec: ClusterSpec,
  { folder, caPassphrase }: GenerateSource,
  io: CliIo,
): Promise<IssueOptions & Pick<GenerateOptions, 'sealAuthorityKey'>> {
  const { readAuthorities } = await import('../../node/authorities.js');
  const { both } = await import('../../node/both.js');
  const now = io.now();
  const [authorities, trust] = await both(
    readAuthorities(spec, folder, now, caPassphrase),
    spec.certificates.trust === undefined ? Promise.resolve([]) : readTrustOf(spec, folder, now),
  );
  const issuing = { crypto: await io.loadCrypto(), now, authorities, trust, signal: io.signal };
  if (caPassphrase === undefined) return issuing;
  const { sealPrivateKey } = await import('../../node/crypto/seal-private-key.js');
  return { ...issuing, sealAuthorityKey: (key) => sealPrivateKey(key, caPassphrase) };
}

async function readTrustOf(
  spec: ClusterSpec,
  folder: string,
  now: number,
): Promise<NonNullable<IssueOptions['trust']>> {
  const { readTrust } = await import('../../node/trust.js');
  return readTrust(spec, folder, now);
}

function describeResult({ directory, files, previous, leftovers }: OutputResult, io: CliIo): string {
  const style = styleFor(io.stdout, io);
  const tarballs = files.filter((path) => path.endsWith('.tar.gz'));
  const hasAuthority = files.some((path) => path.startsWith('ca/'));
  const headline = escapeUnprintable(`Wrote ${tarballs.length} tarballs to ${directory}`);
  const notes = [
    ...(hasAuthority ? [`The CA keys are in ${join(directory, 'ca')}: keep that folder to yourself.`] : []),
    ...(previous === undefined ? [] : [`The previous bundle is in ${previous}.`]),
    ...leftovers.map(
      (path) => `${path} is left over from another run: remove it unless that run is still going.`,
    ),
    `Next: ${join(directory, 'RUNBOOK.md')}`,
  ];
  const lines = [
    style.bold(headline),
    ...tarballs.map((path) => `  ${path}`),
    ...notes.map(escapeUnprintable),
  ];
  return `${lines.join('\n')}\n`;
}
