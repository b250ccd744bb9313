import { expect, it } from 'vitest';
import { runCli } from './fake-io.js';

it('explain says what a code of its own stands for', async () => {
  expect(await runCli(['explain', 'not-an-address'])).toEqual({
    exitCode: 0,
    stdout: 'not-an-address: A value is neither an IP address nor a DNS name.\n',
    stderr: '',
  });
  const { stdout } = await runCli(['explain', '--json', 'no-space']);
  expect(JSON.parse(stdout)).toEqual({ code: 'no-space', kind: 'system', summary: 'A disk is full.' });
});
