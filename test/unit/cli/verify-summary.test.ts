import { describe, expect, it } from 'vitest';
import { makeFolder, runCli } from './fake-io.js';

/** A host with as many members, each in a unit of its own. */
async function lastLine(count: number): Promise<string> {
  const units = Array.from({ length: count }, (_, index): readonly [string, string] => [
    `host/etc/systemd/system/etcd${index}.service`,
    `[Service]\nExecStart=/bin/etcd --name=m${index} --data-dir=/var/lib/m${index}\n`,
  ]);
  const { stdout } = await runCli(['verify', 'host'], { cwd: makeFolder(Object.fromEntries(units)) });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

describe('the last line of verify', () => {
  it('names all members of a small cluster', async () => {
    expect(await lastLine(3)).toContain('(m0, m1, m2), checked');
  });

  it('names 24 members, and counts the others', async () => {
    const line = await lastLine(40);
    expect(line.match(/\bm\d+/g)).toHaveLength(24);
    expect(line).toContain(' and 16 more), checked');
  });
});
