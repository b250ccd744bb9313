import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { CliIo } from '../../../src/cli/io.js';
import { run } from '../../../src/cli/run.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { put } from '../../support/put-files.js';

/** 2026-01-01T00:00:00Z */
export const NOW = 1_767_225_600;

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FakeOptions {
  readonly cwd?: string;
  readonly isTTY?: boolean;
  readonly env?: CliIo['env'];
  readonly stdin?: string;
  /** What is typed at the terminal, one after another; absent: there is none. */
  readonly typed?: readonly string[];
  readonly signal?: AbortSignal;
  readonly now?: number;
  readonly loadCrypto?: CliIo['loadCrypto'];
}

/** Runs the command line in this process and takes down what it prints. */
export async function runCli(argv: readonly string[], options: FakeOptions = {}): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: options.isTTY ?? false,
    columns: 80,
    write: (text: string) => {
      printed[name] += text;
    },
  });
  const exitCode = await run(argv, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: Readable.from([options.stdin ?? '']),
    env: options.env ?? {},
    cwd: options.cwd ?? '/',
    askSecrets: async (questions) => options.typed?.slice(0, questions.length),
    now: () => options.now ?? NOW,
    signal: options.signal ?? new AbortController().signal,
    whileWriting: (work) => work(),
    loadCrypto: options.loadCrypto ?? (async () => nodeCryptoProvider()),
  });
  return { exitCode, ...printed };
}

/** A folder of this test, with these files. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) put(join(folder, name), text);
  return folder;
}

export const CLUSTER = `members:
  - {name: e1, address: 10.0.0.1}
  - {name: e2, address: 10.0.0.2}
  - {name: e3, address: 10.0.0.3}
`;
