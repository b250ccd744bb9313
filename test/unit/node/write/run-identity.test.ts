import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { currentRun, parseRunIdentity, runState } from '../../../../src/node/write/run-identity.js';

const current = currentRun();
const { pid: gone } = spawnSync(process.execPath, ['-e', '']);

describe('runState', () => {
  it.each([
    ['this run', current, 'running'],
    ['a process that is no more', { ...current, pid: gone }, 'over'],
    ['a later process with the same id', { ...current, startTime: '1' }, 'over'],
    ['a process from before the last boot', { ...current, boot: 'other' }, 'over'],
    ['another machine', { ...current, host: 'other', boot: 'other', pid: gone }, 'unknown'],
    ['another pid namespace', { ...current, pidNamespace: 'pid:[1]', pid: gone }, 'unknown'],
  ])('of %s', (_, run, state) => {
    expect(runState(run, current)).toBe(state);
  });

  it('of somebody else’s process is running', () => {
    const { startTime: _, ...init } = { ...current, pid: 1 };
    expect(['running', 'over']).toContain(runState(init, current));
    expect(runState({ ...init, pid: process.ppid, ...startTimeOf(process.ppid) }, current)).toBe('running');
  });
});

describe('parseRunIdentity', () => {
  it('reads back what currentRun says', () => {
    expect(parseRunIdentity(JSON.parse(JSON.stringify(current)))).toEqual(current);
  });

  it.each([
    undefined,
    null,
    [],
    'x',
    {},
    { pid: 0, host: 'h' },
    { pid: 1.5, host: 'h' },
    { pid: -1, host: 'h' },
    { pid: 1 },
  ])('refuses %j', (value) => {
    expect(parseRunIdentity(value)).toBeUndefined();
  });
});

function startTimeOf(pid: number): { startTime?: string } {
  const { stdout } = spawnSync('sh', ['-c', `cat /proc/${pid}/stat`], { encoding: 'utf8' });
  const startTime = stdout.slice(stdout.lastIndexOf(')') + 2).split(' ')[19];
  return startTime === undefined ? {} : { startTime };
}
