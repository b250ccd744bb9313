import { expect, it } from 'vitest';
import { explainMessage } from '../../../src/explain/diagnosis.js';

const PANIC = 'panic: runtime error: integer divide by zero';
const RETENTION = 'go.etcd.io/etcd/server/v3/etcdserver/api/v3compactor.(*Periodic).getRetentions(...)';
const PLACE = '\tgo.etcd.io/etcd/server/v3@v3.7.3/etcdserver/api/v3compactor/periodic.go:178';

function idsOf(lines: readonly string[]): readonly string[] {
  return explainMessage(lines.join('\n')).explanations.map(({ id }) => id);
}

it('tells a fault of Go by the frame that it happened in', () => {
  const trace = [PANIC, '', 'goroutine 1 [running]:', RETENTION, PLACE];
  expect(idsOf(trace)).toEqual(['retention-divided-by']);
  expect(idsOf(trace.map((line) => `Nov 26 10:00:00 e1 etcd[12]: ${line}`))).toEqual([
    'retention-divided-by',
  ]);
});

it('says of the same fault elsewhere that it does not know it', () => {
  const trace = [
    PANIC,
    '[signal SIGFPE: floating-point exception]',
    'goroutine 1 [running]:',
    'main.main()',
    PLACE,
  ];
  const { explanations, unknown } = explainMessage(trace.join('\n'));
  expect(explanations).toEqual([]);
  expect(unknown.map(({ message }) => message)).toEqual([expect.stringContaining(PANIC)]);
});

it('takes nothing behind a fault without frames for a part of it', () => {
  const warning = '{"level":"warn","msg":"simple token is not cryptographically signed"}';
  expect(idsOf([PANIC, warning])).toEqual(['simple-token']);
});
