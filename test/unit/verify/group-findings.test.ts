import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/verify/finding.js';
import { groupFindings, listed } from '../../../src/verify/group-findings.js';

const finding = (
  level: Finding['level'],
  member: string,
  path: string,
  message: string,
  cure = 'Mend it.',
): Finding => ({ rule: 'r', level, member, path, message, cure, etcdSays: '', source: 's' });

const shown = (...findings: readonly Finding[]): readonly string[] =>
  groupFindings(findings).map(
    ({ finding: { message, cure }, members, paths }) =>
      `${members.join()} ${paths.join()} ${message} ${cure}`,
  );

describe('findings that say the same', () => {
  it('are one, for all hosts and files', () => {
    expect(
      shown(
        finding('warning', 'm1', '/a.key', 'The key has mode 0644.', 'chmod 0600 /a.key'),
        finding('warning', 'm1', '/b.key', 'The key has mode 0644.', 'chmod 0600 /b.key'),
        finding('warning', 'm2', '/a.key', 'The key has mode 0644.', 'chmod 0600 /a.key'),
      ),
    ).toEqual(['m1,m2 /a.key,/b.key The key has mode 0644. chmod 0600 /a.key /b.key']);
  });

  it.each([
    [
      'URLs',
      'Clients at http://10.0.0.1:2379 are free.',
      'Clients at http://10.0.0.2:2379 are free.',
      'Clients at http://10.0.0.1:2379, http://10.0.0.2:2379 are free.',
    ],
    ['subjects', 'It trusts CN=a,O=x too.', 'It trusts CN=b,O=x too.', 'It trusts CN=a,O=x, CN=b,O=x too.'],
    [
      'days',
      'It ends in 20 days, on 2027-01-01T00:00:00Z.',
      'It ends in 21 days, on 2027-01-02T00:00:00Z.',
      'It ends in 20, 21 days, on 2027-01-01T00:00:00Z, 2027-01-02T00:00:00Z.',
    ],
    ['paths', '/etc/a is wide.', '/etc/b is wide.', '/etc/a, /etc/b is wide.'],
    ['the members themselves', 'm1 is slow.', 'm2 is slow.', 'm1, m2 is slow.'],
  ])('name all %s', (_, one, two, both) => {
    expect(shown(finding('notice', 'm1', '/p', one), finding('notice', 'm2', '/p', two))).toEqual([
      `m1,m2 /p ${both} Mend it.`,
    ]);
  });

  it.each([
    [
      'errors with other URLs',
      finding('error', 'm1', '/p', 'No http://a:1.'),
      finding('error', 'm2', '/p', 'No http://b:1.'),
    ],
    ['other levels', finding('warning', 'm1', '/p', 'x'), finding('notice', 'm1', '/q', 'x')],
    ['other words', finding('warning', 'm1', '/p', 'x'), finding('warning', 'm1', '/p', 'y')],
  ])('stay apart where they differ: %s', (_, one, two) => {
    expect(shown(one, two)).toHaveLength(2);
  });

  it('are cut where nobody reads on', () => {
    expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
    expect(listed(['/a/long/path', '/another/long/path'], 20)).toBe('/a/long/path and 1 more');
    expect(listed(['a'], 0)).toBe('a');
  });
});
