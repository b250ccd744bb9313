import { describe, expect, it } from 'vitest';
import { expectPublished } from '../../support/published-schema.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';

const DAY = 86_400;
const isPublished = expectPublished('update');
const FILES = {
  'cluster.yaml': CLUSTER,
  'next.yaml': `${CLUSTER}clients: [{name: backup}]\netcd: {settings: {quota-backend-bytes: 8GiB}}\n`,
  'moved.yaml': `${CLUSTER}etcd: {dataDir: /srv/etcd}\n`,
  'wrong.yaml': `${CLUSTER}nonsense: 1\n`,
};

async function bundle(): Promise<string> {
  const cwd = makeFolder(FILES);
  expect((await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd })).stderr).toBe('');
  return cwd;
}

/** Exit code, how many changes, and whether anything was written; of a refusal its codes. */
async function answer(args: readonly string[], now = NOW): Promise<readonly unknown[]> {
  const { exitCode, stdout, stderr } = await runCli([...args, '--json'], { cwd: await bundle(), now });
  expect(stderr).toBe('');
  const printed = JSON.parse(stdout);
  isPublished(printed);
  if ('issues' in printed) return [exitCode, printed.issues.map(({ code }: { code: string }) => code)];
  return [exitCode, printed.changes.length > 0, 'written' in printed];
}

describe('--json of commands that make a generation is as published', () => {
  it.each([
    ['plan, where there is something to do', ['plan', 'bundle', 'next.yaml'], [0, true, false]],
    ['plan, asked with --exit-code', ['plan', 'bundle', 'next.yaml', '--exit-code'], [4, true, false]],
    ['plan, where there is nothing', ['plan', 'bundle', 'cluster.yaml', '--exit-code'], [0, false, false]],
    [
      'plan, refused whatever is asked',
      ['plan', 'bundle', 'moved.yaml', '--exit-code'],
      [1, ['not-updatable']],
    ],
    [
      'plan of a document that is wrong',
      ['plan', 'bundle', 'wrong.yaml', '--exit-code'],
      [1, ['unknown-key']],
    ],
    ['plan of no bundle', ['plan', 'nowhere', '--exit-code'], [1, ['not-a-bundle']]],
    ['update', ['update', 'bundle', 'next.yaml'], [0, true, true]],
    ['update, dry', ['update', 'bundle', 'next.yaml', '--dry-run'], [0, true, false]],
    ['update, where there is nothing', ['update', 'bundle', 'cluster.yaml'], [0, false, false]],
    ['update, refused', ['update', 'bundle', 'moved.yaml'], [1, ['not-updatable']]],
    ['update of a document that is not there', ['update', 'bundle', 'none.yaml'], [1, ['no-such-file']]],
    ['renew, where there is nothing', ['renew', 'bundle'], [0, false, false]],
    ['renew', ['renew', 'bundle', '--all'], [0, true, true]],
    ['renew, dry', ['renew', 'bundle', '--all', '--dry-run'], [0, true, false]],
    ['renew, refused', ['renew', 'bundle', '--member', 'nope'], [1, ['no-such-member']]],
  ])('%s', async (_, args, expected) => {
    expect(await answer(args)).toEqual(expected);
  });

  it('plan without a document ends with 4 where something is due, and only where it is asked to', async () => {
    expect(await answer(['plan', 'bundle', '--exit-code'], NOW + 340 * DAY)).toEqual([4, true, false]);
    expect(await answer(['plan', 'bundle'], NOW + 340 * DAY)).toEqual([0, true, false]);
    expect(await answer(['plan', 'bundle', '--exit-code'])).toEqual([0, false, false]);
  });
});
