import { beforeAll, describe, expect, it } from 'vitest';
import type { FindingLevel } from '../../../../src/verify/finding.js';
import { RULES } from '../../../../src/verify/rules.js';
import { type Hosts, soundHosts } from './hosts.js';

/** What is done to the hosts, and the level of what the rule then finds. */
export type Row = readonly [what: string, level: FindingLevel, damage: (hosts: Hosts) => Hosts];

/**
 * A rule finds nothing in sound hosts and something in each of the damaged ones.
 *
 * @param document - absent: two members; where it is given, the first row is about what the document itself brings
 */
export function describeRule(name: string, rows: readonly Row[], document?: string): void {
  describe(name, () => {
    let hosts: Hosts;
    beforeAll(async () => {
      hosts = await soundHosts(document);
    });
    const found = async (of: Hosts) => (await of.findings()).filter(({ rule }) => rule === name);

    it.skipIf(document !== undefined)('finds nothing in sound hosts', async () => {
      expect(await found(hosts)).toEqual([]);
    });

    it.each(rows)('%s: %s', async (_, level, damage) => {
      const findings = await found(damage(hosts));
      expect(findings.map((finding) => finding.level)).toContain(level);
      const rule = RULES.find((candidate) => candidate.name === name);
      for (const finding of findings) {
        expect(rule?.levels).toContain(finding.level);
        expect(finding.source).toBe(rule?.source);
        expect([finding.message, finding.cure]).not.toContain('');
      }
    });
  });
}
