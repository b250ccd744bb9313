import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** How etcd gets its settings; `@DIR` stands for a folder of this run's own. */
export interface EtcdInput {
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly file?: string;
}

export interface EtcdOutcome {
  /** It reached what it was awaited for, and lived on. */
  readonly started: boolean;
  readonly exitCode: number | undefined;
  /** Standard output and error together. */
  readonly output: string;
}

/** The second is what 3.4 says with the logger zap. */
export const READY = /ready to serve client requests|serving client traffic/;
const LONGEST_START = 10_000;
/** What panics while it begins to serve does so within this time. */
const SETTLING = 250;

/** Runs etcd until it has said what it is awaited for, has ended, or the time is over; it never outlives the call. */
export async function runEtcd(binary: string, input: EtcdInput, until: RegExp = READY): Promise<EtcdOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'etcd-bundle-etcd-'));
  const own = (text: string): string => text.replaceAll('@DIR', folder);
  const file = join(folder, 'etcd.conf.yml');
  if (input.file !== undefined) await writeFile(file, own(input.file));
  const words = [...(input.file === undefined ? [] : [`--config-file=${file}`]), ...(input.words ?? [])];
  const environment = Object.entries(input.environment ?? {}).map(([name, value]) => [name, own(value)]);
  const child = spawn(binary, words.map(own), {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...Object.fromEntries(environment) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let settling: NodeJS.Timeout | undefined;
  const stop = (): void => void child.kill('SIGKILL');
  // A test that runs out of time leaves nothing behind either.
  onTestFinished(async () => {
    stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    if (settling === undefined && until.test(output))
      settling = setTimeout(stop, until === READY ? SETTLING : 0);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const deadline = setTimeout(stop, LONGEST_START);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
  });
  clearTimeout(deadline);
  clearTimeout(settling);
  await rm(folder, { recursive: true, force: true });
  return { started: settling !== undefined && signal === 'SIGKILL', exitCode: code ?? undefined, output };
}

/** A single member on free ports of 127.0.0.1, which elects itself at once. */
export const ALONE: Readonly<Record<string, string>> = {
  name: 'n',
  'data-dir': '@DIR/data',
  'listen-peer-urls': 'http://127.0.0.1:0',
  'initial-advertise-peer-urls': 'http://127.0.0.1:2',
  'listen-client-urls': 'http://127.0.0.1:0',
  'advertise-client-urls': 'http://127.0.0.1:1',
  'initial-cluster': 'n=http://127.0.0.1:2',
  'heartbeat-interval': '10',
  'election-timeout': '50',
};

/** {@link ALONE} with other settings laid over it, as words. */
export function aloneWith(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries({ ...ALONE, ...settings }).map(([name, value]) => `--${name}=${value}`);
}

/** Works through a list two at a time: as many processes as the smallest machine has cores. */
export async function inPairs<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < items.length; index += 2) {
    results.push(...(await Promise.all(items.slice(index, index + 2).map(work))));
  }
  return results;
}
