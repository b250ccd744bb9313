import { describe, expect, it } from 'vitest';
import { workflowCommand } from '../../../src/cli/workflow-command.js';

describe('a workflow command', () => {
  it('has its file, line, column and title', () => {
    const annotation = {
      level: 'error',
      file: 'a.yaml',
      line: 3,
      column: 9,
      title: 'x',
      message: 'M.',
    } as const;
    expect(workflowCommand(annotation)).toBe('::error file=a.yaml,line=3,col=9,title=x::M.\n');
  });

  it('has the properties that are known', () => {
    expect(workflowCommand({ level: 'notice', title: 'x', message: 'M.' })).toBe('::notice title=x::M.\n');
  });

  it('is one line, whatever the file and the message hold', () => {
    expect(
      workflowCommand({
        level: 'warning',
        file: 'a,b:c%\n::error ::',
        title: 'x',
        message: '100%\r\n::error ::y',
      }),
    ).toBe('::warning file=a%2Cb%3Ac%25%0A%3A%3Aerror %3A%3A,title=x::100%25\\u{d}\\u{a}::error ::y\n');
  });
});
