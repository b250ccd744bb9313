import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClusterDocument } from '../../../src/document/parse.js';
import { presets } from '../../../src/presets/presets.js';
import { makeFolder, runCli } from './fake-io.js';

const names = Object.keys(presets);
const MARK = '# Everything below is optional';

describe('init', () => {
  it.each(names)('prints a document of the preset %s that holds the members', async (preset) => {
    const members =
      preset === 'single-member'
        ? ['e1=10.0.0.1']
        : ['e1=10.0.0.1', 'e2=10.0.0.2,fd00::2', preset === 'tuned' ? 'e3=10.0.0.3' : 'e3=e3.example.org'];
    const { exitCode, stdout, stderr } = await runCli(['init', '--preset', preset, ...members]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const spec = parseClusterDocument(stdout);
    expect(spec.preset).toBe(preset);
    expect(spec.members.map(({ name }) => name)).toEqual(members.map((member) => member.slice(0, 2)));
    expect(stdout).toMatch(/^version: 1\n/);
  });

  it.each(names)('shows the defaults of %s: uncommenting all of them changes nothing', async (preset) => {
    const { stdout } = await runCli(['init', '--preset', preset, 'e1=10.0.0.1']);
    const [head = '', tail = ''] = stdout.split(MARK);
    const uncommented = tail
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^# /, ''))
      .join('\n');
    expect(uncommented).toMatch(/^ {2}dataDir: /m);
    expect(parseClusterDocument(`${head}\n${uncommented}`)).toEqual(parseClusterDocument(head));
  });

  it('reads back any name and address that a document may have', async () => {
    const name = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,8}[A-Za-z0-9])?$/);
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.stringMatching(/^[a-z][a-z0-9]{0,6}(?:\.[a-z]{2,5}){0,2}$/),
    );
    const awkward = fc.constantFrom(
      'on',
      'y',
      'null',
      'true',
      '1',
      '1e3',
      '0x10',
      '1.5',
      'NaN',
      '.inf',
      '12:30',
      '2026-01-01',
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(name, awkward), address, async (memberName, memberAddress) => {
        const { exitCode, stdout, stderr } = await runCli(['init', `${memberName}=${memberAddress}`]);
        if (exitCode === 0) expect(parseClusterDocument(stdout).members[0]?.name).toBe(memberName);
        else
          expect({ exitCode, stderr }).toEqual({
            exitCode: 1,
            stderr: expect.stringMatching(/^members\[0\]/),
          });
      }),
      { numRuns: 200 },
    );
  });

  it('tells all problems at once', async () => {
    const { exitCode, stdout, stderr } = await runCli(['init', 'e1=10.0.0.999', 'e1=10.0.0.2', '-bad=x y']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    const retry = await runCli(['init', '--', 'e1=10.0.0.999', 'e1=10.0.0.2', 'bad_=x y']);
    expect(retry.exitCode).toBe(1);
    expect(retry.stderr.split('\n').length).toBeGreaterThanOrEqual(4);
    expect(stderr).toContain('Unknown option');
  });

  it('names the schema where a project has it, and only there', async () => {
    const schema = 'node_modules/etcd-bundle/schema/cluster.schema.json';
    const cwd = makeFolder({ [schema]: '{}' });
    expect((await runCli(['init', 'e1=10.0.0.1'], { cwd })).stdout).toMatch(
      `# yaml-language-server: $schema=${schema}\nversion: 1\n`,
    );
  });
});
